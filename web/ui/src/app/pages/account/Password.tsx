import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { PasswordField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";

export function Password() {
  const t = useWords("app");
  const empty = { current: "", new: "", again: "" };
  const form = useForm({
    initial: empty,
    check: values => ({
      current: values.current ? undefined : t("setUp.missing"),
      new: values.new.length >= 12 ? undefined : t("setUp.shortPassword"),
      again: values.new === values.again ? undefined : t("setUp.notTheSame"),
    }),
    submit: async values => {
      await api.post("/api/v1/me/password", { body: { current: values.current, new: values.new } });
      form.reset(empty);
      toast(t("account.passwordChanged"));
    },
  });
  return (
    <Card title={t("account.password")}>
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          <PasswordField
            label={t("account.currentPassword")}
            autoComplete="current-password"
            {...form.field("current")}
          />
          <FormGrid>
            <PasswordField
              label={t("account.newPassword")}
              autoComplete="new-password"
              hint={t("setUp.administrator.passwordHint")}
              {...form.field("new")}
            />
            <PasswordField
              label={t("setUp.administrator.again")}
              autoComplete="new-password"
              {...form.field("again")}
            />
          </FormGrid>
          <FormFooter>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("account.changePassword")}
            </Button>
          </FormFooter>
        </Stack>
      </form>
    </Card>
  );
}
