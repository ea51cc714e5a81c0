import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { useGo } from "@/ui/Link.tsx";
import { FormFooter, Page } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { CustomerFields, useCustomerForm } from "../components/CustomerForm.tsx";

export default function CustomerNew() {
  const t = useWords("invoice");
  const go = useGo();
  const form = useCustomerForm(undefined, "", made => {
    toast(t("customer.added", { name: made.name }));
    go(`/invoices/customers/${made.id}`);
  });
  return (
    <Page
      title={t("customer.new")}
      width="form"
      back={{ href: "/invoices/customers", label: t("customer.list") }}
    >
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          <Card>
            <CustomerFields form={form} />
          </Card>
          <FormFooter>
            <Button href="/invoices/customers">{t("action.cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("customer.add")}
            </Button>
          </FormFooter>
        </Stack>
      </form>
    </Page>
  );
}
