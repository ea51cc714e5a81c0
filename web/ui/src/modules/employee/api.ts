import { type Answer, api, clean, upload } from "@/lib/api.ts";
import { addDays, today } from "@/lib/format.ts";
import { type PageOf, useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { paths } from "@/lib/schema.d.ts";

/** What a write takes, by its address. */
export type BodyOf<P extends keyof paths, V extends "post" | "put" | "patch"> = paths[P][V] extends {
  requestBody: { content: { "application/json": infer B } };
}
  ? B
  : never;
export type Person = Answer<"/api/v1/employees/{id}">;
export type Change = NonNullable<Answer<"/api/v1/employees/{id}/history">["items"]>[number];
export type Department = NonNullable<Answer<"/api/v1/departments">["items"]>[number];
export type Position = NonNullable<Answer<"/api/v1/positions">["items"]>[number];
export type WorkLocation = NonNullable<Answer<"/api/v1/work-locations">["items"]>[number];
export type Node = NonNullable<Answer<"/api/v1/employees/org-chart">["nodes"]>[number];
export type HeldAsset = NonNullable<Answer<"/api/ui/assets">["items"]>[number];
export type Status = Person["status"];

export interface Filters {
  q: string;
  status: string;
  departmentId: string;
  positionId: string;
  locationId: string;
  managerId: string;
  /** Records that lack something: "document" ends within ninety days, "account" is missing. */
  gap: string;
  sort: string;
}

/** "current" is everybody who has not left: what a directory is usually opened for. */
export function statuses(filter: string): Status[] | undefined {
  if (filter === "current") return ["active", "leaving", "upcoming"];
  return filter === "" ? undefined : [filter as Status];
}

function asked(filters: Partial<Filters>) {
  const { status, departmentId, positionId, locationId, gap, ...rest } = filters;
  return clean({
    ...rest,
    documentExpiresTo: gap === "document" ? addDays(today(), 90) : undefined,
    account: gap === "account" ? ("missing" as const) : undefined,
    status: statuses(status ?? ""),
    departmentId: departmentId ? [departmentId] : undefined,
    positionId: positionId ? [positionId] : undefined,
    locationId: locationId ? [locationId] : undefined,
  });
}

export function usePeople(filters: Partial<Filters>, withPay = false) {
  return useList<Person, PageOf<Person>>({
    key: ["employee", "list", filters, withPay],
    fetch: (cursor, signal) =>
      api.get("/api/v1/employees", {
        params: {
          query: {
            ...asked(filters),
            limit: 100,
            count: !cursor,
            ...(cursor ? { cursor } : {}),
            ...(withPay ? { include: ["compensation" as const] } : {}),
          },
        },
        signal,
      }),
  });
}

/** The export of what the list shows. */
export function exportHref(filters: Filters, withPay: boolean): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(asked(filters))) search.set(name, String(value));
  if (withPay) search.set("include", "compensation");
  return `/api/v1/employees/export?${search}`;
}

export function usePerson(id: string, asOf = "") {
  return useQuery({
    queryKey: ["employee", "one", id, asOf],
    queryFn: ({ signal }) =>
      api.get("/api/v1/employees/{id}", { params: { path: { id }, query: clean({ asOf }) }, signal }),
  });
}

export function useHistory(id: string) {
  return useQuery({
    queryKey: ["employee", "history", id],
    queryFn: ({ signal }) => api.get("/api/v1/employees/{id}/history", { params: { path: { id } }, signal }),
  });
}

export function useOffboarding(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ["employee", "offboarding", id],
    queryFn: ({ signal }) =>
      api.get("/api/v1/employees/{id}/offboarding", { params: { path: { id } }, signal }),
    enabled,
  });
}

/** What somebody holds, from the page that the asset module composes. */
export function useHeldAssets(id: string, enabled: boolean) {
  return useList<HeldAsset, PageOf<HeldAsset>>({
    key: ["asset", "held", id],
    fetch: (cursor, signal) =>
      api.get("/api/ui/assets", {
        params: { query: { holderId: id, limit: 100, count: !cursor, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    enabled,
  });
}

export function useDepartments() {
  return useQuery({
    queryKey: ["employee", "departments"],
    queryFn: async ({ signal }) => (await api.get("/api/v1/departments", { signal })).items ?? [],
  });
}

export function usePositions() {
  return useQuery({
    queryKey: ["employee", "positions"],
    queryFn: async ({ signal }) => (await api.get("/api/v1/positions", { signal })).items ?? [],
  });
}

export function useWorkLocations() {
  return useQuery({
    queryKey: ["employee", "locations"],
    queryFn: async ({ signal }) => (await api.get("/api/v1/work-locations", { signal })).items ?? [],
  });
}

/** What a change of people makes old, in this module and in those that show people. */
const people = [["employee"], ["asset"], ["home"]];

export function useHire() {
  return useSubmit({
    run: (body: BodyOf<"/api/v1/employees", "post">, key) =>
      api.post("/api/v1/employees", { body, idempotencyKey: key }),
    changes: people,
  });
}

export function useSignInFor() {
  return useSubmit({
    run: (body: BodyOf<"/api/v1/users", "post">, key) =>
      api.post("/api/v1/users", { body, idempotencyKey: key }),
    changes: [["platform"]],
  });
}

/** A change of one person in the version that was read. */
interface Versioned<T> {
  body: T;
  version: number;
}

export function useEdit(id: string) {
  return useSubmit({
    run: ({ body, version }: Versioned<BodyOf<"/api/v1/employees/{id}", "patch">>, key) =>
      api.patch("/api/v1/employees/{id}", {
        params: { path: { id } },
        body,
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: people,
  });
}

export function useChangeContact(id: string) {
  return useSubmit({
    run: ({ body, version }: Versioned<BodyOf<"/api/v1/employees/{id}/contact", "put">>, key) =>
      api.put("/api/v1/employees/{id}/contact", {
        params: { path: { id } },
        body,
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: [["employee"]],
  });
}

/** What stands in a profile only when somebody asks for it: looking at it is recorded. */
export type GuardedGroup = "identity" | "bank";

/** Kept no longer than it is on the page. */
export function useGuarded(id: string, group: GuardedGroup, shown: boolean) {
  return useQuery({
    queryKey: ["employee", "guarded", id, group],
    queryFn: ({ signal }) =>
      api.get("/api/v1/employees/{id}", { params: { path: { id }, query: { include: [group] } }, signal }),
    enabled: shown,
    gcTime: 0,
  });
}

export function useChangeGuarded(id: string, group: GuardedGroup) {
  return useSubmit({
    run: ({ body, version }: Versioned<Record<string, string>>, key) =>
      api.put(`/api/v1/employees/{id}/${group}`, {
        params: { path: { id } },
        body,
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: [["employee"]],
  });
}

export function useChangePay(id: string) {
  return useSubmit({
    run: ({ body, version }: Versioned<BodyOf<"/api/v1/employees/{id}/compensation", "post">>, key) =>
      api.post("/api/v1/employees/{id}/compensation", {
        params: { path: { id } },
        body,
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: [["employee"]],
  });
}

export function useTransfer(id: string) {
  return useSubmit({
    run: ({ body, version }: Versioned<BodyOf<"/api/v1/employees/{id}/transfers", "post">>, key) =>
      api.post("/api/v1/employees/{id}/transfers", {
        params: { path: { id } },
        body,
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: people,
  });
}

export function useRehire(id: string) {
  return useSubmit({
    run: ({ body, version }: Versioned<BodyOf<"/api/v1/employees/{id}/employments", "post">>, key) =>
      api.post("/api/v1/employees/{id}/employments", {
        params: { path: { id } },
        body,
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: people,
  });
}

export function useOffboard(id: string) {
  return useSubmit({
    run: (body: BodyOf<"/api/v1/employees/{id}/offboarding", "post">, key) =>
      api.post("/api/v1/employees/{id}/offboarding", { params: { path: { id } }, body, idempotencyKey: key }),
    changes: people,
  });
}

export type Offboarding = Answer<"/api/v1/employees/{id}/offboarding">;
export type OpenItem = Offboarding["open"][number];

export function useBeginCase(id: string) {
  return useSubmit({
    run: (body: BodyOf<"/api/v1/employees/{id}/offboarding/case", "post">, key) =>
      api.post("/api/v1/employees/{id}/offboarding/case", {
        params: { path: { id } },
        body,
        idempotencyKey: key,
      }),
    changes: people,
  });
}

type Settlements = BodyOf<"/api/v1/employees/{id}/offboarding/settlements", "post">["items"];

export function useSettle(id: string, onDone: () => void) {
  return useSubmit({
    run: (items: Settlements, key) =>
      api.post("/api/v1/employees/{id}/offboarding/settlements", {
        params: { path: { id } },
        body: { items },
        idempotencyKey: key,
      }),
    changes: [...people, ["invoice"]],
    onDone,
  });
}

export function useComplete(id: string, onDone: () => void) {
  return useSubmit({
    run: (body: BodyOf<"/api/v1/employees/{id}/offboarding/completion", "post">, key) =>
      api.post("/api/v1/employees/{id}/offboarding/completion", {
        params: { path: { id } },
        body,
        idempotencyKey: key,
      }),
    changes: people,
    onDone,
  });
}

export function useCancelLeave(id: string, onDone: () => void) {
  return useSubmit({
    run: (_: string, key) =>
      api.delete("/api/v1/employees/{id}/offboarding", { params: { path: { id } }, idempotencyKey: key }),
    changes: people,
    onDone,
  });
}

export type ImportResult =
  paths["/api/v1/employees/import"]["post"]["responses"][200]["content"]["application/json"];

export function useImport() {
  return useSubmit({
    run: ({ file, preview }: { file: File; preview: boolean }, key) =>
      upload<ImportResult>(
        `/api/v1/employees/import${preview ? "?preview=true" : ""}`,
        file,
        "text/csv",
        preview ? {} : { idempotencyKey: key },
      ),
    changes: people,
  });
}

export function fetchChart(root: string, depth: number, asOf: string, signal?: AbortSignal) {
  return api.get("/api/v1/employees/org-chart", {
    params: { query: { depth, ...clean({ root, asOf }) } },
    signal,
  });
}
