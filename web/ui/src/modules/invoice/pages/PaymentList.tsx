import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { usePayments } from "../api.ts";
import { CustomerFilter } from "../components/CustomerFilter.tsx";
import { ExportButton } from "../components/ExportButton.tsx";
import { PaymentTable } from "../components/PaymentTable.tsx";
import { PeriodFilter } from "../components/PeriodFilter.tsx";

export default function PaymentList() {
  const t = useWords("invoice");
  const mayRecord = useCan("payment:record");
  const [filters, setFilters, clear] = useUrlState({
    q: "",
    customerId: "",
    credit: "",
    from: "",
    to: "",
    sort: "-receivedOn",
  });
  const list = usePayments(filters);
  const filtered = Object.entries(filters).some(([name, value]) => name !== "sort" && value !== "");
  const record = mayRecord && (
    <Button variant="primary" icon="plus" href="/invoices/payments/new">
      {t("payment.record")}
    </Button>
  );
  return (
    <Page
      title={t("payment.list")}
      fill
      actions={
        <>
          <ExportButton list="payments" filters={filters} />
          {record}
        </>
      }
    >
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("payment.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("payment.count", { count: list.total ?? 0, shown: count })}
      >
        <CustomerFilter value={filters.customerId} onChange={customerId => setFilters({ customerId })} />
        <PeriodFilter from={filters.from} to={filters.to} onChange={setFilters} />
        <FilterSelect
          label={t("payment.left")}
          value={filters.credit}
          onChange={credit => setFilters({ credit })}
          options={[{ value: "yes", label: t("payment.withRest") }]}
        />
      </FilterBar>
      <PaymentTable
        list={list}
        withCustomer
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("payment.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState icon="money" title={t("payment.none")} actions={record}>
              {t("payment.noneText")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
