import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { usePath, useUrlState } from "@/lib/url.ts";
import { Progress } from "../../Badge.tsx";
import { Button } from "../../Button.tsx";
import { Callout } from "../../Callout.tsx";
import { Page } from "../../Page.tsx";
import { EmptyState, ErrorState } from "../../States.tsx";
import { type Column, DataTable } from "../DataTable.tsx";
import { FilterBar, FilterSelect } from "../FilterBar.tsx";
import { JobState, OutcomeBadge } from "./JobState.tsx";
import {
  type BulkJob,
  type BulkKind,
  type BulkRow,
  type Outcome,
  outcomes,
  reportAddress,
  useBulkJob,
  useBulkRows,
  useCancelBulk,
} from "./jobs.ts";
import { useJobWords } from "./words.ts";

/** One bulk action: how far it is, and what became of each record. */
export function BulkJobPage({ kind }: { kind: BulkKind }) {
  const t = useWords(kind.words);
  const { id = "" } = usePath();
  const { data: job, error, refetch } = useBulkJob(kind, id);
  if (error && !job) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!job) {
    return (
      <Page title={t("bulk.one")} back={{ href: `${kind.path}/bulk`, label: t("bulk.mine") }} fill>
        {null}
      </Page>
    );
  }
  return <Report kind={kind} job={job} />;
}

function Report({ kind, job }: { kind: BulkKind; job: BulkJob }) {
  const t = useWords(kind.words);
  const format = useFormat();
  const words = useJobWords(kind);
  const cancel = useCancelBulk(kind);
  const [filters, setFilters, clear] = useUrlState({ outcome: "" });
  const outcome = outcomes.find(one => one === filters.outcome) ?? "";
  const list = useBulkRows(kind, job.id, outcome);
  const settled = job.changed + job.unchanged + job.refused;
  const running = job.state === "running";
  const columns: Column<BulkRow>[] = [
    { id: "n", header: t("bulk.number"), cell: row => format.number(row.n), width: 80, align: "right" },
    { id: "label", header: t("bulk.record"), cell: row => row.label ?? t("bulk.unseen"), width: 300 },
    {
      id: "outcome",
      header: t("bulk.resultHead"),
      cell: row => <OutcomeBadge kind={kind} outcome={row.outcome} />,
      width: 140,
    },
    {
      id: "reason",
      header: t("bulk.reason"),
      cell: row => row.reason && <span title={row.reason}>{row.reason}</span>,
    },
  ];
  return (
    <Page
      title={words.title(job)}
      status={<JobState kind={kind} job={job} />}
      subtitle={t("bulk.begun", { when: format.dateTime(job.startedAt) })}
      back={{ href: `${kind.path}/bulk`, label: t("bulk.mine") }}
      fill
      actions={
        <>
          {running && (
            <Button loading={cancel.busy} onClick={() => cancel.submit(job.id)}>
              {t("bulk.cancel")}
            </Button>
          )}
          <Button icon="download" href={reportAddress(kind, job.id, outcome)}>
            {t("bulk.download")}
          </Button>
        </>
      }
    >
      {running && <Progress value={settled} max={job.total} label={words.title(job)} />}
      <span aria-live="polite">{words.result(job)}</span>
      {job.waitsFor && <Callout tone="amber">{t("bulk.waits", { reason: job.waitsFor })}</Callout>}
      <FilterBar active={outcome !== ""} onClear={clear}>
        <FilterSelect
          label={t("bulk.resultHead")}
          value={outcome}
          onChange={value => setFilters({ outcome: value })}
          options={outcomes.map((one: Outcome) => ({ value: one, label: t(`bulk.outcome.${one}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t("bulk.rows")}
        list={list}
        columns={columns}
        rowKey={row => String(row.n)}
        href={row => `${kind.path}/${row.subjectId}`}
        card={row => ({
          title: row.label ?? t("bulk.unseen"),
          end: <OutcomeBadge kind={kind} outcome={row.outcome} />,
          line: row.reason,
        })}
        empty={
          <EmptyState
            icon="check"
            title={t("bulk.noRows")}
            actions={<Button onClick={clear}>{t("bulk.clear")}</Button>}
          />
        }
      />
    </Page>
  );
}
