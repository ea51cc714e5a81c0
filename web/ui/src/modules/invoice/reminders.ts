import { api } from "@/lib/api.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";

type Schemas = components["schemas"];
export type Reminder = Schemas["Reminder"];
export type ReminderPlan = Schemas["ReminderPlan"];
export type ReminderPlanInput = Schemas["ReminderPlanInput"];

export function useReminders() {
  return useQuery({
    queryKey: ["invoice", "reminders"],
    queryFn: ({ signal }) => api.get("/api/v1/reminders", { signal }),
  });
}

export function useRemind() {
  return useSubmit({
    run: (customerIds: string[] | undefined, key) =>
      api.post("/api/v1/reminders", { body: customerIds ? { customerIds } : {}, idempotencyKey: key }),
    changes: [["invoice"], ["customer", "letters"]],
  });
}

export function useReminderPlan() {
  return useQuery({
    queryKey: ["invoice", "reminder-plan"],
    queryFn: ({ signal }) => api.get("/api/v1/reminders/plan", { signal }),
  });
}

export function useSaveReminderPlan(version: number) {
  return useSubmit({
    run: (body: ReminderPlanInput, key) =>
      api.put("/api/v1/reminders/plan", { body, ifMatch: version, idempotencyKey: key }),
    changes: [["invoice"]],
  });
}

export function useCustomerLetters(id: string) {
  return useQuery({
    queryKey: ["customer", "letters", id],
    queryFn: async ({ signal }) =>
      (await api.get("/api/v1/customers/{id}/letters", { params: { path: { id } }, signal })).items ?? [],
    refetchInterval: query => (query.state.data?.some(one => one.state === "queued") ? 2_000 : false),
  });
}

/** Notes that the customer holds an invoice to be wrong, or that this is settled. */
export function useDispute(id: string) {
  return useSubmit({
    run: (reason: string | undefined, key) =>
      reason === undefined
        ? api.delete("/api/v1/invoices/{id}/dispute", { params: { path: { id } }, idempotencyKey: key })
        : api.put("/api/v1/invoices/{id}/dispute", {
            params: { path: { id } },
            body: { reason },
            idempotencyKey: key,
          }),
    changes: [["invoice"]],
  });
}
