import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { type BulkJob, useBulkJobs } from "../bulk.ts";
import { JobState } from "../components/bulk/JobState.tsx";
import { useJobWords } from "../components/bulk/words.ts";

/** The person's own bulk actions, the newest first. */
export default function BulkJobs() {
  const t = useWords("asset");
  const format = useFormat();
  const words = useJobWords();
  const list = useBulkJobs();
  const columns: Column<BulkJob>[] = [
    { id: "what", header: t("bulk.what"), cell: job => words.title(job) },
    { id: "state", header: t("field.status"), cell: job => <JobState job={job} />, width: 130 },
    { id: "result", header: t("bulk.resultHead"), cell: job => words.result(job) },
    { id: "started", header: t("bulk.started"), cell: job => format.dateTime(job.startedAt), width: 170 },
  ];
  return (
    <Page
      title={t("bulk.mine")}
      subtitle={t("bulk.mineText")}
      fill
      back={{ href: "/assets", label: t("list.title") }}
      actions={
        <Button icon="refresh" onClick={list.retry}>
          {t("bulk.refresh")}
        </Button>
      }
    >
      <DataTable
        label={t("bulk.mine")}
        list={list}
        columns={columns}
        rowKey={job => job.id}
        href={job => `/assets/bulk/${job.id}`}
        card={job => ({
          title: words.title(job),
          end: <JobState job={job} />,
          line: words.result(job),
          lineEnd: format.relative(job.startedAt),
        })}
        empty={
          <EmptyState
            icon="history"
            title={t("bulk.none")}
            actions={<Button href="/assets">{t("bulk.toList")}</Button>}
          >
            {t("bulk.noneText")}
          </EmptyState>
        }
      />
    </Page>
  );
}
