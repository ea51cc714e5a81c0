import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import styles from "./session.module.css";

export interface Credentials {
  email: string;
  password: string;
}

/** Whether the password was right and a code is still to come. */
export function wantsCode(error: unknown): boolean {
  return isProblem(error, 401) && error.code === "second-factor-required";
}

interface CodeFormProps {
  credentials: Credentials;
  onDone: (userId: string) => void;
  onBack: () => void;
}

/** The second step of signing in: a code of the authenticator, or a recovery code. */
export function CodeForm({ credentials, onDone, onBack }: CodeFormProps) {
  const t = useWords("app");
  const form = useForm({
    initial: { code: "" },
    check: values => ({ code: values.code.trim() ? undefined : t("factor.codeMissing") }),
    submit: async values => {
      const answer = await api.post("/api/v1/session", {
        body: { ...credentials, code: values.code.trim() },
      });
      onDone(answer.user.id);
    },
  });
  return (
    <form className={styles.form} onSubmit={form.onSubmit} noValidate>
      <FormErrorSummary form={form} />
      <TextField
        label={t("factor.code")}
        hint={t("factor.codeHint")}
        autoComplete="one-time-code"
        autoFocus
        maxLength={40}
        {...form.field("code")}
      />
      <Button type="submit" variant="primary" full loading={form.busy}>
        {t("signIn.submit")}
      </Button>
      <Button full variant="quiet" onClick={onBack}>
        {t("setUp.back")}
      </Button>
    </form>
  );
}
