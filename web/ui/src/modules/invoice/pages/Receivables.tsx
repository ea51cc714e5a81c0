import { today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Card } from "@/ui/Card.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { type AgeBand, type Debtor, useDebtors, useReceivables } from "../api.ts";
import styles from "../components/invoice.module.css";

const bands = ["not-due", "1-30", "31-60", "61-90", "over-90"] as const;

/** What customers owe, or owed at the end of any day before. */
export default function Receivables() {
  const t = useWords("invoice");
  const [url, setUrl] = useUrlState({ asOf: "" });
  return (
    <Page
      title={t("receivable.title")}
      fill
      actions={
        <DateField
          label={t("receivable.asOf")}
          max={today()}
          value={url.asOf || today()}
          onChange={day => setUrl({ asOf: day === today() ? "" : day })}
          className={styles.asOf}
        />
      }
    >
      <Sums asOf={url.asOf} />
      <Debtors asOf={url.asOf} />
    </Page>
  );
}

function Sums({ asOf }: { asOf: string }) {
  const t = useWords("invoice");
  const format = useFormat();
  const found = useReceivables(asOf);
  if (found.isPending) return <SkeletonText lines={3} />;
  if (!found.data) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  const amount = (band: AgeBand, currency: string) =>
    band.count > 0 ? format.amount(band.amount, currency) : "–";
  return (
    <Card flush>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("receivable.total")}>
        <table className={styles.sheet}>
          <thead>
            <tr>
              <th>{t("receivable.total")}</th>
              {bands.map(band => (
                <th className={styles.right} key={band}>
                  {t(`receivable.band.${band}`)}
                </th>
              ))}
              <th className={styles.right}>{t("balance.overdue")}</th>
              <th className={styles.right}>{t("receivable.open")}</th>
            </tr>
          </thead>
          <tbody>
            {found.data.currencies.map(one => (
              <tr key={one.currency}>
                <td>
                  {one.currency} · {t("receivable.invoices", { count: one.openCount })}
                </td>
                {one.ageing.map(band => (
                  <td className={styles.right} key={band.band}>
                    {amount(band, one.currency)}
                  </td>
                ))}
                <td className={styles.right}>{format.amount(one.overdue, one.currency)}</td>
                <td className={styles.right}>
                  <strong>{format.amount(one.open, one.currency)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Debtors({ asOf }: { asOf: string }) {
  const t = useWords("invoice");
  const format = useFormat();
  const list = useDebtors(asOf);
  const opens = useCan("customer:read");
  const amount = (row: Debtor, name: AgeBand["band"]) => {
    const band = row.ageing.find(one => one.band === name);
    return band && band.count > 0 ? format.amount(band.amount, row.currency) : "–";
  };
  const columns: Column<Debtor>[] = [
    { id: "customer", header: t("field.customer"), cell: row => row.customer },
    { id: "currency", header: t("field.currency"), cell: row => row.currency, width: 84 },
    ...bands.map(
      (band): Column<Debtor> => ({
        id: band,
        header: t(`receivable.band.${band}`),
        cell: row => amount(row, band),
        width: 112,
        align: "right",
      }),
    ),
    {
      id: "open",
      header: t("receivable.open"),
      cell: row => <strong>{format.amount(row.open, row.currency)}</strong>,
      width: 120,
      align: "right",
    },
  ];
  return (
    <DataTable
      label={t("receivable.customers")}
      list={list}
      columns={columns}
      rowKey={row => `${row.customerId}${row.currency}`}
      {...(opens ? { href: (row: Debtor) => `/invoices/customers/${row.customerId}` } : {})}
      card={row => ({
        title: row.customer,
        end: format.money(row.open, row.currency),
        line: t("receivable.invoices", { count: row.invoices }),
        lineEnd: t("receivable.overdue", { amount: format.money(row.overdue, row.currency) }),
      })}
      empty={<EmptyState icon="check" title={t("receivable.none")} />}
    />
  );
}
