import { useWords } from "@/lib/i18n.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import type { RecurringRow } from "../recurring.ts";

const tones: Record<RecurringRow["status"], Tone> = { active: "green", paused: "neutral", ended: "neutral" };

export const recurringStatuses = ["active", "blocked", "paused", "ended"];

/** Where it stands; what is in the way comes first. */
export function RecurringStatus({ status, blocked }: { status: RecurringRow["status"]; blocked: boolean }) {
  const t = useWords("invoice");
  return (
    <Badge tone={blocked ? "red" : tones[status]} dot>
      {t(`recurring.is.${blocked ? "blocked" : status}`)}
    </Badge>
  );
}

/** "Every 2 weeks". */
export function useRhythmWords() {
  const t = useWords("invoice");
  return (every: number, unit: RecurringRow["unit"]) => t(`recurring.every.${unit}`, { count: every });
}
