import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { FormFooter } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { dayBefore, endOf, type User, useAssignRoles, useRoles } from "../api.ts";
import { RoleChoices } from "./RoleChoices.tsx";
import { useNames } from "./words.ts";

/** Which roles somebody holds, and until when. A change counts from their next click on. */
export function UserRoles({ user }: { user: User }) {
  const t = useWords("platform");
  const names = useNames();
  const all = useRoles();
  const mayManage = useCan("user:manage");
  const days = Object.fromEntries(
    Object.entries(user.rolesUntil ?? {}).map(([code, at]) => [code, dayBefore(at)]),
  );
  const [roles, setRoles] = useState(user.roles);
  const [ends, setEnds] = useState<Record<string, string>>(days);
  const assign = useAssignRoles(() => toast(t("user.rolesSaved")));
  const moved = roles.filter(code => (ends[code] ?? "") !== (days[code] ?? ""));
  const changed =
    moved.length > 0 || roles.length !== user.roles.length || roles.some(one => !user.roles.includes(one));
  const save = () => {
    const until: Record<string, string> = {};
    for (const code of roles) {
      const kept = moved.includes(code) ? undefined : user.rolesUntil?.[code];
      const end = kept ?? endOf(ends[code] ?? "").until;
      if (end) until[code] = end;
    }
    assign.submit({ id: user.id, version: user.version, roles, until });
  };
  return (
    <Card title={t("user.roles")}>
      <Stack>
        {assign.error && <Callout tone="red">{assign.error.message}</Callout>}
        <RoleChoices value={roles} onChange={setRoles} disabled={!mayManage} />
        {roles.map(code => {
          const name = names.role(code, all.data?.items.find(one => one.code === code)?.name);
          return (
            <DateField
              key={code}
              label={t("members.roleUntil", { role: name })}
              placeholder={t("members.never")}
              disabled={!mayManage}
              value={ends[code] ?? ""}
              onChange={day => setEnds({ ...ends, [code]: day })}
            />
          );
        })}
        {changed && (
          <FormFooter>
            <Button
              onClick={() => {
                setRoles(user.roles);
                setEnds(days);
              }}
            >
              {t("discard")}
            </Button>
            <Button variant="primary" loading={assign.busy} onClick={save}>
              {t("user.saveRoles")}
            </Button>
          </FormFooter>
        )}
      </Stack>
    </Card>
  );
}
