import { useWords } from "@/lib/i18n.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import type { BulkJob, BulkKind, Outcome } from "./jobs.ts";

/** Where a bulk action stands, as colour and word. */
export function JobState({ kind, job }: { kind: BulkKind; job: BulkJob }) {
  const t = useWords(kind.words);
  if (job.state === "running") return <Badge tone="blue">{t("bulk.state.running")}</Badge>;
  if (job.state === "cancelled") return <Badge>{t("bulk.state.cancelled")}</Badge>;
  if (job.refused === job.total) return <Badge tone="red">{t("bulk.state.refused")}</Badge>;
  if (job.refused > 0) return <Badge tone="amber">{t("bulk.state.partly")}</Badge>;
  return <Badge tone="green">{t("bulk.state.done")}</Badge>;
}

const tones: Record<Outcome, Tone> = {
  changed: "green",
  unchanged: "neutral",
  refused: "red",
  waiting: "blue",
  cancelled: "neutral",
};

/** What became of one record. */
export function OutcomeBadge({ kind, outcome }: { kind: BulkKind; outcome: Outcome }) {
  const t = useWords(kind.words);
  return <Badge tone={tones[outcome]}>{t(`bulk.outcome.${outcome}`)}</Badge>;
}
