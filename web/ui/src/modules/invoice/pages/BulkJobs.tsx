import { BulkJobs } from "@/ui/table/bulk/BulkJobs.tsx";
import { invoiceBulk } from "../bulk.ts";

/** The person's own bulk actions on invoices. */
export default function InvoiceBulkJobs() {
  return <BulkJobs kind={invoiceBulk} />;
}
