import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "../../Button.tsx";
import { Page } from "../../Page.tsx";
import { EmptyState } from "../../States.tsx";
import { type Column, DataTable } from "../DataTable.tsx";
import { JobState } from "./JobState.tsx";
import { type BulkJob, type BulkKind, useBulkJobs } from "./jobs.ts";
import { useJobWords } from "./words.ts";

/** The person's own bulk actions, the newest first. */
export function BulkJobs({ kind }: { kind: BulkKind }) {
  const t = useWords(kind.words);
  const format = useFormat();
  const words = useJobWords(kind);
  const list = useBulkJobs(kind);
  const columns: Column<BulkJob>[] = [
    { id: "what", header: t("bulk.what"), cell: job => words.title(job) },
    { id: "state", header: t("field.status"), cell: job => <JobState kind={kind} job={job} />, width: 130 },
    { id: "result", header: t("bulk.resultHead"), cell: job => words.result(job) },
    { id: "started", header: t("bulk.started"), cell: job => format.dateTime(job.startedAt), width: 170 },
  ];
  return (
    <Page
      title={t("bulk.mine")}
      subtitle={t("bulk.mineText")}
      fill
      back={{ href: kind.path, label: t("list.title") }}
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
        href={job => `${kind.path}/bulk/${job.id}`}
        card={job => ({
          title: words.title(job),
          end: <JobState kind={kind} job={job} />,
          line: words.result(job),
          lineEnd: format.relative(job.startedAt),
        })}
        empty={
          <EmptyState
            icon="history"
            title={t("bulk.none")}
            actions={<Button href={kind.path}>{t("bulk.toList")}</Button>}
          >
            {t("bulk.noneText")}
          </EmptyState>
        }
      />
    </Page>
  );
}
