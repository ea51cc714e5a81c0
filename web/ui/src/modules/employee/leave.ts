import { type Answer, api, clean } from "@/lib/api.ts";
import { type PageOf, useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { BodyOf } from "./api.ts";

export type LeaveRequest = Answer<"/api/v1/leave/requests/{id}">;
export type LeaveBalance = NonNullable<Answer<"/api/v1/employees/{id}/leave">["items"]>[number];
export type LeaveType = NonNullable<Answer<"/api/v1/leave/types">["items"]>[number];
export type LeaveInput = BodyOf<"/api/v1/leave/requests", "post">;

interface LeaveFilters {
  employeeId?: string;
  waiting?: boolean;
  from?: string;
}

export function useLeave(filters: LeaveFilters, enabled = true) {
  return useList<LeaveRequest, PageOf<LeaveRequest>>({
    key: ["leave", "list", filters],
    fetch: (cursor, signal) =>
      api.get("/api/v1/leave/requests", {
        params: { query: { ...clean(filters), limit: 100, ...(cursor ? { cursor } : {}) } },
        signal,
      }),
    enabled,
  });
}

export function useLeaveBalance(id: string) {
  return useQuery({
    queryKey: ["leave", "balance", id],
    queryFn: async ({ signal }) =>
      (await api.get("/api/v1/employees/{id}/leave", { params: { path: { id } }, signal })).items ?? [],
    enabled: id !== "",
  });
}

export function useLeaveTypes() {
  return useQuery({
    queryKey: ["leave", "types"],
    queryFn: async ({ signal }) => (await api.get("/api/v1/leave/types", { signal })).items ?? [],
  });
}

export function useHolidays(year: number) {
  return useQuery({
    queryKey: ["leave", "holidays", year],
    queryFn: async ({ signal }) =>
      (await api.get("/api/v1/leave/holidays", { params: { query: { year } }, signal })).items ?? [],
  });
}

export function useRequestLeave() {
  return useSubmit({
    run: (body: LeaveInput, key) => api.post("/api/v1/leave/requests", { body, idempotencyKey: key }),
    changes: [["leave"]],
  });
}

export function useDecideLeave() {
  return useSubmit({
    run: ({ id, approve }: { id: string; approve: boolean }, key) =>
      api.post("/api/v1/leave/requests/{id}/decision", {
        params: { path: { id } },
        body: { approve },
        idempotencyKey: key,
      }),
    changes: [["leave"]],
  });
}

export function useCancelLeave() {
  return useSubmit({
    run: (id: string, key) =>
      api.delete("/api/v1/leave/requests/{id}", { params: { path: { id } }, idempotencyKey: key }),
    changes: [["leave"]],
  });
}
