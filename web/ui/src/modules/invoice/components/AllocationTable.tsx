import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { TextButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card } from "@/ui/Card.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { Link } from "@/ui/Link.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import type { InvoiceRow } from "../api.ts";
import styles from "./invoice.module.css";
import { StatusBadge } from "./StatusBadge.tsx";

interface AllocationTableProps {
  rows: InvoiceRow[];
  loading: boolean;
  currency: string;
  digits: number;
  parts: Record<string, string>;
  /** What stays as the customer's credit. */
  rest: string;
  onChange: (parts: Record<string, string>) => void;
  /** Back to the oldest first, when the person has changed something. */
  onAutomatic?: () => void;
}

/** Open invoices with what of a payment goes to each. */
export function AllocationTable({
  rows,
  loading,
  currency,
  digits,
  parts,
  rest,
  onChange,
  onAutomatic,
}: AllocationTableProps) {
  const t = useWords("invoice");
  const format = useFormat();
  if (loading) return <SkeletonText lines={4} />;
  return (
    <Card
      flush
      title={t("payment.against")}
      actions={onAutomatic && <TextButton onClick={onAutomatic}>{t("payment.oldestFirst")}</TextButton>}
    >
      {rows.length === 0 && (
        <p className={`${styles.note} dimmed`}>{t("payment.nothingOpen", { currency })}</p>
      )}
      {rows.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.sheet}>
            <thead>
              <tr>
                <th>{t("field.number")}</th>
                <th>{t("field.status")}</th>
                <th>{t("field.dueOn")}</th>
                <th className={styles.right}>{t("field.due")}</th>
                <th className={styles.right}>{t("payment.part")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.id}>
                  <td>
                    <Link href={`/invoices/${row.id}`}>{row.number}</Link>
                  </td>
                  <td>
                    <StatusBadge status={row.status} />
                  </td>
                  <td>{row.dueOn ? format.date(row.dueOn) : "–"}</td>
                  <td className={styles.right}>{format.money(row.due, currency)}</td>
                  <td className={styles.right}>
                    <NumberField
                      label={t("payment.partOf", { number: row.number })}
                      hideLabel
                      digits={digits}
                      className={styles.pay ?? ""}
                      value={parts[row.id] ?? ""}
                      onChange={value => onChange({ ...parts, [row.id]: value })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {decimal.sign(rest) !== 0 && (
        <div className={styles.note}>
          <Callout tone={decimal.sign(rest) < 0 ? "red" : "blue"}>
            {decimal.sign(rest) < 0
              ? t("payment.tooMuch")
              : t("payment.stays", { amount: format.money(rest, currency) })}
          </Callout>
        </div>
      )}
    </Card>
  );
}
