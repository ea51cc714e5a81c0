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

/** Where an asset is in the hands of people; `sale` when it is being sold, or was. */
export function StatusBadge({ status, sale }: { status: Status; sale?: boolean }) {
  const t = useWords("asset");
  if (sale) {
    return (
      <Badge tone={status === "retired" ? "neutral" : "violet"} dot>
        {t(status === "retired" ? "status.sold" : "status.selling")}
      </Badge>
    );
  }
  return (
    <Badge tone={tones[status]} dot>
      {t(`status.${status}`)}
    </Badge>
  );
}
