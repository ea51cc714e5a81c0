import { api } from "@/lib/api.ts";
import { useSubmit } from "@/lib/query.ts";
import type { BodyOf } from "./api.ts";

/** Without an id it is new. */
interface Saved<T> {
  id?: string | undefined;
  version?: number | undefined;
  body: T;
}

interface Known {
  id: string;
  version: number;
}

const changes = [["employee"]];

export function useSaveDepartment() {
  return useSubmit({
    run: ({ id, version, body }: Saved<BodyOf<"/api/v1/departments", "post">>, key) =>
      id
        ? api.put("/api/v1/departments/{id}", {
            params: { path: { id } },
            body,
            ifMatch: version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/departments", { body, idempotencyKey: key }),
    changes,
  });
}

export function useRemoveDepartment() {
  return useSubmit({
    run: ({ id, version }: Known) =>
      api.delete("/api/v1/departments/{id}", { params: { path: { id } }, ifMatch: version }),
    changes,
  });
}

export function useSavePosition() {
  return useSubmit({
    run: ({ id, version, body }: Saved<BodyOf<"/api/v1/positions", "post">>, key) =>
      id
        ? api.put("/api/v1/positions/{id}", {
            params: { path: { id } },
            body,
            ifMatch: version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/positions", { body, idempotencyKey: key }),
    changes,
  });
}

export function useRemovePosition() {
  return useSubmit({
    run: ({ id, version }: Known) =>
      api.delete("/api/v1/positions/{id}", { params: { path: { id } }, ifMatch: version }),
    changes,
  });
}

export function useSaveWorkLocation() {
  return useSubmit({
    run: ({ id, version, body }: Saved<BodyOf<"/api/v1/work-locations", "post">>, key) =>
      id
        ? api.put("/api/v1/work-locations/{id}", {
            params: { path: { id } },
            body,
            ifMatch: version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/work-locations", { body, idempotencyKey: key }),
    changes,
  });
}

export function useRemoveWorkLocation() {
  return useSubmit({
    run: ({ id, version }: Known) =>
      api.delete("/api/v1/work-locations/{id}", { params: { path: { id } }, ifMatch: version }),
    changes,
  });
}

export function useSaveLeaveType() {
  return useSubmit({
    run: ({ id, version, body }: Saved<BodyOf<"/api/v1/leave/types", "post">>, key) =>
      id
        ? api.put("/api/v1/leave/types/{id}", {
            params: { path: { id } },
            body,
            ifMatch: version,
            idempotencyKey: key,
          })
        : api.post("/api/v1/leave/types", { body, idempotencyKey: key }),
    changes: [["leave"]],
  });
}

/** Sets the name of a day; a day that has one is given another. */
export function useSetHoliday() {
  return useSubmit({
    run: ({ day, name }: { day: string; name: string }, key) =>
      api.put("/api/v1/leave/holidays/{day}", {
        params: { path: { day } },
        body: { name },
        idempotencyKey: key,
      }),
    changes: [["leave"]],
  });
}

export function useRemoveHoliday() {
  return useSubmit({
    run: (day: string, key) =>
      api.delete("/api/v1/leave/holidays/{day}", { params: { path: { day } }, idempotencyKey: key }),
    changes: [["leave"]],
  });
}
