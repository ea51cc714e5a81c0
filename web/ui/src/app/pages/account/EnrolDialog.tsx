import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import styles from "./factor.module.css";
import { factorChanges } from "./factor.ts";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

interface Enrolment {
  secret: string;
  picture: { size: number; path: string };
}

/** Three steps: the password again, the picture with a code that confirms it, the recovery codes. */
export function EnrolDialog({ onClose }: { onClose: () => void }) {
  const t = useWords("app");
  const client = useQueryClient();
  const [drawn, setDrawn] = useState<Enrolment | undefined>();
  const [codes, setCodes] = useState<string[] | undefined>();
  const proof = useForm({
    initial: { password: "" },
    check: values => ({ password: values.password ? undefined : t("signIn.passwordMissing") }),
    submit: async values => setDrawn(await api.post("/api/v1/me/second-factor", { body: values })),
  });
  const confirmation = useForm({
    initial: { code: "" },
    check: values => ({ code: values.code.trim() ? undefined : t("factor.codeMissing") }),
    submit: async values => {
      const answer = await api.post("/api/v1/me/second-factor/confirmation", {
        body: { code: values.code.trim() },
      });
      setCodes(answer.codes ?? []);
      await Promise.all(factorChanges.map(queryKey => client.invalidateQueries({ queryKey })));
    },
  });
  if (codes) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={t("factor.codesTitle")}
        footer={
          <Button variant="primary" onClick={onClose}>
            {t("factor.kept")}
          </Button>
        }
      >
        <RecoveryCodes codes={codes} />
      </Dialog>
    );
  }
  const form = drawn ? confirmation : proof;
  return (
    <Dialog
      key={drawn ? "picture" : "password"}
      open
      onClose={onClose}
      title={t("factor.setUp")}
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={onClose}>{t("factor.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t(drawn ? "factor.confirm" : "setUp.next")}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        {drawn ? (
          <>
            <FormErrorSummary form={confirmation} />
            <p>{t("factor.scan")}</p>
            <Picture label={t("factor.picture")} {...drawn.picture} />
            <p className="dimmed">
              {t("factor.typeIt")} <span className={styles.secret}>{grouped(drawn.secret)}</span>
            </p>
            <TextField
              label={t("factor.code")}
              autoComplete="one-time-code"
              inputMode="numeric"
              autoFocus
              maxLength={40}
              {...confirmation.field("code")}
            />
          </>
        ) : (
          <>
            <FormErrorSummary form={proof} />
            <p>{t("factor.passwordFirst")}</p>
            <PasswordField
              label={t("account.currentPassword")}
              autoComplete="current-password"
              autoFocus
              {...proof.field("password")}
            />
          </>
        )}
      </Stack>
    </Dialog>
  );
}

function Picture({ size, path, label }: { size: number; path: string; label: string }) {
  return (
    <svg className={styles.picture} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} fill="currentColor" shapeRendering="crispEdges" />
    </svg>
  );
}

/** Groups of four are easier to type. */
function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}
