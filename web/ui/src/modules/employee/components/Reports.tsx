import { useWords } from "@/lib/i18n.ts";
import type { ListState } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import type { Person } from "../api.ts";
import { StatusBadge } from "./StatusBadge.tsx";

/** Who reports to somebody directly. */
export function Reports({ list, person }: { list: ListState<Person>; person: Person }) {
  const t = useWords("employee");
  return (
    <Card
      flush
      title={t("reports.title")}
      actions={
        <Button size="sm" icon="tree" href={`/employees/org-chart?root=${person.id}`}>
          {t("reports.chart")}
        </Button>
      }
    >
      <DataTable
        plain
        label={t("reports.title")}
        list={list}
        rowKey={row => row.id}
        href={row => `/employees/${row.id}`}
        columns={[
          { id: "name", header: t("field.name"), cell: row => row.displayName },
          { id: "position", header: t("field.position"), cell: row => row.position },
          { id: "department", header: t("field.department"), cell: row => row.department },
          {
            id: "status",
            header: t("field.status"),
            cell: row => <StatusBadge status={row.status} />,
            width: 120,
          },
        ]}
        card={row => ({
          title: row.displayName,
          end: <StatusBadge status={row.status} />,
          line: row.position,
          lineEnd: row.department,
        })}
        empty={<EmptyState icon="people" title={t("reports.none")} />}
      />
    </Card>
  );
}
