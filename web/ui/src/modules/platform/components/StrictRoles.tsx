import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useSubmit } from "@/lib/query.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Switch } from "@/ui/fields/Checkbox.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Role, useRoles } from "../api.ts";
import { StrictForAll } from "./StrictForAll.tsx";
import { useNames } from "./words.ts";

/** The company's rule: which roles must have a second factor. */
export function StrictRoles() {
  const t = useWords("platform");
  const names = useNames();
  const me = useMe();
  const roles = useRoles();
  const [asking, setAsking] = useState<Role | undefined>();
  const save = useSubmit({
    run: ({ role, required }: { role: Role; required: boolean }, idempotencyKey) =>
      api.put("/api/v1/roles/{code}/second-factor", {
        params: { path: { code: role.code } },
        body: { required },
        ifMatch: role.version,
        idempotencyKey,
      }),
    changes: [["platform", "roles"], ["me"]],
    onDone: role => {
      setAsking(undefined);
      toast(t(role.secondFactor ? "strict.on" : "strict.off", { role: names.role(role.code, role.name) }));
    },
  });
  const change = (role: Role, required: boolean) => {
    if (required && me.user.roles.includes(role.code)) setAsking(role);
    else save.submit({ role, required });
  };
  return (
    <Card title={t("strict.title")}>
      {roles.isError && <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />}
      {roles.isPending && <SkeletonText lines={4} />}
      <Stack gap={12}>
        <p className="dimmed">{t("strict.text")}</p>
        <StrictForAll />
        {save.error && <Callout tone="red">{save.error.message}</Callout>}
        {roles.data?.items.map(role => (
          <Switch
            key={role.code}
            label={names.role(role.code, role.name)}
            hint={t("strict.members", { count: role.members })}
            checked={role.secondFactor}
            disabled={save.busy}
            onChange={required => change(role, required)}
          />
        ))}
      </Stack>
      <ConfirmDialog
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        onConfirm={() => asking && save.submit({ role: asking, required: true })}
        busy={save.busy}
        title={t("strict.confirmTitle")}
        confirm={t("strict.confirm")}
      >
        {t("strict.confirmText")}
      </ConfirmDialog>
    </Card>
  );
}
