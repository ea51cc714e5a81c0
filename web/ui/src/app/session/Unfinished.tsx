import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import type { Me } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { Frame } from "./Frame.tsx";
import styles from "./session.module.css";

/** Somebody is known, but a second factor must come before anything else. */
export default function Unfinished({ me, onDone }: { me: Me; onDone: () => void }) {
  const t = useWords("app");
  return (
    <Frame title={t("ways.confirmTitle")}>
      <h1>{t("ways.confirmTitle")}</h1>
      <p className={styles.lead}>{t("ways.confirmLead", { email: me.user.email })}</p>
      <Confirm onDone={onDone} />
      <Leave />
    </Frame>
  );
}

function Confirm({ onDone }: { onDone: () => void }) {
  const t = useWords("app");
  const form = useForm({
    initial: { code: "" },
    check: values => ({ code: values.code.trim() ? undefined : t("factor.codeMissing") }),
    submit: async values => {
      await api.post("/api/v1/session/second-factor", { body: { code: values.code.trim() } });
      onDone();
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
        {t("ways.confirm")}
      </Button>
    </form>
  );
}

/** The way out for whoever is somebody else. */
function Leave() {
  const t = useWords("app");
  const leave = () => void api.delete("/api/v1/session").finally(() => window.location.replace("/"));
  return (
    <Button variant="quiet" full onClick={leave}>
      {t("ways.leave")}
    </Button>
  );
}
