import { useState } from "react";
import { addressWith } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Person } from "@/ui/Avatar.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { ColumnChooser, useColumns } from "@/ui/table/ColumnChooser.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { type AuditRow, auditQuery, searchUsers, useAudit, useUser } from "../api.ts";
import { AuditEntry } from "../components/AuditEntry.tsx";
import styles from "../components/audit.module.css";
import { useNames } from "../components/words.ts";

const subjects = [
  "asset",
  "category",
  "location",
  "employee",
  "department",
  "position",
  "work-location",
  "customer",
  "invoice",
  "payment",
  "item",
  "tax-rate",
  "numbering",
  "user",
  "role",
  "company",
  "dead-letter",
  "webhook",
  "process",
  "backup",
];

/** What an administrator looks for: ways in, and looks at guarded facts. */
const deeds = [
  "session.start",
  "session.refuse",
  "session.refuse-recheck",
  "role.view-as",
  "user.assign-roles",
  "employee.read-pay",
  "employee.list-pay",
  "employee.export-pay",
  "employee.read-identity",
  "employee.list-identity",
  "employee.export-identity",
  "employee.read-bank",
  "employee.list-bank",
  "employee.export-bank",
];

/** Who changed what, when and from where, over all modules. */
export default function Audit() {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const maySeeUsers = useCan("user:read");
  const [filters, setFilters, clear] = useUrlState({
    q: "",
    module: "",
    actorId: "",
    action: "",
    subject: "",
    subjectId: "",
    from: "",
    to: "",
  });
  const list = useAudit(filters);
  const actor = useUser(filters.actorId, maySeeUsers);
  const [open, setOpen] = useState<AuditRow | undefined>();
  const all: Column<AuditRow>[] = [
    { id: "at", header: t("audit.at"), cell: row => format.dateTime(row.at), width: 180 },
    {
      id: "actor",
      header: t("audit.actor"),
      cell: row => <Person name={row.actorName || t("audit.nobody")} size={20} />,
      width: 190,
    },
    { id: "action", header: t("audit.action"), cell: row => names.action(row.action), width: 230 },
    { id: "label", header: t("audit.label"), cell: row => row.label || row.subjectId },
    { id: "module", header: t("audit.module"), cell: row => names.module(row.module), width: 120 },
    { id: "ip", header: t("audit.ip"), cell: row => row.ip ?? "", width: 130, optional: true },
    {
      id: "requestId",
      header: t("audit.requestId"),
      cell: row => row.requestId ?? "",
      width: 280,
      optional: true,
    },
  ];
  const columns = useColumns("platform.audit", all);
  const filtered = Object.values(filters).some(value => value !== "");
  return (
    <Page
      title={t("audit.title")}
      fill
      actions={
        <Menu
          trigger={<Button icon="download">{t("audit.export")}</Button>}
          items={(["csv", "jsonl"] as const).map(kind => ({
            label: t(`audit.as.${kind}`),
            icon: "file",
            href: addressWith("/api/v1/audit/export", { ...auditQuery(filters), format: kind }),
          }))}
        />
      }
    >
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("audit.search") }}
        active={filtered}
        onClear={clear}
        end={<ColumnChooser columns={columns} />}
      >
        {maySeeUsers && (
          <Combobox
            className={styles.actor ?? ""}
            label={t("audit.actor")}
            hideLabel
            placeholder={t("audit.anybody")}
            icon="person"
            search={searchUsers}
            selected={actor.data && { value: actor.data.id, label: actor.data.name }}
            value={filters.actorId}
            onChange={actorId => setFilters({ actorId })}
          />
        )}
        <FilterSelect
          label={t("audit.subject")}
          value={filters.subject}
          onChange={subject => setFilters({ subject, subjectId: "" })}
          options={subjects.map(value => ({ value, label: names.subject(value) }))}
        />
        <FilterSelect
          label={t("audit.action")}
          value={filters.action}
          onChange={action => setFilters({ action })}
          options={deeds.map(value => ({ value, label: names.action(value) }))}
        />
        <FilterSelect
          label={t("audit.module")}
          value={filters.module}
          onChange={module => setFilters({ module })}
          options={["employee", "asset", "invoice", "platform"].map(value => ({
            value,
            label: names.module(value),
          }))}
        />
        <span className={styles.days}>
          <DateField
            label={t("audit.from")}
            hideLabel
            placeholder={t("audit.from")}
            value={filters.from}
            onChange={from => setFilters({ from })}
          />
          <DateField
            label={t("audit.to")}
            hideLabel
            placeholder={t("audit.to")}
            value={filters.to}
            onChange={to => setFilters({ to })}
          />
        </span>
      </FilterBar>
      {list.first?.missing && list.first.missing.length > 0 && (
        <Callout tone="amber">
          {t("audit.missing", { modules: format.list(list.first.missing.map(names.module)) })}
        </Callout>
      )}
      <DataTable
        label={t("audit.title")}
        list={list}
        columns={all}
        shown={columns.shown}
        rowKey={row => row.id}
        onOpen={setOpen}
        card={row => ({
          title: `${names.action(row.action)}: ${row.label || row.subjectId}`,
          line: row.actorName,
          lineEnd: format.relative(row.at),
        })}
        empty={
          <EmptyState
            icon="search"
            title={t("audit.none")}
            actions={filtered && <Button onClick={clear}>{t("users.clear")}</Button>}
          />
        }
      />
      {open && <AuditEntry row={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
