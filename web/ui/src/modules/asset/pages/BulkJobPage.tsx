import { BulkJobPage } from "@/ui/table/bulk/BulkJobPage.tsx";
import { assetBulk } from "../bulk.ts";

/** One of them, and what became of each asset. */
export default function AssetBulkJob() {
  return <BulkJobPage kind={assetBulk} />;
}
