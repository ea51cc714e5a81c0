import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { toast } from "@/ui/toast.ts";
import type { Customer } from "../api.ts";
import { CustomerFields, useCustomerForm } from "./CustomerForm.tsx";

export function CustomerEditDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useWords("invoice");
  const form = useCustomerForm(customer, "", () => {
    toast(t("customer.saved"));
    onClose();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("customer.edit")}
      size="xl"
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <CustomerFields form={form} />
      </Stack>
    </Dialog>
  );
}
