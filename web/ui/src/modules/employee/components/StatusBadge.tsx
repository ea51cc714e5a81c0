import { useWords } from "@/lib/i18n.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import type { Status } from "../api.ts";

const tones: Record<Status, Tone> = { active: "green", upcoming: "blue", leaving: "amber", left: "neutral" };

/** Where somebody stands between the first and the last day. */
export function StatusBadge({ status }: { status: Status }) {
  const t = useWords("employee");
  return (
    <Badge tone={tones[status]} dot>
      {t(`status.${status}`)}
    </Badge>
  );
}
