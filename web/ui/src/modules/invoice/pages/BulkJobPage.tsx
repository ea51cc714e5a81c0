import { BulkJobPage } from "@/ui/table/bulk/BulkJobPage.tsx";
import { invoiceBulk } from "../bulk.ts";

/** One of them, and what became of each document. */
export default function InvoiceBulkJob() {
  return <BulkJobPage kind={invoiceBulk} />;
}
