import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import type { Customer } from "../api.ts";
import { CustomerFields, useCustomerForm } from "./CustomerForm.tsx";

interface CustomerDialogProps {
  /** What was typed where the customer was looked for. */
  name: string;
  onClose: () => void;
  onDone: (customer: Customer) => void;
}

/** A new customer in the middle of an invoice: only what an invoice needs. */
export function CustomerDialog({ name, onClose, onDone }: CustomerDialogProps) {
  const t = useWords("invoice");
  const form = useCustomerForm(undefined, name, onDone);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("customer.new")}
      size="lg"
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("customer.add")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <CustomerFields form={form} short />
      </Stack>
    </Dialog>
  );
}
