import { type Answer, api, clean } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";

type HookPage = Answer<"/api/v1/webhooks">;
type LogPage = Answer<"/api/v1/webhooks/{id}/deliveries">;
export type Webhook = Answer<"/api/v1/webhooks/{id}">;
export type Delivery = NonNullable<LogPage["items"]>[number];
export type HookEvent = Answer<"/api/v1/webhooks/events">["items"][number];

export interface HookWish extends Record<string, unknown> {
  name: string;
  address: string;
  events: string[];
  active: boolean;
}

const all = [["platform", "webhooks"]];

export function useHooks() {
  return useList<Webhook, HookPage>({
    key: ["platform", "webhooks", "list"],
    fetch: (cursor, signal) =>
      api.get("/api/v1/webhooks", { params: { query: clean({ cursor, limit: 100 }) }, signal }),
  });
}

export function useHook(id: string) {
  return useQuery({
    queryKey: ["platform", "webhooks", id],
    queryFn: () => api.get("/api/v1/webhooks/{id}", { params: { path: { id } } }),
  });
}

/** What webhooks can be told of, and whether the person may have it told. */
export function useHookEvents() {
  return useQuery({
    queryKey: ["platform", "webhook-events"],
    queryFn: () => api.get("/api/v1/webhooks/events"),
  });
}

/** The log, asked again while something is on its way. */
export function useDeliveries(id: string, state: string) {
  return useList<Delivery, LogPage>({
    key: ["platform", "webhooks", id, "log", state],
    fetch: (cursor, signal) =>
      api.get("/api/v1/webhooks/{id}/deliveries", {
        params: { path: { id }, query: clean({ state: state as "failed", cursor, limit: 100 }) },
        signal,
      }),
  });
}

export function useMakeHook() {
  return useSubmit({
    run: (body: HookWish, key) => api.post("/api/v1/webhooks", { body, idempotencyKey: key }),
    changes: all,
  });
}

export function useSaveHook(hook: Webhook, onDone: () => void) {
  return useSubmit({
    run: (body: HookWish, key) =>
      api.put("/api/v1/webhooks/{id}", {
        params: { path: { id: hook.id } },
        body,
        ifMatch: hook.version,
        idempotencyKey: key,
      }),
    changes: all,
    onDone,
  });
}

export function useDeleteHook(id: string, onDone: () => void) {
  return useSubmit({
    run: (_: undefined, key) =>
      api.delete("/api/v1/webhooks/{id}", { params: { path: { id } }, idempotencyKey: key }),
    changes: [["platform", "webhooks", "list"]],
    onDone,
  });
}

export function useNewSecret(id: string) {
  return useSubmit({
    run: (_: undefined, key) =>
      api.post("/api/v1/webhooks/{id}/secret", { params: { path: { id } }, idempotencyKey: key }),
    changes: all,
  });
}

export function useTestHook(id: string, onDone: () => void) {
  return useSubmit({
    run: (_: undefined, key) =>
      api.post("/api/v1/webhooks/{id}/test", { params: { path: { id } }, idempotencyKey: key }),
    changes: all,
    onDone,
  });
}

export function useRetryDelivery(id: string, onDone: () => void) {
  return useSubmit({
    run: (delivery: string, key) =>
      api.post("/api/v1/webhooks/{id}/deliveries/{delivery}/retry", {
        params: { path: { id, delivery } },
        idempotencyKey: key,
      }),
    changes: all,
    onDone,
  });
}
