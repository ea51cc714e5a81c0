import { type Answer, api, clean } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { Option } from "@/ui/fields/Select.tsx";

export type User = Answer<"/api/v1/users/{id}">;
export type Role = Answer<"/api/v1/roles">["items"][number];
export type Permission = Answer<"/api/v1/permissions">["items"][number];
export type Company = Answer<"/api/v1/company">;
export type AuditRow = Answer<"/api/v1/audit">["items"][number];
export type DeadLetter = Answer<"/api/v1/events/dead-letters">["items"][number];
export type Grants = Role["grants"];
/** What a role says of a permission: how far it reaches, or that it is denied. */
export type Cell = NonNullable<Grants[string]>;
export type Scope = Exclude<Cell, "deny">;
export type Explanation = Answer<"/api/v1/users/{id}/explanation">;

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
    run: (
      {
        id,
        version,
        roles,
        until,
      }: { id: string; version: number; roles: string[]; until: Record<string, string> },
      key,
    ) =>
      api.put("/api/v1/users/{id}/roles", {
        params: { path: { id } },
        body: { roles, until },
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: accessChanges,
    ...(onDone ? { onDone } : {}),
  });
}

/** A last day as the instant at which a role ends: the end of that day on the person's own clock. */
export function endOf(day: string): { until?: string } {
  return day === "" ? {} : { until: startOfNext(day) };
}

/** The last day of a role that ends at the instant. */
export function dayBefore(instant: string): string {
  const last = new Date(new Date(instant).getTime() - 1);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${last.getFullYear()}-${two(last.getMonth() + 1)}-${two(last.getDate())}`;
}

function startOfNext(day: string): string {
  const after = new Date(`${day}T00:00:00`);
  after.setDate(after.getDate() + 1);
  return after.toISOString();
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

/** Shows the whole application as the role sees it, read-only, from its first page on. */
export async function viewAs(role: string): Promise<void> {
  await api.put("/api/v1/me/view", { body: { role } });
  window.location.assign("/");
}

/** How records of a kind are found, for those kinds whose records somebody may own. */
export function recordSearch(
  kind: string,
): ((q: string, signal: AbortSignal) => Promise<Option[]>) | undefined {
  return { asset: searchAssets, invoice: searchInvoices, employee: searchEmployees }[kind];
}

async function searchAssets(q: string, signal: AbortSignal) {
  const found = await api.get("/api/v1/assets", { params: { query: clean({ q, limit: 10 }) }, signal });
  return (found.items ?? []).map(one => ({ value: one.id, label: `${one.tag} ${one.name}` }));
}

async function searchInvoices(q: string, signal: AbortSignal) {
  const found = await api.get("/api/v1/invoices", { params: { query: clean({ q, limit: 10 }) }, signal });
  return (found.items ?? []).map(one => ({
    value: one.id,
    label: one.number ?? one.customer ?? one.id,
    note: one.number ? one.customer : "",
  }));
}

/** Why somebody may or may not do something. */
export function useExplanation(id: string, permission: string, recordId: string) {
  return useQuery({
    queryKey: ["platform", "explanation", id, permission, recordId],
    queryFn: () =>
      api.get("/api/v1/users/{id}/explanation", {
        params: { path: { id }, query: { permission, ...clean({ recordId }) } },
      }),
    enabled: id !== "" && permission !== "",
  });
}

export interface AuditFilters {
  q: string;
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
  return clean({
    ...rest,
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && startOfNext(to),
  });
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
