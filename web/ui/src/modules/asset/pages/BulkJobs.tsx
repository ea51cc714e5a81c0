import { BulkJobs } from "@/ui/table/bulk/BulkJobs.tsx";
import { assetBulk } from "../bulk.ts";

/** The person's own bulk actions on assets. */
export default function AssetBulkJobs() {
  return <BulkJobs kind={assetBulk} />;
}
