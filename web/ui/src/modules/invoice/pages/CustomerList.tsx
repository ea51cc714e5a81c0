import { decimal, type Format, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { ColumnChooser, useColumns } from "@/ui/table/ColumnChooser.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { type Customer, useCustomers } from "../api.ts";
import { ExportButton } from "../components/ExportButton.tsx";

type Part = "open" | "overdue" | "credit";

/** The balances that are not nothing, one a currency. */
export function balance(customer: Customer, part: Part, format: Format): string {
  const some = customer.balances.filter(one => decimal.sign(one[part]) !== 0);
  return some.length === 0 ? "–" : some.map(one => format.money(one[part], one.currency)).join(", ");
}

export default function CustomerList() {
  const t = useWords("invoice");
  const format = useFormat();
  const mayAdd = useCan("customer:write");
  const seesMoney = useCan("payment:read");
  const [filters, setFilters, clear] = useUrlState({ q: "", archived: "", sort: "name" });
  const list = useCustomers(filters);
  const money = (id: Part): Column<Customer> => ({
    id,
    header: t(`balance.${id}`),
    cell: row => balance(row, id, format),
    width: 150,
    align: "right",
  });
  const all: Column<Customer>[] = [
    { id: "name", header: t("customer.name"), cell: row => row.name, sort: "name" },
    { id: "number", header: t("customer.number"), cell: row => row.number, width: 120, sort: "number" },
    { id: "city", header: t("customer.city"), cell: row => row.city || "–", width: 150 },
    {
      id: "country",
      header: t("customer.country"),
      cell: row => (row.country ? format.country(row.country) : "–"),
      width: 90,
      optional: true,
    },
    { id: "email", header: t("customer.email"), cell: row => row.email || "–", width: 220, optional: true },
    ...(seesMoney ? [money("open"), money("overdue"), money("credit")] : []),
  ];
  const columns = useColumns("customer.list", all);
  const filtered = filters.q !== "" || filters.archived !== "";
  return (
    <Page
      title={t("customer.list")}
      fill
      actions={
        <>
          <ExportButton list="customers" filters={filters} />
          {mayAdd && (
            <Button variant="primary" icon="plus" href="/invoices/customers/new">
              {t("customer.new")}
            </Button>
          )}
        </>
      }
    >
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("customer.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("customer.count", { count: list.total ?? 0, shown: count })}
        end={<ColumnChooser columns={columns} />}
      >
        <FilterSelect
          label={t("field.archived")}
          value={filters.archived}
          onChange={archived => setFilters({ archived })}
          options={[{ value: "yes", label: t("field.archivedOnly") }]}
        />
      </FilterBar>
      <DataTable
        label={t("customer.list")}
        list={list}
        columns={all}
        shown={columns.shown}
        rowKey={row => row.id}
        href={row => `/invoices/customers/${row.id}`}
        card={row => ({
          title: row.name,
          end: seesMoney ? balance(row, "open", format) : undefined,
          line: [row.number, row.city].filter(Boolean).join(" · "),
        })}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("customer.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState
              icon="building"
              title={t("customer.none")}
              actions={
                mayAdd && (
                  <Button variant="primary" href="/invoices/customers/new">
                    {t("customer.new")}
                  </Button>
                )
              }
            >
              {t("customer.noneText")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
