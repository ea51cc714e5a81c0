import { useCallback } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Progress } from "../../Badge.tsx";
import { Button, IconButton } from "../../Button.tsx";
import { Callout } from "../../Callout.tsx";
import { Link } from "../../Link.tsx";
import styles from "../../small.module.css";
import { toast } from "../../toast.ts";
import { type BulkJob, type BulkKind, type BulkRow, useBulkJob, useBulkRows, useCancelBulk } from "./jobs.ts";
import { useJobWords } from "./words.ts";

/** How far the person's bulk action is, above the list that it changes; what was refused stays until it is closed. */
interface BulkProgressProps {
  kind: BulkKind;
  id: string;
  onClose: () => void;
}

export function BulkProgress({ kind, id, onClose }: BulkProgressProps) {
  const t = useWords(kind.words);
  const words = useJobWords(kind);
  const onEnd = useCallback(
    (job: BulkJob) => {
      if (job.state !== "done" || job.refused > 0) return;
      toast(words.done(job));
      onClose();
    },
    [words, onClose],
  );
  const { data: job, error } = useBulkJob(kind, id, onEnd);
  const refused = job !== undefined && job.state !== "running" && job.refused > 0;
  const rows = useBulkRows(kind, id, "refused", refused);
  if (error && !job) {
    return (
      <Callout tone="amber" action={<Close kind={kind} onClose={onClose} />}>
        {isProblem(error) ? error.message : t("failed")}
      </Callout>
    );
  }
  if (!job) return null;
  if (job.state === "running") return <Running kind={kind} job={job} />;
  return (
    <Callout
      tone={job.refused > 0 ? "amber" : "neutral"}
      title={words.title(job)}
      action={<Close kind={kind} onClose={onClose} />}
    >
      <div>{words.result(job)}</div>
      {refused && (
        <ul className={styles.jobRefused}>
          {rows.rows.slice(0, 3).map(row => (
            <li key={row.n}>
              <Reason kind={kind} row={row} />
            </li>
          ))}
        </ul>
      )}
      <Link href={`${kind.path}/bulk/${job.id}`}>{t("bulk.report")}</Link>
    </Callout>
  );
}

/** Leads to the record; most reasons name it themselves. */
function Reason({ kind, row }: { kind: BulkKind; row: BulkRow }) {
  const label = row.label ?? "";
  const named = label !== "" && row.reason?.includes(label.split(" ")[0] ?? label);
  if (label === "") return row.reason;
  return (
    <>
      <Link href={`${kind.path}/${row.subjectId}`}>{named ? row.reason : label}</Link> {!named && row.reason}
    </>
  );
}

function Close({ kind, onClose }: { kind: BulkKind; onClose: () => void }) {
  const t = useWords(kind.words);
  return <IconButton icon="close" size="sm" label={t("bulk.close")} onClick={onClose} />;
}

function Running({ kind, job }: { kind: BulkKind; job: BulkJob }) {
  const t = useWords(kind.words);
  const format = useFormat();
  const words = useJobWords(kind);
  const cancel = useCancelBulk(kind);
  const settled = job.changed + job.unchanged + job.refused;
  return (
    <div className={styles.job}>
      <div className={styles.jobLine}>
        <Link href={`${kind.path}/bulk/${job.id}`}>{words.title(job)}</Link>
        <span className="dimmed tabular">
          {t("bulk.progress", { done: format.number(settled), total: format.number(job.total) })}
          {job.refused > 0 &&
            ` · ${t("bulk.refused", { count: job.refused, shown: format.number(job.refused) })}`}
        </span>
        <Button size="sm" loading={cancel.busy} onClick={() => cancel.submit(job.id)}>
          {t("bulk.cancel")}
        </Button>
      </div>
      <Progress value={settled} max={job.total} label={words.title(job)} />
      {job.waitsFor && <div className="dimmed">{t("bulk.waits", { reason: job.waitsFor })}</div>}
    </div>
  );
}
