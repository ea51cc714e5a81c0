import { useMemo } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import type { BulkJob, BulkKind } from "./jobs.ts";

/** A bulk action in sentences: what it is, what became of it. */
export function useJobWords(kind: BulkKind) {
  const t = useWords(kind.words);
  const format = useFormat();
  return useMemo(() => {
    const deed = (job: BulkJob) => kind.deeds[job.action] ?? "other";
    const target = (job: BulkJob) => job.target || t("bulk.nowhere");
    const counted = (word: string, count: number) =>
      count > 0 ? t(`bulk.${word}`, { count, shown: format.number(count) }) : "";
    return {
      title: (job: BulkJob) =>
        t(`bulk.is.${deed(job)}`, { count: job.total, shown: format.number(job.total), target: target(job) }),
      done: (job: BulkJob) =>
        [
          t(`bulk.done.${deed(job)}`, {
            count: job.changed,
            shown: format.number(job.changed),
            target: target(job),
          }),
          counted("unchanged", job.unchanged),
        ]
          .filter(Boolean)
          .join(" · "),
      result: (job: BulkJob) =>
        [
          job.state === "cancelled" && t("bulk.cancelled"),
          t("bulk.changed", { count: job.changed, shown: format.number(job.changed) }),
          counted("unchanged", job.unchanged),
          counted("refused", job.refused),
          counted("left", job.total - job.changed - job.unchanged - job.refused),
        ]
          .filter(Boolean)
          .join(" · "),
    };
  }, [t, format, kind]);
}
