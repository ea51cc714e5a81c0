import { type Answer, addressWith, api, clean, upload } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";

export type Asset = Answer<"/api/v1/assets/{id}">;
export type AssetRow = NonNullable<Answer<"/api/ui/assets">["items"]>[number];
export type AssetInput = components["schemas"]["AssetInput"];
export type Status = Asset["status"];
export type Category = NonNullable<Answer<"/api/v1/categories">["items"]>[number];
export type CategoryInput = components["schemas"]["CategoryInput"];
export type Place = NonNullable<Answer<"/api/v1/locations">["items"]>[number];
export type HistoryLine = NonNullable<Answer<"/api/v1/assets/{id}/history">["items"]>[number];
export type Depreciation = Answer<"/api/v1/assets/{id}/depreciation">;
export type DepreciationRow = NonNullable<Depreciation["rows"]>[number];
export type ImportResult = components["schemas"]["ImportReport"];

export interface AssetFilters {
  q: string;
  status: string;
  categoryId: string;
  locationId: string;
  holderId: string;
  warrantyUntil: string;
  sort: string;
}

/** What a write to assets makes old: lists, records, the home page. */
const assets = [["asset"], ["home"]];

export function useAssets(filters: AssetFilters) {
  const { status, ...rest } = filters;
  return useList<AssetRow, Answer<"/api/ui/assets">>({
    key: ["asset", "list", filters],
    fetch: (cursor, signal) =>
      api.get("/api/ui/assets", {
        params: {
          query: {
            ...clean({ ...rest, cursor, limit: 100, count: cursor ? undefined : true }),
            ...(status ? { status: [status as Status] } : {}),
          },
        },
        signal,
      }),
  });
}

export function exportAddress(filters: AssetFilters): string {
  return addressWith("/api/v1/assets/export", { ...filters });
}

export function useAsset(id: string) {
  return useQuery({
    queryKey: ["asset", "one", id],
    queryFn: ({ signal }) => api.get("/api/v1/assets/{id}", { params: { path: { id } }, signal }),
  });
}

export function useHistory(id: string) {
  return useList<HistoryLine, Answer<"/api/v1/assets/{id}/history">>({
    key: ["asset", "history", id],
    fetch: (cursor, signal) =>
      api.get("/api/v1/assets/{id}/history", {
        params: { path: { id }, query: clean({ cursor, limit: 50 }) },
        signal,
      }),
  });
}

export function useCustody(id: string) {
  return useQuery({
    queryKey: ["asset", "custody", id],
    queryFn: ({ signal }) => api.get("/api/v1/assets/{id}/assignments", { params: { path: { id } }, signal }),
  });
}

export function useDepreciation(id: string, asOf: string) {
  return useQuery({
    queryKey: ["asset", "depreciation", id, asOf],
    queryFn: ({ signal }) =>
      api.get("/api/v1/assets/{id}/depreciation", {
        params: { path: { id }, query: clean({ asOf }) },
        signal,
      }),
    placeholderData: before => before,
  });
}

export function useCategories() {
  const query = useQuery({
    queryKey: ["asset", "categories"],
    queryFn: ({ signal }) => api.get("/api/v1/categories", { signal }),
  });
  return { ...query, list: query.data?.items ?? [] };
}

export function usePlaces(counted = false) {
  const query = useQuery({
    queryKey: ["asset", "places", counted],
    queryFn: ({ signal }) =>
      api.get("/api/v1/locations", { params: { query: counted ? { counted } : {} }, signal }),
  });
  return { ...query, list: query.data?.items ?? [] };
}

export function useRegister(onDone: (made: Asset) => void) {
  return useSubmit({
    run: (body: AssetInput, key) => api.post("/api/v1/assets", { body, idempotencyKey: key }),
    changes: assets,
    onDone,
  });
}

export function useEdit(id: string, onDone: (saved: Asset) => void) {
  return useSubmit({
    run: ({ version, body }: { version: number; body: AssetInput }, key) =>
      api.put("/api/v1/assets/{id}", {
        params: { path: { id } },
        body,
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: assets,
    onDone,
  });
}

export interface HandOver {
  id: string;
  employeeId: string;
  dueOn?: string;
  note?: string;
  transfer?: boolean;
}

export function useAssign(onDone?: (held: Asset) => void) {
  return useSubmit({
    run: ({ id, ...body }: HandOver, key) =>
      api.post("/api/v1/assets/{id}/assignments", {
        params: { path: { id } },
        body: clean(body) as typeof body,
        idempotencyKey: key,
      }),
    changes: assets,
    ...(onDone ? { onDone } : {}),
  });
}

export function useReserve(onDone: (reserved: Asset) => void) {
  return useSubmit({
    run: ({ id, employeeId, note }: HandOver, key) =>
      api.put("/api/v1/assets/{id}/reservation", {
        params: { path: { id } },
        body: { employeeId, ...(note ? { note } : {}) },
        idempotencyKey: key,
      }),
    changes: assets,
    onDone,
  });
}

export function useReturn(onDone: (back: Asset, was: Asset) => void) {
  return useSubmit({
    run: (asset: Asset, key) =>
      api.post("/api/v1/assets/{id}/returns", {
        params: { path: { id: asset.id } },
        body: {},
        idempotencyKey: key,
      }),
    changes: assets,
    onDone,
  });
}

export function useMove(onDone: () => void) {
  return useSubmit({
    run: ({ id, locationId }: { id: string; locationId?: string }, key) =>
      api.post("/api/v1/assets/moves", {
        body: { ids: [id], ...(locationId ? { locationId } : {}) },
        idempotencyKey: key,
      }),
    changes: assets,
    onDone,
  });
}

/** The deeds that need nothing but a note, by the path of what they make or end. */
export type Deed = "release" | "repair" | "back-from-repair" | "lose" | "find" | "retire" | "reinstate";

export function useDeed(id: string, onDone: (changed: Asset, deed: Deed) => void) {
  const path = { params: { path: { id } } };
  return useSubmit({
    run: ({ deed, note, on }: { deed: Deed; note?: string; on?: string }, key) => {
      const more = { ...path, idempotencyKey: key };
      const body = clean({ note });
      switch (deed) {
        case "release":
          return api.delete("/api/v1/assets/{id}/reservation", more);
        case "repair":
          return api.put("/api/v1/assets/{id}/repair", { ...more, body });
        case "back-from-repair":
          return api.delete("/api/v1/assets/{id}/repair", more);
        case "lose":
          return api.put("/api/v1/assets/{id}/loss", { ...more, body });
        case "find":
          return api.delete("/api/v1/assets/{id}/loss", more);
        case "retire":
          return api.put("/api/v1/assets/{id}/retirement", { ...more, body: { ...body, ...clean({ on }) } });
        case "reinstate":
          return api.delete("/api/v1/assets/{id}/retirement", more);
      }
    },
    changes: assets,
    onDone: (changed, { deed }) => onDone(changed, deed),
  });
}

export function importFile(file: File, how: { preview: boolean; createMissing: boolean }, key?: string) {
  return upload<ImportResult>(
    addressWith("/api/v1/assets/import", {
      preview: how.preview || undefined,
      createMissing: how.createMissing || undefined,
    }),
    file,
    "text/csv",
    key ? { idempotencyKey: key } : {},
  );
}

export function useImport(onDone: (result: ImportResult) => void) {
  return useSubmit({
    run: ({ file, createMissing }: { file: File; createMissing: boolean }, key) =>
      importFile(file, { preview: false, createMissing }, key),
    changes: assets,
    onDone,
  });
}

export function useSaveCategory(onDone: (saved: Category) => void) {
  return useSubmit({
    run: ({ old, body }: { old?: Category | undefined; body: CategoryInput }, key) =>
      old
        ? api.put("/api/v1/categories/{id}", {
            params: { path: { id: old.id } },
            body,
            ifMatch: old.version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/categories", { body, idempotencyKey: key }),
    changes: assets,
    onDone,
  });
}

export function useRemoveCategory(onDone: () => void, onFail: (error: Error) => void) {
  return useSubmit({
    run: (old: Category, key) =>
      api.delete("/api/v1/categories/{id}", {
        params: { path: { id: old.id } },
        ifMatch: old.version,
        idempotencyKey: key,
      }),
    changes: assets,
    onDone,
    onFail,
  });
}

export function useSavePlace(onDone: (saved: Place) => void) {
  return useSubmit({
    run: ({ old, body }: { old?: Place | undefined; body: { name: string; parentId?: string } }, key) =>
      old
        ? api.put("/api/v1/locations/{id}", {
            params: { path: { id: old.id } },
            body,
            ifMatch: old.version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/locations", { body, idempotencyKey: key }),
    changes: assets,
    onDone,
  });
}

export function useRemovePlace(onDone: () => void, onFail: (error: Error) => void) {
  return useSubmit({
    run: (old: Place, key) =>
      api.delete("/api/v1/locations/{id}", {
        params: { path: { id: old.id } },
        ifMatch: old.version,
        idempotencyKey: key,
      }),
    changes: assets,
    onDone,
    onFail,
  });
}

/** Where a hand-over document about what this person holds, or gave back, is drawn up. */
export function drawUpHref(personId: string, person: string, kind = "handover"): string {
  return `/assets/handovers/new?${new URLSearchParams({ kind, personId, person })}`;
}
