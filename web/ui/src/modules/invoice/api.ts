import { type Answer, addressWith, api, clean } from "@/lib/api.ts";
import { type PageOf, useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";
import type { Option } from "@/ui/fields/Select.tsx";

type Schemas = components["schemas"];
export type Invoice = Answer<"/api/v1/invoices/{id}">;
export type InvoiceRow = Schemas["Row"];
export type Line = Schemas["Line"];
export type Customer = Answer<"/api/v1/customers/{id}">;
export type Item = Answer<"/api/v1/items/{id}">;
export type TaxRate = Schemas["TaxRate"];
export type Payment = Answer<"/api/v1/payments/{id}">;
export type HistoryEntry = Schemas["HistoryEntry"];
export type Letter = Schemas["Letter"];
type SendInput = Schemas["SendInput"];
export type DraftInput = Schemas["DraftInput"];
export type CustomerInput = Schemas["CustomerInput"];
export type ItemInput = Schemas["ItemInput"];
export type TaxRateInput = Schemas["TaxRateInput"];
export type PaymentInput = Schemas["PaymentInput"];
export type RefundInput = Schemas["RefundInput"];
type CreditInput = Schemas["CreditInput"];
export type Debtor = Schemas["CustomerReceivables"];
export type AgeBand = Schemas["AgeBand"];
type Kind = InvoiceRow["kind"];
type Status = InvoiceRow["status"] | "open";

export type InvoiceFilters = {
  q: string;
  status: string;
  kind: string;
  customerId: string;
  from: string;
  to: string;
  sort: string;
};

function asked(filters: Partial<InvoiceFilters>) {
  const { status, kind, ...rest } = filters;
  return clean({ ...rest, status: (status || undefined) as Status, kind: (kind || undefined) as Kind });
}

const pageOf = (cursor: string | undefined, limit = 100) =>
  cursor ? { limit, cursor } : { limit, count: true };

export function useInvoices(filters: Partial<InvoiceFilters>, enabled = true) {
  return useList<InvoiceRow, PageOf<InvoiceRow>>({
    key: ["invoice", "list", filters],
    fetch: (cursor, signal) =>
      api.get("/api/v1/invoices", {
        params: { query: { ...asked(filters), ...pageOf(cursor) } },
        signal,
      }),
    enabled,
  });
}

export function exportHref(filters: Partial<InvoiceFilters>): string {
  return addressWith("/api/v1/invoices/export", asked(filters));
}

export function useInvoice(id: string) {
  return useQuery({
    queryKey: ["invoice", "one", id],
    queryFn: ({ signal }) => api.get("/api/v1/invoices/{id}", { params: { path: { id } }, signal }),
    enabled: id !== "",
  });
}

/** The invoice as it is stored now. */
export const readInvoice = (id: string) => api.get("/api/v1/invoices/{id}", { params: { path: { id } } });

export function useHistory(id: string) {
  return useQuery({
    queryKey: ["invoice", "history", id],
    queryFn: async ({ signal }) =>
      (await api.get("/api/v1/invoices/{id}/history", { params: { path: { id } }, signal })).items ?? [],
  });
}

export const pdfHref = (id: string, language: string) => `/api/v1/invoices/${id}/pdf?language=${language}`;

/** What was mailed about a document, and what a mail would say now; read again while one waits to be sent. */
export function useLetters(id: string, language: string) {
  return useQuery({
    queryKey: ["invoice", "letters", id, language],
    queryFn: ({ signal }) =>
      api.get("/api/v1/invoices/{id}/letters", {
        params: { path: { id }, query: clean({ language: (language || undefined) as "en" | "de" }) },
        signal,
      }),
    placeholderData: before => before,
    refetchInterval: query => (query.state.data?.items.some(one => one.state === "queued") ? 2_000 : false),
  });
}

export function useSendInvoice() {
  return useSubmit({
    run: ({ id, body }: { id: string; body?: SendInput }, key) =>
      api.post("/api/v1/invoices/{id}/letters", {
        params: { path: { id } },
        ...(body ? { body } : {}),
        idempotencyKey: key,
      }),
    changes: [["invoice", "letters"]],
  });
}

/** What a change of invoices makes old. */
const money = [["invoice"], ["customer"], ["payment"], ["home"]];

export function useSaveDraft(id: string | undefined) {
  return useSubmit({
    run: ({ body, version }: { body: DraftInput; version: number }, key) =>
      id
        ? api.put("/api/v1/invoices/{id}", {
            params: { path: { id } } as never,
            body,
            ifMatch: version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/invoices", { body, idempotencyKey: key }),
    changes: money,
  });
}

/** A new invoice that gets its number at once: one request, all or nothing. */
export function useIssueNew() {
  return useSubmit({
    run: (body: DraftInput, key) =>
      api.post("/api/v1/invoices", { params: { query: { issue: true } }, body, idempotencyKey: key }),
    changes: money,
  });
}

export function useIssue() {
  return useSubmit({
    run: ({ id, version }: { id: string; version: number }, key) =>
      api.post("/api/v1/invoices/{id}/issue", {
        params: { path: { id } },
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: money,
  });
}

export function useDiscard(invoice: Invoice, onDone: () => void) {
  return useSubmit({
    run: (_: undefined, key) =>
      api.delete("/api/v1/invoices/{id}", {
        params: { path: { id: invoice.id } } as never,
        ifMatch: invoice.version,
        idempotencyKey: key,
      }),
    changes: money,
    onDone,
  });
}

export function useCredit(id: string) {
  return useSubmit({
    run: (body: CreditInput, key) =>
      api.post("/api/v1/invoices/{id}/credit-notes", {
        params: { path: { id } },
        body,
        idempotencyKey: key,
      }),
    changes: money,
  });
}

export function useWriteOff(id: string) {
  return useSubmit({
    run: (reason: string, key) =>
      api.post("/api/v1/invoices/{id}/write-offs", {
        params: { path: { id } },
        body: { reason },
        idempotencyKey: key,
      }),
    changes: money,
  });
}

export function useRecordPayment() {
  return useSubmit({
    run: (body: PaymentInput, key) => api.post("/api/v1/payments", { body, idempotencyKey: key }),
    changes: money,
  });
}

export type PaymentFilters = {
  q: string;
  customerId: string;
  credit: string;
  from: string;
  to: string;
  sort: string;
};

export function usePayments(filters: Partial<PaymentFilters>, enabled = true) {
  const { credit, ...rest } = filters;
  return useList<Payment, PageOf<Payment>>({
    key: ["payment", "list", filters],
    fetch: (cursor, signal) =>
      api.get("/api/v1/payments", {
        params: { query: { ...clean(rest), ...(credit ? { credit: true } : {}), ...pageOf(cursor) } },
        signal,
      }),
    enabled,
  });
}

export function useAllocate(id: string) {
  return useSubmit({
    run: (allocations: { invoiceId: string; amount: string }[], key) =>
      api.post("/api/v1/payments/{id}/allocations", {
        params: { path: { id } },
        body: { allocations },
        idempotencyKey: key,
      }),
    changes: money,
  });
}

export function useUnallocate(id: string) {
  return useSubmit({
    run: (invoiceId: string, key) =>
      api.delete("/api/v1/payments/{id}/allocations/{invoiceId}", {
        params: { path: { id, invoiceId } },
        idempotencyKey: key,
      }),
    changes: money,
  });
}

/** One payment with its refunds, which lists leave out. */
export function usePayment(id: string) {
  return useQuery({
    queryKey: ["payment", "one", id],
    queryFn: ({ signal }) => api.get("/api/v1/payments/{id}", { params: { path: { id } }, signal }),
  });
}

export function useRefund(id: string) {
  return useSubmit({
    run: (body: RefundInput, key) =>
      api.post("/api/v1/payments/{id}/refunds", { params: { path: { id } }, body, idempotencyKey: key }),
    changes: money,
  });
}

export function useVoidPayment(id: string) {
  return useSubmit({
    run: (reason: string, key) =>
      api.post("/api/v1/payments/{id}/void", {
        params: { path: { id } },
        body: { reason },
        idempotencyKey: key,
      }),
    changes: money,
  });
}

export function useReceivables(asOf: string) {
  return useQuery({
    queryKey: ["invoice", "receivables", asOf],
    queryFn: ({ signal }) => api.get("/api/v1/receivables", { params: { query: clean({ asOf }) }, signal }),
    placeholderData: before => before,
  });
}

export function useDebtors(asOf: string) {
  return useList<Debtor, PageOf<Debtor>>({
    key: ["invoice", "debtors", asOf],
    fetch: (cursor, signal) =>
      api.get("/api/v1/receivables/customers", {
        params: { query: { ...clean({ asOf }), limit: 100, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
  });
}

export type CustomerFilters = { q: string; archived: string; sort: string };

export function useCustomers(filters: CustomerFilters) {
  const { archived, ...rest } = filters;
  return useList<Customer, PageOf<Customer>>({
    key: ["customer", "list", filters],
    fetch: (cursor, signal) =>
      api.get("/api/v1/customers", {
        params: { query: { ...clean(rest), ...(archived ? { archived: true } : {}), ...pageOf(cursor) } },
        signal,
      }),
  });
}

export function useCustomer(id: string) {
  return useQuery({
    queryKey: ["customer", "one", id],
    queryFn: ({ signal }) => api.get("/api/v1/customers/{id}", { params: { path: { id } }, signal }),
    enabled: id !== "",
  });
}

export function useSaveCustomer(customer: Customer | undefined) {
  return useSubmit({
    run: (body: CustomerInput, key) =>
      customer
        ? api.put("/api/v1/customers/{id}", {
            params: { path: { id: customer.id } } as never,
            body,
            ifMatch: customer.version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/customers", { body, idempotencyKey: key }),
    changes: [["customer"], ["invoice"], ["home"]],
  });
}

/** For a Combobox that asks for a customer. */
export async function findCustomers(query: string, signal: AbortSignal): Promise<Option[]> {
  const found = await api.get("/api/v1/customers", {
    params: { query: { limit: 20, ...(query ? { q: query } : {}) } },
    signal,
  });
  return (found.items ?? []).map(one => ({
    value: one.id,
    label: one.name,
    note: [one.number, one.city].filter(Boolean).join(" · "),
  }));
}

export type ItemFilters = { q: string; archived: string; sort: string };

export function useItems(filters: ItemFilters) {
  const { archived, ...rest } = filters;
  return useList<Item, PageOf<Item>>({
    key: ["item", "list", filters],
    fetch: (cursor, signal) =>
      api.get("/api/v1/items", {
        params: { query: { ...clean(rest), ...(archived ? { archived: true } : {}), ...pageOf(cursor) } },
        signal,
      }),
  });
}

export async function findItems(query: string, signal: AbortSignal): Promise<Item[]> {
  const found = await api.get("/api/v1/items", {
    params: { query: { limit: 8, ...(query ? { q: query } : {}) } },
    signal,
  });
  return found.items ?? [];
}

export function useSaveItem(item: Item | undefined) {
  return useSubmit({
    run: (body: ItemInput, key) =>
      item
        ? api.put("/api/v1/items/{id}", {
            params: { path: { id: item.id } } as never,
            body,
            ifMatch: item.version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/items", { body, idempotencyKey: key }),
    changes: [["item"]],
  });
}

export function useTaxRates() {
  return useQuery({
    queryKey: ["item", "tax-rates"],
    queryFn: async ({ signal }) => (await api.get("/api/v1/tax-rates", { signal })).items ?? [],
    staleTime: 60_000,
  });
}

export function useSaveTaxRate(rate: TaxRate | undefined) {
  return useSubmit({
    run: (body: TaxRateInput, key) =>
      rate
        ? api.put("/api/v1/tax-rates/{id}", {
            params: { path: { id: rate.id } } as never,
            body,
            ifMatch: rate.version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/tax-rates", { body, idempotencyKey: key }),
    changes: [["item"]],
  });
}
