import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { ErrorState } from "@/ui/States.tsx";
import { Frame } from "./Frame.tsx";
import styles from "./session.module.css";

const toSignIn = () => window.location.replace("/");

/** Where an invitation or a reset leads: the secret stands behind the # and is sent to nobody but the API. */
export default function ChoosePassword() {
  const t = useWords("app");
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useQuery({
    queryKey: ["password-link", token],
    queryFn: () => api.post("/api/v1/password-links/check", { body: { token } }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: token !== "",
  });
  if (token === "" || isProblem(link.error, 404) || isProblem(link.error, 422)) {
    return (
      <Frame title={t("choose.oldTitle")}>
        <h1>{t("choose.oldTitle")}</h1>
        <p className={styles.lead}>{t("choose.oldText")}</p>
        <Button variant="primary" full onClick={toSignIn}>
          {t("forgotten.back")}
        </Button>
      </Frame>
    );
  }
  if (link.isError) return <ErrorState error={link.error} onRetry={() => void link.refetch()} />;
  if (!link.data) return null;
  return <Choose token={token} link={link.data} />;
}

interface ChooseProps {
  token: string;
  link: { purpose: string; name: string; email: string; company: string };
}

function Choose({ token, link }: ChooseProps) {
  const t = useWords("app");
  const [done, setDone] = useState(false);
  const form = useForm({
    initial: { password: "", again: "" },
    check: values => ({
      password: values.password.length >= 12 ? undefined : t("setUp.shortPassword"),
      again: values.password === values.again ? undefined : t("setUp.notTheSame"),
    }),
    submit: async values => {
      await api.post("/api/v1/password-links/use", { body: { token, password: values.password } });
      window.history.replaceState(null, "", "/password");
      setDone(true);
    },
  });
  const title = t(link.purpose === "invitation" ? "choose.welcome" : "choose.title", { name: link.name });
  return (
    <Frame title={title}>
      <h1>{done ? t("choose.doneTitle") : title}</h1>
      <p className={styles.lead} role="status">
        {done ? t("choose.doneText") : t(`choose.lead.${link.purpose}`, { company: link.company })}
      </p>
      {done ? (
        <Button variant="primary" full onClick={toSignIn} autoFocus>
          {t("signIn.submit")}
        </Button>
      ) : (
        <form className={styles.form} onSubmit={form.onSubmit} noValidate>
          <FormErrorSummary form={form} />
          <TextField
            label={t("signIn.email")}
            name="email"
            type="email"
            autoComplete="username"
            value={link.email}
            onChange={() => undefined}
            disabled
          />
          <PasswordField
            label={t("account.newPassword")}
            autoComplete="new-password"
            hint={t("setUp.administrator.passwordHint")}
            autoFocus
            {...form.field("password")}
          />
          <PasswordField
            label={t("setUp.administrator.again")}
            autoComplete="new-password"
            {...form.field("again")}
          />
          <Button type="submit" variant="primary" full loading={form.busy}>
            {t("choose.submit")}
          </Button>
        </form>
      )}
    </Frame>
  );
}
