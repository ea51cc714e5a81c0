import { decimal, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog, Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { useGo } from "@/ui/Link.tsx";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Bill, useCancelBill, useDiscardBill, usePayBill, useVoidBillPayment } from "../bills.ts";
import { methods } from "../methods.ts";

interface DialogProps {
  bill: Bill;
  onClose: () => void;
}

/** What is done to a bill after a question. */
export type Asked = { what: "pay" | "cancel" | "discard" } | { what: "void"; at: number };

export default function BillDialogs({ doing, ...props }: DialogProps & { doing: Asked }) {
  switch (doing.what) {
    case "pay":
      return <PayBillDialog {...props} />;
    case "cancel":
      return <CancelBillDialog {...props} />;
    case "discard":
      return <DiscardBillDialog {...props} />;
    case "void":
      return <VoidPaymentDialog payment={doing.at} {...props} />;
  }
}

/** Money that went out for the bill. */
function PayBillDialog({ bill, onClose }: DialogProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const pay = usePayBill(bill);
  const form = useForm({
    initial: { amount: bill.due, paidOn: today(), method: "bank", reference: "" },
    check: values => ({
      amount:
        decimal.valid(values.amount) && decimal.sign(values.amount) > 0
          ? undefined
          : t("payment.amountMissing"),
    }),
    submit: async ({ method, ...values }) => {
      await pay.submitAsync({ ...values, method: method as "bank" });
      toast(t("bill.paid", { amount: format.money(values.amount, bill.currency) }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bill.payTitle", { number: bill.number })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("bill.pay")}
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
            currency={bill.currency}
            {...form.field("amount")}
          />
          <DateField label={t("bill.paidOn")} max={today()} {...form.field("paidOn")} />
          <Select label={t("payment.method")} options={methods(t)} {...form.field("method")} />
          <TextField label={t("payment.reference")} maxLength={200} {...form.field("reference")} />
        </FormGrid>
      </Stack>
    </Dialog>
  );
}

interface ReasonProps {
  title: string;
  text: string;
  confirm: string;
  submit: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** What takes a reason that stays in the history. */
function ReasonDialog({ title, text, confirm, submit, onClose }: ReasonProps) {
  const t = useWords("invoice");
  const form = useForm({
    initial: { reason: "" },
    check: values => ({ reason: values.reason.trim() ? undefined : t("bill.reasonMissing") }),
    submit: async ({ reason }) => {
      await submit(reason);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="danger" loading={form.busy}>
            {confirm}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <p>{text}</p>
        <TextField label={t("bill.reason")} required autoFocus maxLength={500} {...form.field("reason")} />
      </Stack>
    </Dialog>
  );
}

function CancelBillDialog({ bill, onClose }: DialogProps) {
  const t = useWords("invoice");
  const cancel = useCancelBill(bill);
  return (
    <ReasonDialog
      title={t("bill.cancelTitle", { number: bill.number })}
      text={t("bill.cancelText")}
      confirm={t("bill.cancel")}
      submit={reason => cancel.submitAsync({ reason })}
      onClose={onClose}
    />
  );
}

function VoidPaymentDialog({ bill, payment, onClose }: DialogProps & { payment: number }) {
  const t = useWords("invoice");
  const withdraw = useVoidBillPayment(bill, payment);
  return (
    <ReasonDialog
      title={t("bill.voidTitle")}
      text={t("bill.voidText")}
      confirm={t("bill.void")}
      submit={reason => withdraw.submitAsync({ reason })}
      onClose={onClose}
    />
  );
}

function DiscardBillDialog({ bill, onClose }: DialogProps) {
  const t = useWords("invoice");
  const go = useGo();
  const discard = useDiscardBill(bill, () => go("/invoices/bills"));
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      onConfirm={() => discard.submit("")}
      title={t("bill.discardTitle")}
      confirm={t("bill.discard")}
      busy={discard.busy}
    >
      {t("bill.discardText")}
    </ConfirmDialog>
  );
}
