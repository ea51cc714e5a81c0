import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useSubmit } from "@/lib/query.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { toast } from "@/ui/toast.ts";
import { accessChanges, type User } from "../api.ts";

/** Closes an account, or opens it again. */
export function SwitchAccount({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useWords("platform");
  const closing = user.status === "active";
  const change = useSubmit({
    run: (_: undefined, key) =>
      api.put("/api/v1/users/{id}", {
        params: { path: { id: user.id } },
        body: {
          name: user.name,
          email: user.email,
          status: closing ? "disabled" : "active",
          ...(user.employeeId ? { employeeId: user.employeeId } : {}),
        },
        ifMatch: user.version,
        idempotencyKey: key,
      }),
    changes: accessChanges,
    onDone: () => {
      toast(t(closing ? "user.disabled" : "user.enabled", { name: user.name }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => change.submit(undefined)}
      busy={change.busy}
      danger={closing}
      title={t(closing ? "user.disableTitle" : "user.enableTitle", { name: user.name })}
      confirm={t(closing ? "user.disable" : "user.enable")}
    >
      <Stack gap={12}>
        {change.error && <Callout tone="red">{change.error.message}</Callout>}
        <p>{t(closing ? "user.disableText" : "user.enableText")}</p>
      </Stack>
    </ConfirmDialog>
  );
}
