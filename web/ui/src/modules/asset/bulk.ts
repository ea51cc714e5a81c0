import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Answer, addressWith, api, clean } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";
import type { AssetFilters } from "./api.ts";

type Schemas = components["schemas"];
export type BulkJob = Answer<"/api/v1/assets/bulk/{id}">;
export type BulkRow = NonNullable<Answer<"/api/v1/assets/bulk/{id}/rows">["items"]>[number];

/** What is to be changed: these, or whatever the filters find. */
export interface Selected {
  count: number;
  /** As people read it: "10,000+". */
  shown: string;
  selection: { ids: string[] } | { filter: Schemas["AssetFilter"] };
}

/** The list's filters as a bulk action takes them. */
export function filterOf({ status, sort: _, ...rest }: AssetFilters): Schemas["AssetFilter"] {
  return {
    ...clean(rest),
    ...(status ? { status: [status as NonNullable<Schemas["AssetFilter"]["status"]>[number]] } : {}),
  };
}

interface Bodies {
  move: Schemas["BulkMove"];
  assign: Schemas["BulkAssignment"];
  return: Schemas["BulkReturn"];
  retire: Schemas["BulkRetirement"];
  recategorise: Schemas["BulkCategory"];
}
export type BulkAction = keyof Bodies;

export function useBulk<A extends BulkAction>(action: A, onBegun: (job: BulkJob) => void) {
  return useSubmit({
    run: (body: Bodies[A], key) =>
      api.post(`/api/v1/assets/bulk/${action}` as "/api/v1/assets/bulk/move", {
        body: body as Bodies["move"],
        idempotencyKey: key,
      }),
    onDone: onBegun,
  });
}

/** Looks again while it runs; when it has ended, what it changed is fetched anew, and `onEnd` is told once. */
export function useBulkJob(id: string, onEnd?: (job: BulkJob) => void) {
  const client = useQueryClient();
  const told = useRef("");
  const query = useQuery({
    queryKey: ["asset-bulk", "one", id],
    queryFn: ({ signal }) => api.get("/api/v1/assets/bulk/{id}", { params: { path: { id } }, signal }),
    refetchInterval: ({ state: { data } }) =>
      data?.state === "running" ? (data.total > 500 ? 1_000 : 250) : false,
  });
  const job = query.data;
  useEffect(() => {
    if (!job || job.state === "running" || told.current === job.id) return;
    told.current = job.id;
    for (const key of [["asset"], ["asset-bulk", "rows"], ["asset-bulk", "list"], ["home"]])
      void client.invalidateQueries({ queryKey: key });
    onEnd?.(job);
  }, [job, client, onEnd]);
  return query;
}

export function useBulkJobs() {
  return useList<BulkJob, Answer<"/api/v1/assets/bulk">>({
    key: ["asset-bulk", "list"],
    fetch: (cursor, signal) =>
      api.get("/api/v1/assets/bulk", { params: { query: clean({ cursor, limit: 50 }) }, signal }),
  });
}

export type Outcome = NonNullable<BulkRow["outcome"]>;
export const outcomes: Outcome[] = ["refused", "changed", "unchanged", "waiting", "cancelled"];

export function useBulkRows(id: string, outcome: Outcome | "", enabled = true) {
  return useList<BulkRow, Answer<"/api/v1/assets/bulk/{id}/rows">>({
    key: ["asset-bulk", "rows", id, outcome],
    fetch: (cursor, signal) =>
      api.get("/api/v1/assets/bulk/{id}/rows", {
        params: { path: { id }, query: clean({ cursor, outcome, limit: 100 }) },
        signal,
      }),
    enabled,
  });
}

export function reportAddress(id: string, outcome: Outcome | ""): string {
  return addressWith(`/api/v1/assets/bulk/${id}/export`, { outcome });
}

export function useCancelBulk() {
  return useSubmit({
    run: (id: string, key) =>
      api.post("/api/v1/assets/bulk/{id}/cancel", { params: { path: { id } }, idempotencyKey: key }),
    changes: [["asset-bulk"]],
  });
}
