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
import { toast } from "@/ui/toast.ts";
import { factorChanges } from "./factor.ts";
import { RecoveryCodes } from "./RecoveryCodes.tsx";

/** Password and code once more, before recovery codes are replaced or the second factor is given up. */
export function ProofDialog({ goal, onClose }: { goal: "codes" | "remove"; onClose: () => void }) {
  const t = useWords("app");
  const client = useQueryClient();
  const [codes, setCodes] = useState<string[] | undefined>();
  const form = useForm({
    initial: { password: "", code: "" },
    check: values => ({
      password: values.password ? undefined : t("signIn.passwordMissing"),
      code: values.code.trim() ? undefined : t("factor.codeMissing"),
    }),
    submit: async values => {
      const body = { password: values.password, code: values.code.trim() };
      if (goal === "codes") {
        setCodes((await api.post("/api/v1/me/second-factor/recovery-codes", { body })).codes ?? []);
      } else {
        await api.post("/api/v1/me/second-factor/removal", { body });
        toast(t("factor.removed"));
        onClose();
      }
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
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(goal === "codes" ? "factor.newCodes" : "factor.remove")}
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={onClose}>{t("factor.cancel")}</Button>
          <Button type="submit" variant={goal === "codes" ? "primary" : "danger"} loading={form.busy}>
            {t(goal === "codes" ? "factor.newCodes" : "factor.remove")}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        <FormErrorSummary form={form} />
        <p>{t(goal === "codes" ? "factor.newCodesText" : "factor.removeText")}</p>
        <PasswordField
          label={t("account.currentPassword")}
          autoComplete="current-password"
          autoFocus
          {...form.field("password")}
        />
        <TextField
          label={t("factor.code")}
          hint={t("factor.codeHint")}
          autoComplete="one-time-code"
          maxLength={40}
          {...form.field("code")}
        />
      </Stack>
    </Dialog>
  );
}
