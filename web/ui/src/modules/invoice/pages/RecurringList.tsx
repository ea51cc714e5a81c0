import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { CustomerFilter } from "../components/CustomerFilter.tsx";
import { RecurringStatus, recurringStatuses, useRhythmWords } from "../components/RecurringStatus.tsx";
import { useRecurringList } from "../recurring.ts";

/** Invoices that come again and again; what comes next first. */
export default function RecurringList() {
  const t = useWords("invoice");
  const format = useFormat();
  const rhythm = useRhythmWords();
  const [filters, setFilters, clear] = useUrlState({ q: "", status: "", customerId: "", sort: "" });
  const list = useRecurringList(filters);
  const filtered = Object.entries(filters).some(([name, value]) => name !== "sort" && value !== "");
  return (
    <Page title={t("recurring.title")} fill>
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("recurring.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("recurring.count", { count: list.total ?? 0, shown: count })}
      >
        <FilterSelect
          label={t("field.status")}
          value={filters.status}
          onChange={status => setFilters({ status })}
          options={recurringStatuses.map(value => ({ value, label: t(`recurring.is.${value}`) }))}
        />
        <CustomerFilter value={filters.customerId} onChange={customerId => setFilters({ customerId })} />
      </FilterBar>
      <DataTable
        label={t("recurring.title")}
        list={list}
        rowKey={row => row.id}
        href={row => `/invoices/recurring/${row.id}`}
        sort={filters.sort || "nextOn"}
        onSort={sort => setFilters({ sort })}
        columns={[
          { id: "name", header: t("recurring.name"), cell: row => row.name },
          { id: "customer", header: t("field.customer"), cell: row => row.customer },
          {
            id: "status",
            header: t("field.status"),
            cell: row => <RecurringStatus status={row.status} blocked={Boolean(row.obstacle)} />,
            width: 130,
          },
          {
            id: "rhythm",
            header: t("recurring.rhythm"),
            cell: row => rhythm(row.every, row.unit),
            width: 150,
          },
          {
            id: "nextOn",
            sort: "nextOn",
            header: t("recurring.nextOn"),
            cell: row => format.date(row.nextOn ?? ""),
            width: 115,
          },
          {
            id: "deed",
            header: t("recurring.deed"),
            cell: row => t(`recurring.do.${row.deed}.short`),
            width: 125,
          },
          {
            id: "gross",
            header: t("field.gross"),
            cell: row => format.money(row.gross, row.currency),
            align: "right",
            width: 115,
          },
        ]}
        card={row => ({
          title: row.name,
          end: format.money(row.gross, row.currency),
          line: [row.customer, format.date(row.nextOn ?? "")].filter(Boolean).join(" · "),
          lineEnd: <RecurringStatus status={row.status} blocked={Boolean(row.obstacle)} />,
        })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("recurring.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState
              icon="invoice"
              title={t("recurring.none")}
              actions={<Button href="/invoices">{t("recurring.choose")}</Button>}
            >
              {t("recurring.noneText")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
