import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { toast } from "@/ui/toast.ts";
import { accessChanges, endOf, useRoles } from "../api.ts";
import { RightChanges } from "./RightChanges.tsx";
import { useNames } from "./words.ts";

export interface GiveRoleProps {
  users: string[];
  /** Gives the role, or takes it away. */
  give: boolean;
  onDone: () => void;
  onClose: () => void;
}

/** One role for many people at once, or from many; what each gains or loses is shown before. */
export function GiveRole({ users, give, onDone, onClose }: GiveRoleProps) {
  const t = useWords("platform");
  const names = useNames();
  const roles = useRoles();
  const [code, setCode] = useState("");
  const [until, setUntil] = useState("");
  const body = give ? { give: users, ...endOf(until) } : { take: users };
  const params = { path: { code } };
  const preview = useQuery({
    queryKey: ["platform", "preview", "members", code, body],
    queryFn: () => api.post("/api/v1/roles/{code}/members/preview", { params, body }),
    enabled: code !== "",
    gcTime: 0,
  });
  const save = useSubmit({
    run: (_: undefined, key) =>
      api.post("/api/v1/roles/{code}/members", { params, body, idempotencyKey: key }),
    changes: accessChanges,
    onDone: () => {
      toast(t("user.rolesSaved"));
      onDone();
      onClose();
    },
  });
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title={t(give ? "members.giveTitle" : "members.takeTitle", { count: users.length })}
      onSubmit={() => save.submit(undefined)}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={save.busy} disabled={code === ""}>
            {t(give ? "members.give" : "members.take")}
          </Button>
        </>
      }
    >
      <Stack>
        {save.error && <Callout tone="red">{save.error.message}</Callout>}
        <Select
          label={t("user.role")}
          required
          autoFocus
          value={code}
          onChange={setCode}
          placeholder={t("members.choose")}
          options={(roles.data?.items ?? []).map(one => ({
            value: one.code,
            label: names.role(one.code, one.name),
          }))}
        />
        {give && (
          <DateField
            label={t("members.until")}
            hint={t("members.untilHint")}
            value={until}
            onChange={setUntil}
          />
        )}
        {preview.isError && <Callout tone="red">{preview.error.message}</Callout>}
        {code !== "" && preview.isPending && <SkeletonText lines={4} />}
        {preview.data && <RightChanges changes={preview.data.changes} />}
      </Stack>
    </Dialog>
  );
}
