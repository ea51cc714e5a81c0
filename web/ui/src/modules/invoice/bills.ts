import { type Answer, api, clean } from "@/lib/api.ts";
import { type PageOf, useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";
import type { Option } from "@/ui/fields/Select.tsx";

export type Bill = Answer<"/api/v1/bills/{id}">;
export type BillRow = Answer<"/api/v1/bills">["items"][number];
type Schemas = components["schemas"];
export type BillInput = Schemas["BillInput"];
export type BuyInput = Schemas["BuyInput"];
type BoughtAsset = Answer<"/api/v1/assets">["items"][number];

export type BillFilters = { q: string; status: string; from: string; to: string; sort: string };

export function useBills({ status, ...filters }: BillFilters) {
  return useList<BillRow, PageOf<BillRow>>({
    key: ["invoice", "bills", { status, ...filters }],
    fetch: (cursor, signal) =>
      api.get("/api/v1/bills", {
        params: {
          query: {
            ...clean({ ...filters, status: (status || undefined) as "open" }),
            ...(cursor ? { limit: 100, cursor } : { limit: 100, count: true }),
          },
        },
        signal,
      }),
  });
}

export function useBill(id: string) {
  return useQuery({
    queryKey: ["invoice", "bill", id],
    queryFn: ({ signal }) => api.get("/api/v1/bills/{id}", { params: { path: { id } }, signal }),
    enabled: id !== "",
  });
}

/** Every fact of a bill, oldest first. */
export function useBillHistory(id: string) {
  return useQuery({
    queryKey: ["invoice", "bill-history", id],
    queryFn: async ({ signal }) =>
      (await api.get("/api/v1/bills/{id}/history", { params: { path: { id } }, signal })).items ?? [],
  });
}

/** What the totals would be; nothing while the input is not complete. */
export function usePreviewBill(body: BillInput, ready: boolean) {
  return useQuery({
    queryKey: ["bill-preview", body],
    queryFn: ({ signal }) => api.post("/api/v1/bills/preview", { body, signal }),
    enabled: ready,
    retry: false,
    staleTime: 5_000,
  });
}

/** The assets that a bill became. */
export function useAssetsOf(billId: string, enabled: boolean) {
  return useList<BoughtAsset, PageOf<BoughtAsset>>({
    key: ["asset", "bought", billId],
    fetch: (cursor, signal) =>
      api.get("/api/v1/assets", {
        params: { query: { billId, sort: "tag", limit: 50, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    enabled,
  });
}

export function useCategories() {
  return useQuery({
    queryKey: ["asset", "categories"],
    queryFn: async ({ signal }): Promise<Option[]> =>
      ((await api.get("/api/v1/categories", { signal })).items ?? []).map(one => ({
        value: one.id,
        label: one.name,
      })),
  });
}

export function usePlaces() {
  return useQuery({
    queryKey: ["asset", "places"],
    queryFn: async ({ signal }): Promise<Option[]> =>
      ((await api.get("/api/v1/locations", { signal })).items ?? []).map(one => ({
        value: one.id,
        label: one.path,
      })),
  });
}

const changes = [["invoice"], ["asset"], ["home"]];

/** Enters a bill, or replaces a draft in the version that was read. */
export function useSaveBill(bill: Bill | undefined) {
  return useSubmit({
    run: (body: BillInput, key) =>
      bill
        ? api.put("/api/v1/bills/{id}", {
            params: { path: { id: bill.id } },
            body,
            ifMatch: bill.version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/bills", { body, idempotencyKey: key }),
    changes,
  });
}

export function useRecordBill(bill: Bill, onDone: () => void) {
  return useSubmit({
    run: (_: string, key) =>
      api.post("/api/v1/bills/{id}/record", {
        params: { path: { id: bill.id } },
        ifMatch: bill.version,
        idempotencyKey: key,
      }),
    changes,
    onDone,
  });
}

export function useDiscardBill(bill: Bill, onDone: () => void) {
  return useSubmit({
    run: (_: string, key) =>
      api.delete("/api/v1/bills/{id}", {
        params: { path: { id: bill.id } },
        ifMatch: bill.version,
        idempotencyKey: key,
      }),
    changes,
    onDone,
  });
}

export function useCancelBill(bill: Bill) {
  return useSubmit({
    run: (body: Schemas["CancelBillInput"], key) =>
      api.post("/api/v1/bills/{id}/cancel", { params: { path: { id: bill.id } }, body, idempotencyKey: key }),
    changes,
  });
}

export function usePayBill(bill: Bill) {
  return useSubmit({
    run: (body: Schemas["BillPaymentInput"], key) =>
      api.post("/api/v1/bills/{id}/payments", {
        params: { path: { id: bill.id } },
        body,
        ifMatch: bill.version,
        idempotencyKey: key,
      }),
    changes,
  });
}

export function useVoidBillPayment(bill: Bill, payment: number) {
  return useSubmit({
    run: (body: Schemas["VoidBillPaymentInput"], key) =>
      api.post("/api/v1/bills/{id}/payments/{payment}/void", {
        params: { path: { id: bill.id, payment } },
        body,
        idempotencyKey: key,
      }),
    changes,
  });
}

export function useBuy(bill: Bill) {
  return useSubmit({
    run: (body: BuyInput, key) =>
      api.post("/api/v1/bills/{id}/assets", { params: { path: { id: bill.id } }, body, idempotencyKey: key }),
    changes,
  });
}
