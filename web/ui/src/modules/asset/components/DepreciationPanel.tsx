import { Fragment, useState } from "react";
import { decimal, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card, Grid, Stack, StatCard } from "@/ui/Card.tsx";
import { LineChart } from "@/ui/charts/LineChart.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { type Asset, type Depreciation, type DepreciationRow, useDepreciation } from "../api.ts";
import styles from "./asset.module.css";
import { bookTone, inSentence } from "./words.ts";

/** What it is worth on a day, how that came about, and how it goes on. */
export function DepreciationPanel({ asset }: { asset: Asset }) {
  const t = useWords("asset");
  const format = useFormat();
  const mayEdit = useCan("asset:register");
  const [{ asOf }, setUrl] = useUrlState({ asOf: "" });
  const query = useDepreciation(asset.id, asOf);
  const plan = query.data;
  const rows = plan?.rows ?? [];
  if (query.error && !plan) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const money = (value: string | undefined) =>
    value === undefined || !plan ? undefined : format.money(value, plan.currency);
  return (
    <Stack>
      <Grid min={190}>
        <StatCard
          label={t("depreciation.value")}
          value={money(plan?.value)}
          note={plan && <Badge tone={bookTone(plan.status)}>{t(`book.${plan.status}`)}</Badge>}
        />
        <StatCard
          label={t("depreciation.accumulated")}
          value={money(plan?.accumulated)}
          note={
            plan &&
            t("depreciation.months", { done: rows.filter(row => row.done).length, count: rows.length })
          }
        />
        <StatCard
          label={t("field.cost")}
          value={money(plan?.cost)}
          note={plan && t("depreciation.salvage", { amount: money(plan.salvage) })}
        />
        <Card>
          <DateField
            label={t("depreciation.asOf")}
            value={asOf || today()}
            onChange={value => setUrl({ asOf: value === today() ? "" : value })}
          />
        </Card>
      </Grid>
      {plan && rows.length === 0 && (
        <Card>
          <EmptyState
            icon="trend"
            title={t("depreciation.none")}
            actions={
              mayEdit && (
                <Button href={`/assets/${asset.id}/edit`} icon="edit">
                  {t("page.edit")}
                </Button>
              )
            }
          >
            {t(asset.method === "none" ? "depreciation.noMethod" : "depreciation.noStart")}
          </EmptyState>
        </Card>
      )}
      {plan && rows.length > 0 && (
        <>
          <Card
            title={t("depreciation.course")}
            note={t("depreciation.how", {
              method: t(`method.${plan.method}`),
              convention: inSentence(t(`convention.${plan.convention}`)),
              count: plan.lifeMonths,
            })}
          >
            <Course plan={plan} rows={rows} />
          </Card>
          <Card title={t("depreciation.schedule")} flush>
            <Schedule plan={plan} rows={rows} />
          </Card>
        </>
      )}
    </Stack>
  );
}

/** Long plans are drawn by year, so that the picture stays light. */
function Course({ plan, rows }: { plan: Depreciation; rows: DepreciationRow[] }) {
  const t = useWords("asset");
  const format = useFormat();
  const points =
    rows.length > 60
      ? rows.filter((row, index) => row.to.slice(5, 7) === "12" || index === rows.length - 1)
      : rows;
  return (
    <LineChart
      label={t("depreciation.chart")}
      labels={[
        t("depreciation.start"),
        ...points.map(row => `${format.month(row.to)} ${row.to.slice(2, 4)}`),
      ]}
      series={[
        {
          name: t("depreciation.value"),
          values: [Number(plan.cost), ...points.map(row => Number(row.value))],
        },
      ]}
      format={value => format.money(String(value), plan.currency)}
      short={value => format.compactMoney(value, plan.currency)}
      height={220}
    />
  );
}

function Schedule({ plan, rows }: { plan: Depreciation; rows: DepreciationRow[] }) {
  const t = useWords("asset");
  const format = useFormat();
  const years = byYear(rows);
  const current = plan.asOf.slice(0, 4);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set([current]));
  const toggle = (year: string) => {
    const next = new Set(open);
    if (!next.delete(year)) next.add(year);
    setOpen(next);
  };
  const amount = (value: string) => format.amount(value, plan.currency);
  return (
    <div className={styles.scroll} role="region" aria-label={t("depreciation.schedule")} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("depreciation.period")}</th>
            <th scope="col">{t("depreciation.charge", { currency: plan.currency })}</th>
            <th scope="col">{t("depreciation.accumulated")}</th>
            <th scope="col">{t("depreciation.value")}</th>
            <th scope="col" className={styles.formula}>
              {t("depreciation.formula")}
            </th>
          </tr>
        </thead>
        <tbody>
          {years.map(([year, months]) => {
            const last = months.at(-1);
            return (
              <Fragment key={year}>
                <tr className={styles.year}>
                  <td>
                    <button
                      type="button"
                      className={styles.expand}
                      aria-expanded={open.has(year)}
                      onClick={() => toggle(year)}
                    >
                      <Icon name={open.has(year) ? "chevron-down" : "chevron-right"} size={14} />
                      {year}
                    </button>
                  </td>
                  <td>{amount(sum(months))}</td>
                  <td>{last && amount(last.accumulated)}</td>
                  <td>{last && amount(last.value)}</td>
                  <td className={`${styles.formula} dimmed`}>
                    {t("depreciation.monthCount", { count: months.length })}
                  </td>
                </tr>
                {open.has(year) && months.map(row => <Month key={row.number} row={row} amount={amount} />)}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Month({ row, amount }: { row: DepreciationRow; amount: (value: string) => string }) {
  const t = useWords("asset");
  const format = useFormat();
  return (
    <tr className={`${styles.month} ${row.done ? "" : styles.ahead}`}>
      <td>{format.month(row.to, "long")}</td>
      <td>{amount(row.amount)}</td>
      <td>{amount(row.accumulated)}</td>
      <td>{amount(row.value)}</td>
      <td className={styles.formula}>
        <span className="mono">
          {row.formula.replaceAll(" x ", " × ").replaceAll(" / ", " ÷ ").replaceAll(" - ", " − ")}
        </span>
        <span className="dimmed">
          {" "}
          {t(`depreciation.rule.${row.rule}`, { exact: format.number(row.exact, 4), count: row.days })}
        </span>
      </td>
    </tr>
  );
}

function byYear(rows: DepreciationRow[]): [string, DepreciationRow[]][] {
  const years = new Map<string, DepreciationRow[]>();
  for (const row of rows) {
    const year = row.to.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), row]);
  }
  return [...years];
}

function sum(rows: DepreciationRow[]): string {
  return decimal.add(...rows.map(row => row.amount));
}
