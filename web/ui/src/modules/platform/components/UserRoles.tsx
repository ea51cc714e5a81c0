import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormFooter } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type User, useAssignRoles } from "../api.ts";
import { RoleChoices } from "./RoleChoices.tsx";

/** Which roles somebody holds. A change counts from their next click on. */
export function UserRoles({ user }: { user: User }) {
  const t = useWords("platform");
  const mayManage = useCan("user:manage");
  const [roles, setRoles] = useState(user.roles);
  const assign = useAssignRoles(() => toast(t("user.rolesSaved")));
  const changed = roles.length !== user.roles.length || roles.some(one => !user.roles.includes(one));
  return (
    <Card title={t("user.roles")}>
      <Stack>
        {assign.error && <Callout tone="red">{assign.error.message}</Callout>}
        <RoleChoices value={roles} onChange={setRoles} disabled={!mayManage} />
        {changed && (
          <FormFooter>
            <Button onClick={() => setRoles(user.roles)}>{t("discard")}</Button>
            <Button
              variant="primary"
              loading={assign.busy}
              onClick={() => assign.submit({ id: user.id, version: user.version, roles })}
            >
              {t("user.saveRoles")}
            </Button>
          </FormFooter>
        )}
      </Stack>
    </Card>
  );
}
