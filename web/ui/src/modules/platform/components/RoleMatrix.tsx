import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { IconButton } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { type Permission, type Role, type Scope, viewAs } from "../api.ts";
import styles from "./matrix.module.css";
import { ScopeCell } from "./ScopeCell.tsx";
import type { GrantChanges } from "./useGrantChanges.ts";
import { useNames } from "./words.ts";

export interface RoleMatrixProps {
  roles: Role[];
  permissions: Permission[];
  changes: GrantChanges;
  editable: boolean;
  /** The one column that a phone has room for. */
  onlyRole: string;
  onNew: (copyOf: string) => void;
  onEdit: (code: string) => void;
  onPeople: (code: string) => void;
  onDelete: (code: string) => void;
}

const order: Scope[] = ["none", "own", "team", "department", "all"];

/** How far the roles that it inherits from reach. */
function inherited(roles: Role[], role: Role, permission: string): Scope {
  const above = roles.filter(one => role.inherits.includes(one.code));
  const reaches = above.map(one => order.indexOf(one.effective[permission] ?? "none"));
  return order[Math.max(0, ...reaches)] ?? "none";
}

/** A plain table: hundreds of cells must cost nothing. A cell becomes an input only while it is used. */
export function RoleMatrix(props: RoleMatrixProps) {
  const { roles, permissions, changes, editable, onlyRole } = props;
  const t = useWords("platform");
  const names = useNames();
  const [active, setActive] = useState("");
  const groups = [...new Set(permissions.map(one => one.group))];
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("roles.title")}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t("roles.permission")}</th>
            {roles.map(role => (
              <th key={role.code} scope="col" data-only={role.code === onlyRole || undefined}>
                <div className={styles.roleName} title={names.roleNote(role.code, role.description)}>
                  {names.role(role.code, role.name)}
                </div>
                <div className={styles.role}>
                  <button type="button" className={styles.members} onClick={() => props.onPeople(role.code)}>
                    {t("roles.members", { count: role.members })}
                  </button>
                  <Menu
                    trigger={
                      <IconButton
                        icon="more"
                        size="sm"
                        label={t("roles.more", { role: names.role(role.code, role.name) })}
                      />
                    }
                    items={[
                      {
                        label: t("roles.people", { count: role.members }),
                        icon: "people",
                        onSelect: () => props.onPeople(role.code),
                      },
                      editable &&
                        !role.fixed && {
                          label: t("roles.edit"),
                          icon: "edit",
                          onSelect: () => props.onEdit(role.code),
                        },
                      {
                        label: t("roles.viewAs"),
                        icon: "eye",
                        onSelect: () => void viewAs(role.code),
                      },
                      editable && {
                        label: t("roles.copy"),
                        icon: "copy",
                        onSelect: () => props.onNew(role.code),
                      },
                      editable &&
                        !role.builtIn && {
                          label: t("roles.delete"),
                          icon: "trash",
                          danger: true,
                          onSelect: () => props.onDelete(role.code),
                        },
                    ]}
                  />
                </div>
              </th>
            ))}
          </tr>
        </thead>
        {groups.map(group => (
          <tbody key={group}>
            <tr className={styles.group}>
              <th scope="colgroup" colSpan={roles.length + 1}>
                {names.group(group)}
              </th>
            </tr>
            {permissions
              .filter(one => one.group === group)
              .map(one => (
                <tr key={one.code}>
                  <th scope="row" title={one.code}>
                    <span className={styles.permission}>
                      {names.permission(one)}
                      {one.risk === "high" && (
                        <span
                          className={styles.risk}
                          role="img"
                          aria-label={t("roles.highRisk")}
                          title={t("roles.highRisk")}
                        >
                          <Icon name="warning" size={13} />
                        </span>
                      )}
                    </span>
                  </th>
                  {roles.map(role => {
                    const key = `${role.code} ${one.code}`;
                    return (
                      <td key={role.code} data-only={role.code === onlyRole || undefined}>
                        <ScopeCell
                          label={`${names.permission(one)}, ${names.role(role.code, role.name)}`}
                          cell={changes.cell(role, one.code)}
                          inherited={inherited(roles, role, one.code)}
                          scopes={one.scopes as Scope[]}
                          changed={changes.changed(role, one.code)}
                          editable={editable && !role.fixed}
                          active={active === key}
                          onActive={on => setActive(on ? key : "")}
                          onChange={cell => changes.set(role, one.code, cell)}
                        />
                      </td>
                    );
                  })}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      <p className={styles.legend}>{t("roles.legend")}</p>
    </div>
  );
}
