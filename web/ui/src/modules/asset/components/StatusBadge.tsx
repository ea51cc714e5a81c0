import { useWords } from "@/lib/i18n.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import type { Status } from "../api.ts";

export const statuses: Status[] = ["available", "reserved", "assigned", "in-repair", "lost", "retired"];

const tones: Record<Status, Tone> = {
  available: "blue",
  reserved: "violet",
  assigned: "green",
  "in-repair": "amber",
  lost: "red",
  retired: "neutral",
};

/** Where an asset is in the hands of people. */
export function StatusBadge({ status }: { status: Status }) {
  const t = useWords("asset");
  return (
    <Badge tone={tones[status]} dot>
      {t(`status.${status}`)}
    </Badge>
  );
}
