import { useCallback } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { useSelection } from "@/ui/table/BulkBar.tsx";
import { BulkProgress } from "@/ui/table/bulk/BulkProgress.tsx";
import { ColumnChooser, useColumns } from "@/ui/table/ColumnChooser.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { exportHref, useInvoices } from "../api.ts";
import { filterOf, invoiceBulk } from "../bulk.ts";
import { CustomerFilter } from "../components/CustomerFilter.tsx";
import { InvoiceBulk } from "../components/InvoiceBulk.tsx";
import { invoiceCard, useInvoiceColumns } from "../components/invoiceColumns.tsx";
import { PeriodFilter } from "../components/PeriodFilter.tsx";
import { statuses } from "../components/StatusBadge.tsx";

export default function InvoiceList() {
  const t = useWords("invoice");
  const format = useFormat();
  const may = {
    write: useCan("invoice:write"),
    export: useCan("invoice:export"),
    bulk: useCan(["invoice:issue", "invoice:send"]),
  };
  const [filters, setFilters, clear] = useUrlState({
    q: "",
    status: "",
    kind: "",
    customerId: "",
    from: "",
    to: "",
    sort: "",
  });
  const [begun, setBegun] = useUrlState({ bulk: "" });
  const closeJob = useCallback(() => setBegun({ bulk: "" }), [setBegun]);
  const list = useInvoices(filters);
  const { sort: _, ...narrow } = filters;
  const selection = useSelection(JSON.stringify(narrow));
  const count = selection.everything ? (list.total ?? 0) : selection.keys.size;
  const all = useInvoiceColumns(true);
  const columns = useColumns("invoice.list", all);
  const filtered = Object.entries(filters).some(([name, value]) => name !== "sort" && value !== "");
  return (
    <Page
      title={t("list.title")}
      fill
      actions={
        <>
          {may.export && (
            <Button icon="download" href={exportHref(filters)} download>
              {t("list.export")}
            </Button>
          )}
          {may.bulk && (
            <Button icon="history" href="/invoices/bulk">
              {t("bulk.mine")}
            </Button>
          )}
          {may.write && (
            <Button variant="primary" icon="plus" href="/invoices/new">
              {t("list.new")}
            </Button>
          )}
        </>
      }
    >
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("list.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("list.count", { count: list.total ?? 0, shown: count })}
        end={<ColumnChooser columns={columns} />}
      >
        <FilterSelect
          label={t("field.status")}
          value={filters.status}
          onChange={status => setFilters({ status })}
          options={[
            { value: "open", label: t("status.open") },
            ...statuses.map(value => ({ value, label: t(`status.${value}`) })),
          ]}
        />
        <CustomerFilter value={filters.customerId} onChange={customerId => setFilters({ customerId })} />
        <PeriodFilter from={filters.from} to={filters.to} onChange={setFilters} />
        <FilterSelect
          label={t("field.kind")}
          value={filters.kind}
          onChange={kind => setFilters({ kind })}
          options={["invoice", "credit-note"].map(value => ({ value, label: t(`kind.${value}`) }))}
        />
      </FilterBar>
      {begun.bulk && <BulkProgress key={begun.bulk} kind={invoiceBulk} id={begun.bulk} onClose={closeJob} />}
      <DataTable
        label={t("list.title")}
        list={list}
        columns={all}
        shown={columns.shown}
        rowKey={row => row.id}
        href={row => `/invoices/${row.id}`}
        card={row => invoiceCard(row, t, format)}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        selection={may.bulk ? selection : undefined}
        bulk={
          <InvoiceBulk
            selection={selection.everything ? filterOf(filters) : { ids: [...selection.keys] }}
            count={count}
            shown={`${format.number(count)}${selection.everything && list.totalCapped ? "+" : ""}`}
            onBegun={job => {
              selection.clear();
              setBegun({ bulk: job.id });
            }}
          />
        }
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("list.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState
              icon="invoice"
              title={t("list.none")}
              actions={
                may.write && (
                  <Button variant="primary" href="/invoices/new">
                    {t("list.new")}
                  </Button>
                )
              }
            >
              {t("list.noneText")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
