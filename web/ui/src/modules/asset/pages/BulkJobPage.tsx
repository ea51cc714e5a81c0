import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { usePath, useUrlState } from "@/lib/url.ts";
import { Progress } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import {
  type BulkJob,
  type BulkRow,
  type Outcome,
  outcomes,
  reportAddress,
  useBulkJob,
  useBulkRows,
  useCancelBulk,
} from "../bulk.ts";
import { JobState, OutcomeBadge } from "../components/bulk/JobState.tsx";
import { useJobWords } from "../components/bulk/words.ts";

/** One bulk action: how far it is, and what became of each asset. */
export default function BulkJobPage() {
  const t = useWords("asset");
  const { id = "" } = usePath();
  const { data: job, error, refetch } = useBulkJob(id);
  if (error && !job) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!job) {
    return (
      <Page title={t("bulk.one")} back={{ href: "/assets/bulk", label: t("bulk.mine") }} fill>
        {null}
      </Page>
    );
  }
  return <Report job={job} />;
}

function Report({ job }: { job: BulkJob }) {
  const t = useWords("asset");
  const format = useFormat();
  const words = useJobWords();
  const cancel = useCancelBulk();
  const [filters, setFilters, clear] = useUrlState({ outcome: "" });
  const outcome = outcomes.find(one => one === filters.outcome) ?? "";
  const list = useBulkRows(job.id, outcome);
  const settled = job.changed + job.unchanged + job.refused;
  const running = job.state === "running";
  const columns: Column<BulkRow>[] = [
    { id: "n", header: t("bulk.number"), cell: row => format.number(row.n), width: 80, align: "right" },
    { id: "label", header: t("bulk.asset"), cell: row => row.label ?? t("bulk.unseen"), width: 300 },
    {
      id: "outcome",
      header: t("bulk.resultHead"),
      cell: row => <OutcomeBadge outcome={row.outcome} />,
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
      status={<JobState job={job} />}
      subtitle={t("bulk.begun", { when: format.dateTime(job.startedAt) })}
      back={{ href: "/assets/bulk", label: t("bulk.mine") }}
      fill
      actions={
        <>
          {running && (
            <Button loading={cancel.busy} onClick={() => cancel.submit(job.id)}>
              {t("bulk.cancel")}
            </Button>
          )}
          <Button icon="download" href={reportAddress(job.id, outcome)}>
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
        href={row => `/assets/${row.subjectId}`}
        card={row => ({
          title: row.label ?? t("bulk.unseen"),
          end: <OutcomeBadge outcome={row.outcome} />,
          line: row.reason,
        })}
        empty={
          <EmptyState
            icon="check"
            title={t("bulk.noRows")}
            actions={<Button onClick={clear}>{t("list.clear")}</Button>}
          />
        }
      />
    </Page>
  );
}
