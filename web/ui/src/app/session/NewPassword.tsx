import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { PasswordField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { Frame } from "./Frame.tsx";
import styles from "./session.module.css";

/** The password came from an administrator: a new one must be chosen before anything else is allowed. */
export default function NewPassword({ onDone }: { onDone: () => void }) {
  const t = useWords("app");
  const form = useForm({
    initial: { current: "", new: "", again: "" },
    check: values => ({
      current: values.current ? undefined : t("setUp.missing"),
      new: values.new.length >= 12 ? undefined : t("setUp.shortPassword"),
      again: values.new === values.again ? undefined : t("setUp.notTheSame"),
    }),
    submit: async values => {
      await api.post("/api/v1/me/password", { body: { current: values.current, new: values.new } });
      onDone();
    },
  });
  return (
    <Frame title={t("signIn.mustChange")}>
      <h1>{t("signIn.mustChange")}</h1>
      <p className={styles.lead}>{t("signIn.mustChangeText")}</p>
      <form className={styles.form} onSubmit={form.onSubmit} noValidate>
        <FormErrorSummary form={form} />
        <PasswordField
          label={t("account.currentPassword")}
          autoComplete="current-password"
          autoFocus
          {...form.field("current")}
        />
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
        <Button type="submit" variant="primary" full loading={form.busy}>
          {t("account.changePassword")}
        </Button>
      </form>
    </Frame>
  );
}
