import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { factorChanges, passkeysKey } from "./factor.ts";
import type { Passkey } from "./Passkeys.tsx";

interface PasskeyChangeProps {
  one: Passkey;
  onClose: () => void;
}

export function RenamePasskey({ one, onClose }: PasskeyChangeProps) {
  const t = useWords("app");
  const client = useQueryClient();
  const form = useForm({
    initial: { name: one.name },
    check: values => ({ name: values.name.trim() ? undefined : t("passkeys.nameMissing") }),
    submit: async values => {
      const path = { params: { path: { id: one.id } } };
      await api.put("/api/v1/me/passkeys/{id}", { ...path, body: { name: values.name.trim() } });
      await client.invalidateQueries({ queryKey: passkeysKey });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("passkeys.rename")}
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={onClose}>{t("factor.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("passkeys.save")}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        <FormErrorSummary form={form} />
        <TextField label={t("passkeys.name")} autoFocus maxLength={100} {...form.field("name")} />
      </Stack>
    </Dialog>
  );
}

/** The password is asked for where the sign-in is a while ago. */
export function RemovePasskey({ one, onClose }: PasskeyChangeProps) {
  const t = useWords("app");
  const client = useQueryClient();
  const [askPassword, setAskPassword] = useState(false);
  const form = useForm({
    initial: { password: "" },
    check: values => ({
      password: askPassword && !values.password ? t("signIn.passwordMissing") : undefined,
    }),
    submit: async values => {
      const path = { params: { path: { id: one.id } } };
      try {
        await api.post("/api/v1/me/passkeys/{id}/removal", {
          ...path,
          body: values.password ? { password: values.password } : {},
        });
      } catch (error) {
        if (values.password || !isProblem(error, 422)) throw error;
        return setAskPassword(true);
      }
      toast(t("passkeys.removed"));
      await Promise.all(
        [passkeysKey, ...factorChanges].map(queryKey => client.invalidateQueries({ queryKey })),
      );
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("passkeys.removeTitle", { name: one.name })}
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={onClose}>{t("factor.cancel")}</Button>
          <Button type="submit" variant="danger" loading={form.busy}>
            {t("passkeys.remove")}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        <FormErrorSummary form={form} />
        <p>{t("passkeys.removeText")}</p>
        {askPassword && (
          <PasswordField
            label={t("account.currentPassword")}
            autoComplete="current-password"
            autoFocus
            {...form.field("password")}
          />
        )}
      </Stack>
    </Dialog>
  );
}
