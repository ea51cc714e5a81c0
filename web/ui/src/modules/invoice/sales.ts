import { type Answer, api } from "@/lib/api.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";

export type AssetSale = Answer<"/api/v1/asset-sales">["items"][number];
export type SellInput = components["schemas"]["SellInput"];

/** The sales of an asset, the last one first. */
export function useSalesOf(assetId: string, enabled: boolean) {
  return useQuery({
    queryKey: ["invoice", "asset-sales", assetId],
    queryFn: async ({ signal }) =>
      (await api.get("/api/v1/asset-sales", { params: { query: { assetId } }, signal })).items ?? [],
    enabled,
    refetchInterval: query =>
      query.state.data?.some(sale => sale.state === "running" || sale.state === "undoing") ? 2_000 : false,
  });
}

/** What a sale would bring; nothing while the input is not complete. */
export function usePreviewSale(input: SellInput, ready: boolean) {
  return useQuery({
    queryKey: ["asset-sale-preview", input],
    queryFn: ({ signal }) => api.post("/api/v1/asset-sales/preview", { body: input, signal }),
    enabled: ready,
    retry: false,
    staleTime: 5_000,
  });
}

export function useSell() {
  return useSubmit({
    run: (body: SellInput, key) => api.post("/api/v1/asset-sales", { body, idempotencyKey: key }),
    changes: [["invoice"], ["asset"], ["customer"], ["home"]],
  });
}
