import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useSubmit } from "@/lib/query.ts";
import { Person } from "@/ui/Avatar.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { Link } from "@/ui/Link.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { accessChanges, type Role, searchUsers, useUsers } from "../api.ts";
import styles from "./matrix.module.css";
import { useNames } from "./words.ts";

/** Who holds a role; give it to more people, or take it away. */
export function RolePeople({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const mayManage = useCan("user:manage");
  const maySee = useCan("user:read");
  const users = useUsers({ q: "", status: "", role: role.code, sort: "name" });
  const [picked, setPicked] = useState("");
  const change = useSubmit({
    run: async ({ id, give }: { id: string; give: boolean }) => {
      const user = await api.get("/api/v1/users/{id}", { params: { path: { id } } });
      const others = user.roles.filter(one => one !== role.code);
      return api.put("/api/v1/users/{id}/roles", {
        params: { path: { id } },
        body: { roles: give ? [...others, role.code] : others },
        ifMatch: user.version,
      });
    },
    changes: accessChanges,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("roles.peopleTitle", { role: names.role(role.code, role.name) })}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("password.done")}
        </Button>
      }
    >
      <Stack gap={12}>
        {role.description && <p className="dimmed">{names.roleNote(role.code, role.description)}</p>}
        {change.error && <Callout tone="red">{change.error.message}</Callout>}
        {mayManage && maySee && (
          <Combobox
            label={t("roles.give")}
            icon="plus"
            placeholder={t("roles.givePlaceholder")}
            search={searchUsers}
            value={picked}
            onChange={id => {
              setPicked("");
              if (id) change.submit({ id, give: true });
            }}
          />
        )}
        {users.loading && <SkeletonText lines={3} />}
        {!users.loading && users.rows.length === 0 && <p className="dimmed">{t("roles.nobody")}</p>}
        <ul className={styles.people}>
          {users.rows.map(user => (
            <li key={user.id} className={styles.person}>
              <Link href={`/admin/users/${user.id}`}>
                <Person name={user.name} />
              </Link>
              {mayManage && (
                <Button size="sm" variant="quiet" onClick={() => change.submit({ id: user.id, give: false })}>
                  {t("roles.take")}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {users.hasMore && (
          <Button variant="quiet" onClick={users.loadMore}>
            {t("roles.morePeople")}
          </Button>
        )}
      </Stack>
    </Dialog>
  );
}
