import { decimal, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Invoice, useRecordPayment } from "../api.ts";
import { methods } from "../methods.ts";

/** Money for this invoice; what is more than due stays as the customer's credit. */
export function PaymentDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useWords("invoice");
  const format = useFormat();
  const record = useRecordPayment();
  const form = useForm({
    initial: { amount: invoice.due, receivedOn: today(), method: "bank", reference: "" },
    check: values => ({
      amount:
        decimal.valid(values.amount) && decimal.sign(values.amount) > 0
          ? undefined
          : t("payment.amountMissing"),
    }),
    submit: async values => {
      await record.submitAsync({
        ...values,
        method: values.method as "bank",
        customerId: invoice.customerId ?? "",
        currency: invoice.currency,
        allocations: [{ invoiceId: invoice.id, amount: part(values.amount, invoice.due) }],
      });
      toast(t("payment.recorded", { amount: format.money(values.amount, invoice.currency) }));
      onClose();
    },
  });
  const { amount } = form.values;
  const over = decimal.valid(amount) ? decimal.sub(amount, invoice.due) : "0";
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("payment.for", { number: invoice.number })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("payment.record")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <FormGrid>
          <MoneyField
            label={t("payment.amount")}
            required
            autoFocus
            currency={invoice.currency}
            {...form.field("amount")}
          />
          <DateField label={t("payment.receivedOn")} max={today()} {...form.field("receivedOn")} />
          <Select label={t("payment.method")} options={methods(t)} {...form.field("method")} />
          <TextField label={t("payment.reference")} maxLength={200} {...form.field("reference")} />
        </FormGrid>
        {decimal.sign(over) > 0 && (
          <Callout tone="blue">
            {t("payment.stays", { amount: format.money(over, invoice.currency) })}
          </Callout>
        )}
        {decimal.sign(over) < 0 && (
          <p className="dimmed">
            {t("payment.remains", { amount: format.money(decimal.sub("0", over), invoice.currency) })}
          </p>
        )}
      </Stack>
    </Dialog>
  );
}

function part(amount: string, due: string): string {
  return decimal.cmp(amount, due) > 0 ? due : amount;
}
