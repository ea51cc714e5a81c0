import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { accessChanges, type User } from "../api.ts";
import { LinkMade } from "./LinkMade.tsx";

/** A link for somebody to choose a password: the invitation again, or a reset. */
export function SendLink({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useWords("platform");
  const send = useSubmit({
    run: (_: undefined, key) =>
      api.post("/api/v1/users/{id}/password-links", {
        params: { path: { id: user.id } },
        idempotencyKey: key,
      }),
    changes: accessChanges,
  });
  const title = t(user.invited ? "link.inviteAgain" : "link.send");
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      {...(send.result ? {} : { onSubmit: () => send.submit(undefined) })}
      footer={
        send.result ? (
          <Button variant="primary" onClick={onClose}>
            {t("password.done")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" variant="primary" loading={send.busy} data-autofocus>
              {title}
            </Button>
          </>
        )
      }
    >
      <Stack gap={12}>
        {send.error && <Callout tone="red">{send.error.message}</Callout>}
        {send.result ? (
          <LinkMade made={send.result} />
        ) : (
          <p>{t(user.invited ? "link.inviteText" : "link.sendText", { name: user.name })}</p>
        )}
      </Stack>
    </Dialog>
  );
}
