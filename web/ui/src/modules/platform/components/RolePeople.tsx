import { useState } from "react";
import { api } from "@/lib/api.ts";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useSubmit } from "@/lib/query.ts";
import { Person } from "@/ui/Avatar.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Link } from "@/ui/Link.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { accessChanges, endOf, type Role, searchUsers, useUsers } from "../api.ts";
import styles from "./matrix.module.css";
import { useNames } from "./words.ts";

/** Who holds a role; give it to more people, or take it away. */
export function RolePeople({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const mayManage = useCan("user:manage");
  const maySee = useCan("user:read");
  const users = useUsers({ q: "", status: "", role: role.code, sort: "name" });
  const [picked, setPicked] = useState("");
  const [until, setUntil] = useState("");
  const change = useSubmit({
    run: ({ id, give }: { id: string; give: boolean }) =>
      api.post("/api/v1/roles/{code}/members", {
        params: { path: { code: role.code } },
        body: give ? { give: [id], ...endOf(until) } : { take: [id] },
      }),
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
        {mayManage && maySee && (
          <DateField
            label={t("members.until")}
            placeholder={t("members.never")}
            value={until}
            onChange={setUntil}
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
              {user.rolesUntil?.[role.code] && (
                <span className="dimmed">
                  {t("explain.until", { at: format.dateTime(user.rolesUntil[role.code] ?? "") })}
                </span>
              )}
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
