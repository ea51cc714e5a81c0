import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { toast } from "@/ui/toast.ts";
import { accessChanges, type Role } from "../api.ts";
import { RightChanges } from "./RightChanges.tsx";
import type { GrantChanges } from "./useGrantChanges.ts";
import { useNames } from "./words.ts";

export interface SaveChangesProps {
  roles: Role[];
  changes: GrantChanges;
  onClose: () => void;
}

/** Who gains and who loses what, before it is saved. */
export function SaveChanges({ roles, changes, onClose }: SaveChangesProps) {
  const t = useWords("platform");
  const names = useNames();
  const preview = useQuery({
    queryKey: [
      "platform",
      "preview",
      changes.wanted.map(one => [one.role.code, one.role.version, one.grants]),
    ],
    queryFn: () =>
      Promise.all(
        changes.wanted.map(({ role, grants }) =>
          api.post("/api/v1/roles/{code}/preview", {
            params: { path: { code: role.code } },
            body: { grants },
          }),
        ),
      ),
    staleTime: 0,
    gcTime: 0,
  });
  const save = useSubmit({
    run: async () => {
      for (const { role, grants } of changes.wanted) {
        await api.put("/api/v1/roles/{code}", {
          params: { path: { code: role.code } },
          body: { name: role.name, grants, ...(role.description ? { description: role.description } : {}) },
          ifMatch: role.version,
        });
      }
    },
    changes: accessChanges,
    onDone: () => {
      changes.discard();
      toast(t("roles.saved"));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("roles.reviewTitle")}
      size="lg"
      onSubmit={() => save.submit()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={save.busy} data-autofocus>
            {t("roles.save")}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        {save.error && <Callout tone="red">{save.error.message}</Callout>}
        {preview.isError && <Callout tone="red">{preview.error.message}</Callout>}
        <p>
          {t("roles.reviewRoles", {
            count: changes.count,
            roles: changes.wanted
              .map(one => names.role(one.role.code, roles.find(r => r.code === one.role.code)?.name))
              .join(", "),
          })}
        </p>
        {preview.isPending && <SkeletonText lines={4} />}
        {preview.data && <RightChanges changes={preview.data.flatMap(one => one.changes)} />}
      </Stack>
    </Dialog>
  );
}
