import { memo } from "react";
import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import styles from "./invoice.module.css";

interface TotalsProps {
  currency: string;
  totals: {
    net: string;
    gross: string;
    rounding: string;
    payable: string;
    allowances: string;
    charges: string;
    lines: string;
  };
  taxes: { category: string; percent: string; name?: string | undefined; taxable: string; tax: string }[];
  paid?: string;
  credited?: string;
  writtenOff?: string;
  due?: string;
}

/** The sums of a document, as they stand on its paper. */
export const Totals = memo(function Totals({
  currency,
  totals,
  taxes,
  paid,
  credited,
  writtenOff,
  due,
}: TotalsProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const row = (label: string, amount: string, className?: string) => (
    <div className={className} key={label}>
      <dt>{label}</dt>
      <dd>{format.amount(amount, currency)}</dd>
    </div>
  );
  const some = (amount: string | undefined): amount is string =>
    amount !== undefined && decimal.sign(amount) !== 0;
  const minus = (amount: string) => decimal.sub("0", amount);
  return (
    <dl className={styles.totals} aria-label={t("total.label")}>
      {(some(totals.allowances) || some(totals.charges)) && row(t("total.lines"), totals.lines)}
      {some(totals.allowances) && row(t("total.allowances"), minus(totals.allowances))}
      {some(totals.charges) && row(t("total.charges"), totals.charges)}
      {row(t("total.net"), totals.net)}
      {taxes.map(one =>
        row(
          t("total.tax", {
            name: one.name || `${format.number(one.percent)} %`,
            taxable: format.amount(one.taxable, currency),
          }),
          one.tax,
          styles.minor,
        ),
      )}
      <div className={styles.total}>
        <dt>{t("total.gross", { currency })}</dt>
        <dd data-total>{format.amount(totals.gross, currency)}</dd>
      </div>
      {some(totals.rounding) && row(t("total.rounding"), totals.rounding, styles.minor)}
      {some(totals.rounding) && row(t("total.payable"), totals.payable)}
      {some(paid) && row(t("total.paid"), minus(paid))}
      {some(credited) && row(t("total.credited"), minus(credited))}
      {some(writtenOff) && row(t("total.writtenOff"), minus(writtenOff))}
      {due !== undefined && (some(paid) || some(writtenOff) || some(credited)) && (
        <div className={styles.total}>
          <dt>{t("total.due")}</dt>
          <dd>{format.amount(due, currency)}</dd>
        </div>
      )}
    </dl>
  );
});
