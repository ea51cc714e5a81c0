import { api, clean } from "@/lib/api.ts";
import { useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";
import type { BulkJob, BulkKind } from "@/ui/table/bulk/jobs.ts";
import type { AssetFilters } from "./api.ts";

type Schemas = components["schemas"];

export const assetBulk: BulkKind = {
  base: "/api/v1/assets/bulk",
  words: "asset",
  deeds: {
    "asset.move": "move",
    "asset.assign": "assign",
    "asset.return": "return",
    "asset.retire": "retire",
    "asset.edit": "recategorise",
  },
  path: "/assets",
  changes: [["asset"]],
};

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
