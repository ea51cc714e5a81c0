import type { Option } from "@/ui/fields/Select.tsx";

/** The ways in which money comes in. */
export function methods(t: (key: string) => string): Option[] {
  return ["bank", "cash", "card", "other"].map(value => ({ value, label: t(`method.${value}`) }));
}
