import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useSubmit } from "@/lib/query.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { toast } from "@/ui/toast.ts";
import { accessChanges, type Role } from "../api.ts";

/** Removes a role of the company's own; whoever holds it loses what it allows. */
export function DeleteRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useWords("platform");
  const remove = useSubmit({
    run: () =>
      api.delete("/api/v1/roles/{code}", { params: { path: { code: role.code } }, ifMatch: role.version }),
    changes: accessChanges,
    onDone: () => {
      toast(t("roles.deleted", { name: role.name }));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => remove.submit()}
      busy={remove.busy}
      danger
      title={t("roles.deleteTitle", { name: role.name })}
      confirm={t("roles.delete")}
    >
      <Stack gap={12}>
        {remove.error && <Callout tone="red">{remove.error.message}</Callout>}
        <p>{t("roles.deleteText", { count: role.members })}</p>
      </Stack>
    </ConfirmDialog>
  );
}
