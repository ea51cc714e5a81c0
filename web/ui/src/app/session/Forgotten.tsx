import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { Frame } from "./Frame.tsx";
import styles from "./session.module.css";

/** Asks for a link by mail. The answer is the same whether the address is known or not. */
export function Forgotten({ mail, onBack }: { mail: boolean; onBack: () => void }) {
  const t = useWords("app");
  const [asked, setAsked] = useState("");
  const form = useForm({
    initial: { email: "" },
    check: values => ({ email: values.email.trim() ? undefined : t("signIn.emailMissing") }),
    submit: async values => {
      await api.post("/api/v1/password-requests", { body: { email: values.email.trim() } });
      setAsked(values.email.trim());
    },
  });
  const back = (
    <Button variant="quiet" full onClick={onBack}>
      {t("forgotten.back")}
    </Button>
  );
  return (
    <Frame title={t("forgotten.title")}>
      <h1>{t("forgotten.title")}</h1>
      {!mail || asked ? (
        <div className={styles.form}>
          <p className={styles.lead} role="status">
            {asked && mail ? t("forgotten.asked", { email: asked }) : t("forgotten.noMail")}
          </p>
          {back}
        </div>
      ) : (
        <>
          <p className={styles.lead}>{t("forgotten.lead")}</p>
          <form className={styles.form} onSubmit={form.onSubmit} noValidate>
            <FormErrorSummary form={form} />
            <TextField
              label={t("signIn.email")}
              type="email"
              inputMode="email"
              autoComplete="username"
              autoFocus
              {...form.field("email")}
            />
            <Button type="submit" variant="primary" full loading={form.busy}>
              {t("forgotten.send")}
            </Button>
            {back}
          </form>
        </>
      )}
    </Frame>
  );
}
