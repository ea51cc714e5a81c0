import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { TextButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Drawer } from "@/ui/Dialog.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { toast } from "@/ui/toast.ts";
import {
  type InvoiceRow,
  type Payment,
  useAllocate,
  useInvoices,
  usePayment,
  useUnallocate,
} from "../api.ts";
import styles from "./invoice.module.css";
import { PaymentCorrections } from "./PaymentCorrections.tsx";

/** One payment: what it was set against, and what its rest could pay. */
export function PaymentDrawer({ payment: listed, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useWords("invoice");
  const format = useFormat();
  const payment = usePayment(listed.id).data ?? listed;
  const may = useCan("payment:record");
  const take = useUnallocate(payment.id);
  const left = decimal.sign(payment.unallocated) > 0;
  const say = (error: unknown) =>
    toast(isProblem(error) ? error.message : t("action.failed"), { tone: "red" });
  return (
    <Drawer open onClose={onClose} title={t("payment.one")}>
      <Stack>
        {payment.voidedOn && (
          <Callout tone="amber" title={t("void.since", { day: format.date(payment.voidedOn) })}>
            {payment.voidReason}
          </Callout>
        )}
        <PropertyList
          items={[
            { label: t("payment.amount"), value: format.money(payment.amount, payment.currency) },
            { label: t("payment.left"), value: format.money(payment.unallocated, payment.currency) },
            decimal.sign(payment.refunded) > 0 && {
              label: t("refund.sum"),
              value: format.money(payment.refunded, payment.currency),
            },
            {
              label: t("field.customer"),
              value: <Link href={`/invoices/customers/${payment.customerId}`}>{payment.customer}</Link>,
            },
            { label: t("payment.receivedOn"), value: format.date(payment.receivedOn) },
            { label: t("payment.method"), value: t(`method.${payment.method}`) },
            { label: t("payment.reference"), value: payment.reference },
          ]}
        />
        <PaymentCorrections payment={payment} />
        <strong>{t("payment.allocations")}</strong>
        {payment.allocations.length === 0 && (
          <p className="dimmed">
            {t(
              left || payment.voidedOn
                ? payment.voidedOn
                  ? "void.nothing"
                  : "payment.noAllocations"
                : "refund.all",
            )}
          </p>
        )}
        <table className={styles.sheet}>
          <tbody>
            {payment.allocations.map(one => (
              <tr key={one.invoiceId}>
                <td>
                  <Link href={`/invoices/${one.invoiceId}`}>{one.number}</Link>
                </td>
                <td className={styles.right}>{format.money(one.amount, payment.currency)}</td>
                <td className={styles.right}>
                  {may && (
                    <TextButton onClick={() => void take.submitAsync(one.invoiceId).catch(say)}>
                      {t("payment.takeOff")}
                    </TextButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {may && left && <OpenInvoices payment={payment} onFail={say} />}
      </Stack>
    </Drawer>
  );
}

function OpenInvoices({ payment, onFail }: { payment: Payment; onFail: (error: unknown) => void }) {
  const t = useWords("invoice");
  const format = useFormat();
  const list = useInvoices({ customerId: payment.customerId, status: "open", sort: "dueOn" });
  const allocate = useAllocate(payment.id);
  const rows = list.rows.filter(row => row.currency === payment.currency);
  if (rows.length === 0) return null;
  const amountFor = (row: InvoiceRow) =>
    decimal.cmp(row.due, payment.unallocated) > 0 ? payment.unallocated : row.due;
  return (
    <>
      <strong>{t("payment.couldPay")}</strong>
      <table className={styles.sheet}>
        <tbody>
          {rows.map(row => (
            <tr key={row.id}>
              <td>
                <Link href={`/invoices/${row.id}`}>{row.number}</Link>
              </td>
              <td className={styles.right}>{format.money(row.due, row.currency)}</td>
              <td className={styles.right}>
                <TextButton
                  onClick={() =>
                    void allocate.submitAsync([{ invoiceId: row.id, amount: amountFor(row) }]).catch(onFail)
                  }
                >
                  {t("payment.setAgainst", { amount: format.money(amountFor(row), row.currency) })}
                </TextButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
