import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import type { Bill } from "../bills.ts";
import sheet from "./bill.module.css";
import styles from "./invoice.module.css";
import { Totals } from "./Totals.tsx";

interface BillLinesProps {
  bill: Bill;
  /** Turns a line into assets; left out for who may not. */
  onBuy: ((line: number) => void) | undefined;
}

/** What stands on the bill, and what of it became assets. */
export function BillLines({ bill, onBuy }: BillLinesProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const bought = new Map((bill.bought ?? []).map(one => [one.line, one.assets]));
  return (
    <Card flush>
      <div className={styles.scroll}>
        <table className={styles.sheet}>
          <thead>
            <tr>
              <th>{t("line.description")}</th>
              <th className={styles.right}>{t("line.quantity")}</th>
              <th className={styles.right}>{t("line.unitPrice")}</th>
              <th className={`${styles.right} ${styles.wide}`}>{t("line.taxRateId")}</th>
              <th className={styles.right}>{t("line.amount")}</th>
            </tr>
          </thead>
          <tbody>
            {bill.lines.map((line, at) => (
              <tr key={at}>
                <td style={{ whiteSpace: "pre-line" }}>
                  {line.description}
                  <div className={sheet.became}>
                    {bought.has(at + 1) ? (
                      <Badge tone="green">{t("buy.count", { count: bought.get(at + 1) ?? 0 })}</Badge>
                    ) : (
                      onBuy &&
                      bill.status !== "cancelled" &&
                      Number(line.net) > 0 && (
                        <Button size="sm" icon="laptop" onClick={() => onBuy(at + 1)}>
                          {t("buy.open")}
                        </Button>
                      )
                    )}
                  </div>
                </td>
                <td className={styles.right}>
                  {format.number(line.quantity)} {line.unit}
                </td>
                <td className={styles.right}>{format.number(line.unitPrice)}</td>
                <td className={`${styles.right} ${styles.wide}`}>
                  {line.tax.name || `${format.number(line.tax.percent)} %`}
                </td>
                <td className={styles.right}>{format.amount(line.amount, bill.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.below}>
        <div />
        <Totals
          currency={bill.currency}
          totals={bill.totals}
          taxes={bill.taxes}
          paid={bill.paid}
          due={bill.due}
        />
      </div>
      {bill.note && <div className={styles.note}>{bill.note}</div>}
    </Card>
  );
}
