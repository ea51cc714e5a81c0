import { type Answer, api, clean } from "@/lib/api.ts";
import { useList, useQuery, useSubmit } from "@/lib/query.ts";

type BackupPage = Answer<"/api/v1/backups">;
export type Backup = NonNullable<BackupPage["items"]>[number];
export type BackupPlan = Answer<"/api/v1/backups/plan">;

const all = [["platform", "backups"]];

export function useBackups() {
  return useList<Backup, BackupPage>({
    key: ["platform", "backups", "list"],
    fetch: (cursor, signal) =>
      api.get("/api/v1/backups", { params: { query: clean({ cursor, limit: 100 }) }, signal }),
  });
}

export function useBackupPlan() {
  return useQuery({
    queryKey: ["platform", "backup-plan"],
    queryFn: () => api.get("/api/v1/backups/plan"),
  });
}

export function useMakeBackup(onDone: () => void) {
  return useSubmit({
    run: (_: undefined, key) => api.post("/api/v1/backups", { idempotencyKey: key }),
    changes: all,
    onDone,
  });
}

export function useTestBackup(onDone: () => void) {
  return useSubmit({
    run: (id: string, key) =>
      api.post("/api/v1/backups/{id}/tests", { params: { path: { id } }, idempotencyKey: key }),
    changes: all,
    onDone,
  });
}

export function useDeleteBackup(onDone: () => void) {
  return useSubmit({
    run: (id: string, key) =>
      api.delete("/api/v1/backups/{id}", { params: { path: { id } }, idempotencyKey: key }),
    changes: all,
    onDone,
  });
}

export function useSavePlan(version: number, onDone: () => void) {
  return useSubmit({
    run: (body: { daily: boolean; hour: number; keep: number }, key) =>
      api.put("/api/v1/backups/plan", { body, ifMatch: version, idempotencyKey: key }),
    changes: [["platform", "backup-plan"]],
    onDone,
  });
}
