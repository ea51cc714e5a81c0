import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { BarChart } from "@/ui/charts/BarChart.tsx";
import { StackedBar } from "@/ui/charts/Parts.tsx";
import { EmptyState } from "@/ui/States.tsx";
import type { HomeData } from "../Home.tsx";
import styles from "./Home.module.css";

type Currency = NonNullable<HomeData["sales"]>["currencies"][number];

/** What was invoiced and what came in, month by month. */
export function Sales({ sales }: { sales: Currency }) {
  const t = useWords("app");
  const format = useFormat();
  const mayInvoice = useCan("invoice:write");
  const months = sales.months.slice(-12);
  const invoiced = decimal.add(...months.map(month => month.net));
  const received = decimal.add(...months.map(month => month.received));
  if (months.every(month => month.invoices === 0 && decimal.sign(month.received) === 0)) {
    return (
      <Card title={t("home.sales")}>
        <EmptyState
          icon="chart"
          title={t("home.noSales")}
          actions={mayInvoice && <Button href="/invoices/new">{t("home.firstInvoice")}</Button>}
        >
          {t("home.noSalesText")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title={t("home.sales")} note={t("home.lastYear")}>
      <dl className={styles.figures}>
        <div>
          <dt>{t("home.invoiced")}</dt>
          <dd>{format.money(invoiced, sales.currency)}</dd>
        </div>
        <div>
          <dt>{t("home.received")}</dt>
          <dd>{format.money(received, sales.currency)}</dd>
        </div>
      </dl>
      <BarChart
        label={t("home.sales")}
        labels={months.map(month => format.month(month.month))}
        series={[
          { name: t("home.invoiced"), values: months.map(month => Number(month.net)) },
          { name: t("home.received"), values: months.map(month => Number(month.received)) },
        ]}
        format={value => format.money(String(value), sales.currency)}
        short={value => format.compactMoney(value, sales.currency)}
        height={232}
      />
    </Card>
  );
}

const bands: Record<string, string> = {
  "not-due": "var(--chart-2)",
  "1-30": "var(--chart-1)",
  "31-60": "var(--chart-3)",
  "61-90": "var(--chart-4)",
  "over-90": "var(--chart-5)",
};

/** What is open, by how long it is late. */
export function Ageing({ sales }: { sales: Currency }) {
  const t = useWords("app");
  const format = useFormat();
  if (sales.openCount === 0) {
    return (
      <Card title={t("home.ageing")}>
        <EmptyState icon="success" title={t("home.nothingOpen")}>
          {t("home.nothingOpenText")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title={t("home.ageing")}>
      <dl className={styles.figures}>
        <div>
          <dt>{t("home.open")}</dt>
          <dd>{format.money(sales.open, sales.currency)}</dd>
        </div>
      </dl>
      <StackedBar
        label={t("home.ageing")}
        parts={sales.ageing.map(band => ({
          label: t(`home.bands.${band.band}`),
          value: Number(band.amount),
          colour: bands[band.band] ?? "var(--chart-6)",
        }))}
        format={value => format.money(String(value), sales.currency)}
      />
    </Card>
  );
}
