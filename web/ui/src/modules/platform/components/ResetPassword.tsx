import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { accessChanges, type User } from "../api.ts";
import { OnceShown } from "./OnceShown.tsx";
import { makePassword } from "./passwords.ts";

/** A new password for somebody who has lost theirs: shown once, to be changed at the next sign-in. */
export function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useWords("platform");
  const [password] = useState(makePassword);
  const reset = useSubmit({
    run: (_: undefined, key) =>
      api.put("/api/v1/users/{id}/password", {
        params: { path: { id: user.id } },
        body: { password },
        idempotencyKey: key,
      }),
    changes: accessChanges,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("password.reset")}
      {...(reset.result ? {} : { onSubmit: () => reset.submit(undefined) })}
      footer={
        reset.result ? (
          <Button variant="primary" onClick={onClose}>
            {t("password.done")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" variant="primary" loading={reset.busy} data-autofocus>
              {t("password.reset")}
            </Button>
          </>
        )
      }
    >
      <Stack gap={12}>
        {reset.error && <Callout tone="red">{reset.error.message}</Callout>}
        {reset.result ? (
          <>
            <p>{t("password.handOverText")}</p>
            <OnceShown secret={password} />
          </>
        ) : (
          <p>{t("password.resetText", { name: user.name })}</p>
        )}
      </Stack>
    </Dialog>
  );
}
