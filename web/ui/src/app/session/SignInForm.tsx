import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { CodeForm, type Credentials, wantsCode } from "./CodeForm.tsx";
import styles from "./session.module.css";

interface SignInFormProps {
  email?: string;
  onDone: (userId: string) => void;
}

export function SignInForm({ email = "", onDone }: SignInFormProps) {
  const t = useWords("app");
  const [known, setKnown] = useState<Credentials | undefined>();
  const form = useForm({
    initial: { email, password: "" },
    check: values => ({
      email: values.email.trim() ? undefined : t("signIn.emailMissing"),
      password: values.password ? undefined : t("signIn.passwordMissing"),
    }),
    submit: async values => {
      const credentials = { email: values.email.trim(), password: values.password };
      try {
        const answer = await api.post("/api/v1/session", { body: credentials });
        onDone(answer.user.id);
      } catch (error) {
        if (!wantsCode(error)) throw error;
        setKnown(credentials);
      }
    },
  });
  if (known) return <CodeForm credentials={known} onDone={onDone} onBack={() => setKnown(undefined)} />;
  return (
    <form className={styles.form} onSubmit={form.onSubmit} noValidate>
      <FormErrorSummary form={form} />
      <TextField
        label={t("signIn.email")}
        type="email"
        autoComplete="username"
        inputMode="email"
        autoFocus={email === ""}
        disabled={email !== ""}
        {...form.field("email")}
      />
      <PasswordField
        label={t("signIn.password")}
        autoComplete="current-password"
        autoFocus={email !== ""}
        {...form.field("password")}
      />
      <Button type="submit" variant="primary" full loading={form.busy}>
        {t("signIn.submit")}
      </Button>
    </form>
  );
}
