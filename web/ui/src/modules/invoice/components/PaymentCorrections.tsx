import { useState } from "react";
import { decimal, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Row, Stack } from "@/ui/Card.tsx";
import { ConfirmDialog, Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Payment, useRefund, useVoidPayment } from "../api.ts";
import { methods } from "../methods.ts";
import styles from "./invoice.module.css";
import { Refused } from "./Refused.tsx";

/** What was given back, and the ways to give back more or to void the payment. */
export function PaymentCorrections({ payment }: { payment: Payment }) {
  const t = useWords("invoice");
  const format = useFormat();
  const [doing, setDoing] = useState<"refund" | "void" | undefined>();
  const may = useCan("payment:correct") && !payment.voidedOn;
  const mayRefund = may && decimal.sign(payment.unallocated) > 0;
  const mayVoid = may && decimal.sign(payment.refunded) === 0;
  const close = () => setDoing(undefined);
  return (
    <>
      {(payment.refunds ?? []).length > 0 && (
        <table className={styles.sheet} aria-label={t("refund.list")}>
          <tbody>
            {(payment.refunds ?? []).map((one, at) => (
              <tr key={at}>
                <td>
                  {t("refund.of", { day: format.date(one.on), by: one.by })}
                  {one.reference && <div className={styles.extra}>{one.reference}</div>}
                </td>
                <td className={styles.right}>{format.money(one.amount, payment.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(mayRefund || mayVoid) && (
        <Row>
          {mayRefund && (
            <Button size="sm" icon="undo" onClick={() => setDoing("refund")}>
              {t("refund.action")}
            </Button>
          )}
          {mayVoid && (
            <Button size="sm" icon="close" onClick={() => setDoing("void")}>
              {t("void.action")}
            </Button>
          )}
        </Row>
      )}
      {doing === "refund" && <RefundDialog payment={payment} onClose={close} />}
      {doing === "void" && <VoidDialog payment={payment} onClose={close} />}
    </>
  );
}

function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useWords("invoice");
  const format = useFormat();
  const refund = useRefund(payment.id);
  const form = useForm({
    initial: { amount: payment.unallocated, on: today(), method: payment.method as string, reference: "" },
    check: values => ({
      amount:
        decimal.valid(values.amount) && decimal.sign(values.amount) > 0
          ? undefined
          : t("payment.amountMissing"),
    }),
    submit: async values => {
      await refund.submitAsync({ ...values, method: values.method as "bank" });
      toast(t("refund.done", { amount: format.money(values.amount, payment.currency) }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("refund.title")}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("refund.confirm")}
          </Button>
        </>
      }
    >
      <Stack>
        <p>{t("refund.text", { amount: format.money(payment.unallocated, payment.currency) })}</p>
        <FormErrorSummary form={form} />
        <FormGrid>
          <MoneyField
            label={t("payment.amount")}
            required
            autoFocus
            currency={payment.currency}
            {...form.field("amount")}
          />
          <DateField label={t("refund.on")} max={today()} {...form.field("on")} />
          <Select label={t("payment.method")} options={methods(t)} {...form.field("method")} />
          <TextField label={t("payment.reference")} maxLength={200} {...form.field("reference")} />
        </FormGrid>
      </Stack>
    </Dialog>
  );
}

function VoidDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useWords("invoice");
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const action = useVoidPayment(payment.id);
  const run = () => {
    if (reason.trim() === "") {
      setMissing(true);
      return;
    }
    void action
      .submitAsync(reason.trim())
      .then(() => {
        toast(t("void.done"));
        onClose();
      })
      .catch(() => undefined); // shown in the dialog
  };
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      onConfirm={run}
      title={t("void.title")}
      confirm={t("void.action")}
      busy={action.busy}
    >
      <Stack>
        <p>{t("void.text")}</p>
        <TextField
          label={t("void.reason")}
          required
          value={reason}
          onChange={setReason}
          maxLength={500}
          autoFocus
          error={missing && reason.trim() === "" ? t("writeOff.reasonMissing") : undefined}
        />
        <Refused error={action.error} />
      </Stack>
    </ConfirmDialog>
  );
}
