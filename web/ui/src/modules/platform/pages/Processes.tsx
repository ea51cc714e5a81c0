import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { ProcessDrawer } from "../components/ProcessDrawer.tsx";
import { ProcessState } from "../components/ProcessState.tsx";
import { useNames } from "../components/words.ts";
import { type Process, useProcesses } from "../processes.ts";

const states = ["open", "stuck", "running", "undoing", "done", "undone"];

/** Processes of several steps: how far each is, and what waits for a person. */
export default function Processes() {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const [filters, setFilters, clear] = useUrlState({ state: "", subject: "", subjectId: "" });
  const list = useProcesses(filters);
  const [open, setOpen] = useState<string | undefined>();
  const shown = list.rows.find(row => row.id === open);
  const columns: Column<Process>[] = [
    {
      id: "startedAt",
      header: t("processes.started"),
      cell: row => format.dateTime(row.startedAt),
      width: 165,
    },
    { id: "name", header: t("processes.process"), cell: row => names.process(row.name), width: 200 },
    { id: "label", header: t("processes.about"), cell: row => row.label },
    { id: "state", header: t("processes.state"), cell: row => <ProcessState process={row} />, width: 170 },
    {
      id: "steps",
      header: t("processes.steps"),
      cell: row => t("processes.progress", { done: done(row), count: row.steps.length }),
      width: 110,
    },
    { id: "startedBy", header: t("processes.by"), cell: row => row.startedBy, width: 170 },
  ];
  const filtered = Object.values(filters).some(value => value !== "");
  const missing = list.first?.missing ?? [];
  return (
    <Page
      title={t("processes.title")}
      subtitle={t("processes.subtitle")}
      fill
      actions={
        <Button icon="refresh" onClick={list.retry}>
          {t("refresh")}
        </Button>
      }
    >
      <FilterBar active={filtered} onClear={clear}>
        <FilterSelect
          label={t("processes.state")}
          value={filters.state}
          onChange={state => setFilters({ state })}
          options={states.map(value => ({ value, label: t(`processes.is.${value}`) }))}
        />
      </FilterBar>
      {missing.length > 0 && (
        <Callout tone="amber">
          {t("audit.missing", { modules: format.list(missing.map(names.module)) })}
        </Callout>
      )}
      <DataTable
        label={t("processes.title")}
        list={list}
        columns={columns}
        rowKey={row => row.id}
        onOpen={row => setOpen(row.id)}
        card={row => ({
          title: row.label,
          end: <ProcessState process={row} />,
          line: names.process(row.name),
          lineEnd: format.relative(row.startedAt),
        })}
        empty={
          <EmptyState icon="tree" title={filtered ? t("processes.noneFiltered") : t("processes.none")}>
            {t("processes.noneText")}
          </EmptyState>
        }
      />
      {shown && <ProcessDrawer key={shown.id} process={shown} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

const done = (process: Process) => process.steps.filter(step => step.state === "done").length;
