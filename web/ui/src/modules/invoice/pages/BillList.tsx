import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { useBills } from "../bills.ts";
import { BillStatus, billStatuses } from "../components/BillStatus.tsx";
import { ExportButton } from "../components/ExportButton.tsx";
import { PeriodFilter } from "../components/PeriodFilter.tsx";

/** What vendors ask of us. */
export default function BillList() {
  const t = useWords("invoice");
  const format = useFormat();
  const mayWrite = useCan("bill:write");
  const [filters, setFilters, clear] = useUrlState({ q: "", status: "", from: "", to: "", sort: "" });
  const list = useBills(filters);
  const filtered = Object.entries(filters).some(([name, value]) => name !== "sort" && value !== "");
  const enter = mayWrite && (
    <Button variant="primary" icon="plus" href="/invoices/bills/new">
      {t("bill.new")}
    </Button>
  );
  return (
    <Page
      title={t("bill.title")}
      fill
      actions={
        <>
          <ExportButton list="bills" filters={filters} />
          {enter}
        </>
      }
    >
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("bill.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("bill.count", { count: list.total ?? 0, shown: count })}
      >
        <FilterSelect
          label={t("field.status")}
          value={filters.status}
          onChange={status => setFilters({ status })}
          options={["open", ...billStatuses].map(value => ({ value, label: t(`bill.is.${value}`) }))}
        />
        <PeriodFilter from={filters.from} to={filters.to} onChange={setFilters} />
      </FilterBar>
      <DataTable
        label={t("bill.title")}
        list={list}
        rowKey={row => row.id}
        href={row => `/invoices/bills/${row.id}`}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        columns={[
          { id: "number", header: t("bill.number"), cell: row => row.number, width: 150 },
          { id: "supplier", header: t("bill.supplier"), cell: row => row.supplier },
          {
            id: "status",
            header: t("field.status"),
            cell: row => <BillStatus status={row.status} />,
            width: 140,
          },
          {
            id: "billedOn",
            sort: "billedOn",
            header: t("bill.billedOn"),
            cell: row => format.date(row.billedOn),
            width: 130,
          },
          {
            id: "dueOn",
            sort: "dueOn",
            header: t("field.dueOn"),
            cell: row => format.date(row.dueOn),
            width: 130,
          },
          {
            id: "gross",
            sort: "gross",
            header: t("field.gross"),
            cell: row => format.money(row.gross, row.currency),
            align: "right",
            width: 130,
          },
          {
            id: "due",
            header: t("field.due"),
            cell: row => format.money(row.due, row.currency),
            align: "right",
            width: 130,
          },
          {
            id: "assets",
            header: t("bill.assets"),
            cell: row => (row.assets ? format.number(String(row.assets)) : ""),
            align: "right",
            width: 90,
          },
        ]}
        card={row => ({
          title: row.supplier,
          end: format.money(row.gross, row.currency),
          line: `${row.number} · ${format.date(row.billedOn)}`,
          lineEnd: <BillStatus status={row.status} />,
        })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("bill.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState icon="invoice" title={t("bill.none")} actions={enter}>
              {t("bill.noneText")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
