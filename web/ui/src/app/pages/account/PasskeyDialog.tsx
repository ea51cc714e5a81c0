import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { makePasskey } from "@/lib/passkey.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { deviceOf } from "./device.ts";
import { factorChanges, passkeysKey } from "./factor.ts";

/** Names a passkey and has the device make it; the password is asked for where the sign-in is a while ago. */
export function PasskeyDialog({ onClose }: { onClose: () => void }) {
  const t = useWords("app");
  const client = useQueryClient();
  const [askPassword, setAskPassword] = useState(false);
  const [cancelled, setCancelled] = useState(false);
  const system = deviceOf(navigator.userAgent).system ?? t("passkeys.device");
  const form = useForm({
    initial: { name: t("passkeys.defaultName", { system }), password: "" },
    check: values => ({
      name: values.name.trim() ? undefined : t("passkeys.nameMissing"),
      password: askPassword && !values.password ? t("signIn.passwordMissing") : undefined,
    }),
    submit: async values => {
      setCancelled(false);
      const options = await begin(values.password);
      if (options === undefined) return setAskPassword(true);
      let credential: string;
      try {
        credential = await makePasskey(options);
      } catch {
        return setCancelled(true);
      }
      await api.post("/api/v1/me/passkeys", { body: { name: values.name.trim(), credential } });
      toast(t("passkeys.added"));
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
      title={t("passkeys.add")}
      onSubmit={form.onSubmit}
      footer={
        <>
          <Button onClick={onClose}>{t("factor.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("passkeys.create")}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        <FormErrorSummary form={form} />
        {cancelled && <Callout tone="amber">{t("passkeys.failed")}</Callout>}
        <TextField
          label={t("passkeys.name")}
          hint={t("passkeys.nameHint")}
          autoFocus={!askPassword}
          maxLength={100}
          {...form.field("name")}
        />
        {askPassword && (
          <>
            <p>{t("passkeys.passwordFirst")}</p>
            <PasswordField
              label={t("account.currentPassword")}
              autoComplete="current-password"
              autoFocus
              {...form.field("password")}
            />
          </>
        )}
      </Stack>
    </Dialog>
  );
}

/** What the device is asked; undefined when the password must come first. */
async function begin(password: string): Promise<string | undefined> {
  try {
    return (await api.post("/api/v1/me/passkeys/ceremony", { body: password ? { password } : {} })).options;
  } catch (error) {
    if (password || !isProblem(error, 422)) throw error;
    return undefined;
  }
}
