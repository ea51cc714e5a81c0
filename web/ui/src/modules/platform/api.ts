import { type Answer, api, clean } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";

export type User = Answer<"/api/v1/users/{id}">;
export type Role = Answer<"/api/v1/roles">["items"][number];
export type Permission = Answer<"/api/v1/permissions">["items"][number];
export type Company = Answer<"/api/v1/company">;
export type AuditRow = Answer<"/api/v1/audit">["items"][number];
export type DeadLetter = Answer<"/api/v1/events/dead-letters">["items"][number];
export type Grants = Role["grants"];
export type Scope = NonNullable<Grants[string]>;

export interface UserFilters {
  q: string;
  status: string;
  role: string;
  sort: string;
}

export function useUsers({ status, ...filters }: UserFilters) {
  return useList<User, Answer<"/api/v1/users">>({
    key: ["platform", "users", "list", { status, ...filters }],
    fetch: (cursor, signal) =>
      api.get("/api/v1/users", {
        params: {
          query: clean({ ...filters, status: status as "active", cursor, limit: 100, count: !cursor }),
        },
        signal,
      }),
  });
}

export function useUser(id: string, allowed = true) {
  return useQuery({
    queryKey: ["platform", "users", id],
    queryFn: () => api.get("/api/v1/users/{id}", { params: { path: { id } } }),
    enabled: allowed && id !== "",
  });
}

export function useRoles() {
  return useQuery({ queryKey: ["platform", "roles"], queryFn: () => api.get("/api/v1/roles") });
}

export function usePermissions() {
  return useQuery({
    queryKey: ["platform", "permissions"],
    queryFn: () => api.get("/api/v1/permissions"),
    staleTime: 5 * 60_000,
  });
}

export function useUserSessions(id: string) {
  return useQuery({
    queryKey: ["platform", "sessions", id],
    queryFn: () => api.get("/api/v1/users/{id}/sessions", { params: { path: { id } } }),
  });
}

/** What a change of a user, a role or of who holds what makes old. */
export const accessChanges = [["platform"], ["me"]];

export function useAssignRoles(onDone?: () => void) {
  return useSubmit({
    run: ({ id, version, roles }: { id: string; version: number; roles: string[] }, key) =>
      api.put("/api/v1/users/{id}/roles", {
        params: { path: { id } },
        body: { roles },
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: accessChanges,
    ...(onDone ? { onDone } : {}),
  });
}

/** People by name, number or address, for a Combobox. */
export async function searchEmployees(q: string, signal: AbortSignal) {
  const found = await api.get("/api/v1/employees", { params: { query: clean({ q, limit: 10 }) }, signal });
  return (found.items ?? []).map(one => ({
    value: one.id,
    label: one.displayName,
    note: [one.number, one.email].filter(Boolean).join(" · "),
  }));
}

/** Users by name or address, for a Combobox. */
export async function searchUsers(q: string, signal: AbortSignal) {
  const found = await api.get("/api/v1/users", { params: { query: clean({ q, limit: 10 }) }, signal });
  return (found.items ?? []).map(one => ({ value: one.id, label: one.name, note: one.email }));
}

export interface AuditFilters {
  module: string;
  actorId: string;
  action: string;
  subject: string;
  subjectId: string;
  from: string;
  to: string;
}

/** Days of the person's own clock as instants; the last day is included. */
export function auditQuery({ from, to, ...rest }: AuditFilters) {
  const next = (day: string) => {
    const after = new Date(`${day}T00:00:00`);
    after.setDate(after.getDate() + 1);
    return after.toISOString();
  };
  return clean({ ...rest, from: from && new Date(`${from}T00:00:00`).toISOString(), to: to && next(to) });
}

export function useAudit(filters: AuditFilters) {
  return useList<AuditRow, Answer<"/api/v1/audit">>({
    key: ["platform", "audit", filters],
    fetch: (cursor, signal) =>
      api.get("/api/v1/audit", {
        params: { query: { ...auditQuery(filters), ...clean({ cursor, limit: 100 }) } },
        signal,
      }),
  });
}
