import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Answer, addressWith, api, clean } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";

export type BulkJob = Answer<"/api/v1/assets/bulk/{id}">;
export type BulkRow = NonNullable<Answer<"/api/v1/assets/bulk/{id}/rows">["items"]>[number];

/** Whose bulk actions they are. */
export interface BulkKind {
  base: "/api/v1/assets/bulk" | "/api/v1/invoices/bulk";
  /** The namespace with the words: a group "bulk" with the same keys in each. */
  words: string;
  /** The words of each action, by the name that the server gives it. */
  deeds: Record<string, string>;
  /** The list of records; its jobs are at "…/bulk". */
  path: string;
  /** What an action makes old. */
  changes: QueryKey[];
}

// The operations of all kinds have the same shape.
const one = (kind: BulkKind) => `${kind.base}/{id}` as "/api/v1/assets/bulk/{id}";
const keyOf = (kind: BulkKind, ...more: string[]): QueryKey => ["bulk", kind.base, ...more];

/** Looks again while it runs; when it has ended, what it changed is fetched anew, and `onEnd` is told once. */
export function useBulkJob(kind: BulkKind, id: string, onEnd?: (job: BulkJob) => void) {
  const client = useQueryClient();
  const told = useRef("");
  const query = useQuery({
    queryKey: keyOf(kind, "one", id),
    queryFn: ({ signal }) => api.get(one(kind), { params: { path: { id } }, signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.state === "running" ? (data.total > 500 ? 1_000 : 250) : false,
  });
  const job = query.data;
  useEffect(() => {
    if (!job || job.state === "running" || told.current === job.id) return;
    told.current = job.id;
    for (const key of [...kind.changes, keyOf(kind, "rows"), keyOf(kind, "list"), ["home"]])
      void client.invalidateQueries({ queryKey: key });
    onEnd?.(job);
  }, [kind, job, client, onEnd]);
  return query;
}

export function useBulkJobs(kind: BulkKind) {
  return useList<BulkJob, Answer<"/api/v1/assets/bulk">>({
    key: keyOf(kind, "list"),
    fetch: (cursor, signal) =>
      api.get(kind.base as "/api/v1/assets/bulk", {
        params: { query: clean({ cursor, limit: 50 }) },
        signal,
      }),
  });
}

export type Outcome = NonNullable<BulkRow["outcome"]>;
export const outcomes: Outcome[] = ["refused", "changed", "unchanged", "waiting", "cancelled"];

export function useBulkRows(kind: BulkKind, id: string, outcome: Outcome | "", enabled = true) {
  return useList<BulkRow, Answer<"/api/v1/assets/bulk/{id}/rows">>({
    key: keyOf(kind, "rows", id, outcome),
    fetch: (cursor, signal) =>
      api.get(`${one(kind)}/rows`, {
        params: { path: { id }, query: clean({ cursor, outcome, limit: 100 }) },
        signal,
      }),
    enabled,
  });
}

export function reportAddress(kind: BulkKind, id: string, outcome: Outcome | ""): string {
  return addressWith(`${kind.base}/${id}/export`, { outcome });
}

export function useCancelBulk(kind: BulkKind) {
  return useSubmit({
    run: (id: string, key) =>
      api.post(`${one(kind)}/cancel`, { params: { path: { id } }, idempotencyKey: key }),
    changes: [keyOf(kind)],
  });
}
