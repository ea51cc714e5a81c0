import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Card } from "@/ui/Card.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Invoice, usePayments } from "../api.ts";
import type { Doing } from "./InvoiceDialogs.tsx";
import styles from "./invoice.module.css";
import { PaymentTable } from "./PaymentTable.tsx";

/** What was paid on this invoice. */
export function InvoicePayments({ invoice, onDo }: { invoice: Invoice; onDo: (doing: Doing) => void }) {
  const t = useWords("invoice");
  const format = useFormat();
  const may = { see: useCan("payment:read"), pay: useCan("payment:record") };
  const ours = new Set((invoice.allocations ?? []).map(one => one.paymentId));
  const list = usePayments({ customerId: invoice.customerId ?? "" }, may.see && ours.size > 0);
  const open = ["issued", "partly-paid", "overdue"].includes(invoice.status);
  if (ours.size === 0) {
    return (
      <EmptyState
        icon="money"
        title={t("payment.none")}
        actions={
          may.pay &&
          open && (
            <Button variant="primary" onClick={() => onDo("pay")}>
              {t("payment.record")}
            </Button>
          )
        }
      >
        {open && t("payment.dueOf", { amount: format.money(invoice.due, invoice.currency) })}
      </EmptyState>
    );
  }
  if (!may.see) {
    return (
      <Card flush>
        <table className={styles.sheet}>
          <tbody>
            {(invoice.allocations ?? []).map(one => (
              <tr key={one.paymentId}>
                <td>{one.on ? format.date(one.on) : "–"}</td>
                <td className={styles.right}>{format.money(one.amount, invoice.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    );
  }
  return (
    <Card flush>
      <PaymentTable
        list={{ ...list, rows: list.rows.filter(row => ours.has(row.id)) }}
        withCustomer={false}
        plain
      />
    </Card>
  );
}
