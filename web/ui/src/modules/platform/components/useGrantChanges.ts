import { useState } from "react";
import type { Cell, Grants, Role } from "../api.ts";

/** Cells of the matrix that were changed and not saved yet. */
export interface GrantChanges {
  /** What the role will say of the permission. */
  cell: (role: Role, permission: string) => Cell;
  changed: (role: Role, permission: string) => boolean;
  set: (role: Role, permission: string, scope: Cell) => void;
  discard: () => void;
  count: number;
  /** The roles with changes, and everything each will grant. */
  wanted: { role: Role; grants: Grants }[];
}

export function useGrantChanges(roles: Role[]): GrantChanges {
  const [cells, setCells] = useState<Record<string, Record<string, Cell>>>({});
  const stored = (role: Role, permission: string): Cell => role.grants[permission] ?? "none";
  const pending = (role: Role) =>
    Object.entries(cells[role.code] ?? {}).filter(
      ([permission, scope]) => scope !== stored(role, permission),
    );
  const wanted = roles
    .map(role => ({ role, pending: pending(role) }))
    .filter(one => one.pending.length > 0)
    .map(({ role, pending: changes }) => {
      const grants = Object.fromEntries(
        Object.entries({ ...role.grants, ...Object.fromEntries(changes) }).filter(
          ([, scope]) => scope !== "none",
        ),
      );
      return { role, grants: grants as Grants };
    });
  return {
    cell: (role, permission) => cells[role.code]?.[permission] ?? stored(role, permission),
    changed: (role, permission) => {
      const scope = cells[role.code]?.[permission];
      return scope !== undefined && scope !== stored(role, permission);
    },
    set: (role, permission, scope) =>
      setCells(before => ({ ...before, [role.code]: { ...before[role.code], [permission]: scope } })),
    discard: () => setCells({}),
    count: roles.reduce((sum, role) => sum + pending(role).length, 0),
    wanted,
  };
}
