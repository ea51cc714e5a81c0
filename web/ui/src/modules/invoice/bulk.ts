import { api, clean } from "@/lib/api.ts";
import { useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";
import type { BulkJob, BulkKind } from "@/ui/table/bulk/jobs.ts";

export type InvoiceSelection = components["schemas"]["Selection"];

export const invoiceBulk: BulkKind = {
  base: "/api/v1/invoices/bulk",
  words: "invoice",
  deeds: { "invoice.issue": "issue", "invoice.send": "send" },
  path: "/invoices",
  changes: [["invoice"]],
};

/** The list's filters as a bulk action takes them. */
export function filterOf(filters: Record<string, string>): InvoiceSelection {
  const { sort: _, ...rest } = filters;
  return { filter: clean(rest) };
}

export type InvoiceBulkAction = "issue" | "send";

export function useInvoiceBulk(action: InvoiceBulkAction, onBegun: (job: BulkJob) => void) {
  return useSubmit({
    run: (body: InvoiceSelection, key) =>
      api.post(`/api/v1/invoices/bulk/${action}` as "/api/v1/invoices/bulk/issue", {
        body,
        idempotencyKey: key,
      }),
    onDone: onBegun,
  });
}
