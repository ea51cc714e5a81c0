import { type Answer, api, clean } from "@/lib/api.ts";
import { type PageOf, useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";

export type Recurring = Answer<"/api/v1/recurring-invoices/{id}">;
export type RecurringRow = Answer<"/api/v1/recurring-invoices">["items"][number];
export type MadeInvoice = Answer<"/api/v1/recurring-invoices/{id}/invoices">["items"][number];
export type RecurringInput = components["schemas"]["RecurringInput"];
export type Rhythm = components["schemas"]["Rhythm"];

export type RecurringFilters = { q: string; status: string; customerId: string; sort: string };

export function useRecurringList({ status, ...filters }: RecurringFilters) {
  return useList<RecurringRow, PageOf<RecurringRow>>({
    key: ["invoice", "recurring-list", { status, ...filters }],
    fetch: (cursor, signal) =>
      api.get("/api/v1/recurring-invoices", {
        params: {
          query: {
            ...clean({ ...filters, status: (status || undefined) as "active" }),
            ...(cursor ? { limit: 100, cursor } : { limit: 100, count: true }),
          },
        },
        signal,
      }),
  });
}

/** What is due is made within a moment: the record is read again until it is. */
export function useRecurring(id: string) {
  return useQuery({
    queryKey: ["invoice", "recurring", id],
    queryFn: ({ signal }) => api.get("/api/v1/recurring-invoices/{id}", { params: { path: { id } }, signal }),
    enabled: id !== "",
    refetchInterval: query => (query.state.data && waits(query.state.data) ? 2_000 : false),
  });
}

function waits(one: Recurring): boolean {
  return one.status === "active" && !one.obstacle && one.missed > 0;
}

export const readRecurring = (id: string) =>
  api.get("/api/v1/recurring-invoices/{id}", { params: { path: { id } } });

export function useMadeInvoices(id: string, made: number) {
  return useList<MadeInvoice, PageOf<MadeInvoice>>({
    key: ["invoice", "recurring-made", id, made],
    fetch: (cursor, signal) =>
      api.get("/api/v1/recurring-invoices/{id}/invoices", {
        params: { path: { id }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
  });
}

/** The first dates and what the first invoice says; nothing while the input is not complete. */
export function usePreviewRecurring(body: RecurringInput, ready: boolean) {
  return useQuery({
    queryKey: ["recurring-preview", body],
    queryFn: ({ signal }) => api.post("/api/v1/recurring-invoices/preview", { body, signal }),
    enabled: ready,
    retry: false,
    staleTime: 5_000,
    placeholderData: before => before,
  });
}

const changes = [["invoice"], ["home"]];

export function useSaveRecurring(id: string | undefined) {
  return useSubmit({
    run: ({ body, version }: { body: RecurringInput; version: number }, key) =>
      id
        ? api.put("/api/v1/recurring-invoices/{id}", {
            params: { path: { id } } as never,
            body,
            ifMatch: version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/recurring-invoices", { body, idempotencyKey: key }),
    changes,
  });
}

export function usePauseRecurring(one: Recurring, onDone: () => void) {
  return useSubmit({
    run: (_: undefined, key) =>
      api.post("/api/v1/recurring-invoices/{id}/pause", {
        params: { path: { id: one.id } },
        idempotencyKey: key,
      }),
    changes,
    onDone,
  });
}

export function useEndRecurring(one: Recurring) {
  return useSubmit({
    run: (_: undefined, key) =>
      api.post("/api/v1/recurring-invoices/{id}/end", {
        params: { path: { id: one.id } },
        idempotencyKey: key,
      }),
    changes,
  });
}

export function useResumeRecurring(one: Recurring) {
  return useSubmit({
    run: (missed: "skip" | "make", key) =>
      api.post("/api/v1/recurring-invoices/{id}/resume", {
        params: { path: { id: one.id } },
        body: { missed },
        idempotencyKey: key,
      }),
    changes,
  });
}
