import { type Answer, api, clean } from "@/lib/api.ts";
import { useList, useSubmit } from "@/lib/query.ts";

export type Process = Answer<"/api/v1/processes">["items"][number];
export type ProcessStep = Process["steps"][number];

export type ProcessFilters = { state: string; subject: string; subjectId: string };

/** Processes of several steps, newest first; what is under way is looked at again by itself. */
export function useProcesses({ state, ...filters }: ProcessFilters) {
  const open = state === "open";
  return useList<Process, Answer<"/api/v1/processes">>({
    key: ["platform", "processes", { state, ...filters }],
    fetch: (cursor, signal) =>
      api.get("/api/v1/processes", {
        params: {
          query: clean({
            ...filters,
            open: open || undefined,
            state: open ? undefined : ((state || undefined) as "stuck"),
            cursor,
            limit: 100,
          }),
        },
        signal,
      }),
  });
}

const changes = [["platform", "processes"]];

export type Decision = "retry" | "turn-back" | "settle";

/** What a person decides about a process whose step fails. */
export function useDecide(process: Process, onDone: (decision: Decision) => void) {
  const params = { path: { module: process.module, id: process.id } };
  return useSubmit({
    run: ({ decision, note }: { decision: Decision; note?: string }, key) => {
      switch (decision) {
        case "retry":
          return api.post("/api/v1/processes/{module}/{id}/retry", { params, idempotencyKey: key });
        case "turn-back":
          return api.post("/api/v1/processes/{module}/{id}/turn-back", { params, idempotencyKey: key });
        case "settle":
          return api.post("/api/v1/processes/{module}/{id}/settle", {
            params,
            body: { note: note ?? "" },
            idempotencyKey: key,
          });
      }
    },
    changes,
    onDone: (_, { decision }) => onDone(decision),
  });
}
