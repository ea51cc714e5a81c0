import { type Answer, api, clean } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";

type KeyPage = Answer<"/api/v1/api-keys">;
export type ApiKey = NonNullable<KeyPage["items"]>[number];
export type KeyScope = NonNullable<ApiKey["grants"][string]>;

export interface KeyFilters {
  q: string;
  status: string;
  ownerId?: string;
}

export function useKeys({ status, ...filters }: KeyFilters) {
  return useList<ApiKey, KeyPage>({
    key: ["platform", "keys", { status, ...filters }],
    fetch: (cursor, signal) =>
      api.get("/api/v1/api-keys", {
        params: {
          query: clean({ ...filters, status: status as "active", cursor, limit: 100, count: !cursor }),
        },
        signal,
      }),
  });
}

/** What the person can give to a key, and how far. */
export function useKeyPermissions() {
  return useQuery({
    queryKey: ["platform", "key-permissions"],
    queryFn: () => api.get("/api/v1/api-keys/permissions"),
  });
}

export interface KeyWish {
  name: string;
  days: number;
  perMinute: number;
  grants: Record<string, KeyScope>;
}

export function useMakeKey() {
  return useSubmit({
    run: (body: KeyWish, key) => api.post("/api/v1/api-keys", { body, idempotencyKey: key }),
    changes: [["platform", "keys"]],
  });
}

export function useRevokeKey(onDone: () => void) {
  return useSubmit({
    run: (id: string, key) =>
      api.delete("/api/v1/api-keys/{id}", { params: { path: { id } }, idempotencyKey: key }),
    changes: [["platform", "keys"]],
    onDone,
  });
}
