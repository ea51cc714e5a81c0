import { api } from "@/lib/api.ts";
import { useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";

type Schemas = components["schemas"];
export type Numbering = Schemas["Numbering"];
export type NumberingInput = Schemas["NumberingInput"];

export function useNumbering() {
  return useQuery({
    queryKey: ["invoice", "numbering"],
    queryFn: async ({ signal }) => (await api.get("/api/v1/numbering", { signal })).items ?? [],
  });
}

export function useSaveNumbering(numbering: Numbering) {
  return useSubmit({
    run: (body: NumberingInput, key) =>
      api.put("/api/v1/numbering/{kind}", {
        params: { path: { kind: numbering.kind } },
        body,
        ifMatch: numbering.version,
        idempotencyKey: key,
      }),
    changes: [["invoice"]],
  });
}

/** The number that a document would get: RE-2026-00042. */
export function written(prefix: string, year: string | undefined, width: number, sequence: number): string {
  return [prefix.trim().toUpperCase(), year, String(sequence).padStart(width, "0")].filter(Boolean).join("-");
}
