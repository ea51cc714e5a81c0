import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { MultiSelect } from "@/ui/fields/MultiSelect.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { toast } from "@/ui/toast.ts";
import { accessChanges, type Role } from "../api.ts";
import { RightChanges } from "./RightChanges.tsx";
import { useNames } from "./words.ts";

/** What a role is called, what it is for, and which roles' permissions it has too. */
export function EditRole({ role, roles, onClose }: { role: Role; roles: Role[]; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const [name, setName] = useState(role.name);
  const [description, setDescription] = useState(role.description ?? "");
  const [inherits, setInherits] = useState(role.inherits);
  const changed = inherits.join() !== role.inherits.join();
  const preview = useQuery({
    queryKey: ["platform", "preview", role.code, role.version, inherits],
    queryFn: () =>
      api.post("/api/v1/roles/{code}/preview", {
        params: { path: { code: role.code } },
        body: { grants: role.grants, inherits },
      }),
    enabled: changed,
    gcTime: 0,
  });
  const save = useSubmit({
    run: () =>
      api.put("/api/v1/roles/{code}", {
        params: { path: { code: role.code } },
        body: {
          name: name.trim(),
          grants: role.grants,
          inherits,
          ...(description.trim() ? { description: description.trim() } : {}),
        },
        ifMatch: role.version,
      }),
    changes: accessChanges,
    onDone: () => {
      toast(t("roles.saved"));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("roles.editTitle", { role: names.role(role.code, role.name) })}
      onSubmit={() => save.submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={save.busy} disabled={name.trim().length < 2}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Stack>
        {save.error && <Callout tone="red">{save.error.message}</Callout>}
        {!role.builtIn && (
          <>
            <TextField label={t("roles.name")} required maxLength={100} value={name} onChange={setName} />
            <TextField
              label={t("roles.description")}
              maxLength={500}
              value={description}
              onChange={setDescription}
            />
          </>
        )}
        <MultiSelect
          label={t("roles.inherits")}
          hint={t("roles.inheritsHint")}
          value={inherits}
          onChange={setInherits}
          options={roles
            .filter(one => one.code !== role.code)
            .map(one => ({ value: one.code, label: names.role(one.code, one.name) }))}
        />
        {changed && preview.isError && <Callout tone="red">{preview.error.message}</Callout>}
        {changed && preview.isPending && <SkeletonText lines={3} />}
        {changed && preview.data && <RightChanges changes={preview.data.changes} />}
      </Stack>
    </Dialog>
  );
}
