import { type Answer, api, clean } from "@/lib/api.ts";
import { type PageOf, useList, useQuery, useSubmit } from "@/lib/query.ts";
import type { components } from "@/lib/schema.d.ts";
import type { Tone } from "@/ui/Badge.tsx";

export type Handover = Answer<"/api/v1/handovers/{id}">;
export type HandoverRow = NonNullable<Answer<"/api/v1/handovers">["items"]>[number];
export type HandoverKind = Handover["kind"];
export type Candidate = NonNullable<Answer<"/api/v1/handovers/candidates">["items"]>[number];
export type HandoverText = NonNullable<Answer<"/api/v1/handover-texts">["items"]>[number];
export type HandoverInput = components["schemas"]["HandoverInput"];

export const handoverTones: Record<Handover["state"], Tone> = {
  open: "amber",
  confirmed: "green",
  refused: "red",
  closed: "neutral",
};

export interface HandoverFilters {
  state?: string;
  kind?: string;
  personId?: string;
  assetId?: string;
}

/** What a write to a document makes old: documents, histories, what waits at home. */
const changes = [["asset"]];

export function useHandovers(filters: HandoverFilters, limit = 100, enabled = true) {
  const { state, kind, ...rest } = filters;
  return useList<HandoverRow, PageOf<HandoverRow>>({
    key: ["asset", "handovers", filters, limit],
    fetch: (cursor, signal) =>
      api.get("/api/v1/handovers", {
        params: {
          query: {
            ...clean({ ...rest, cursor, limit }),
            ...(state ? { state: [state as Handover["state"]] } : {}),
            ...(kind ? { kind: kind as HandoverKind } : {}),
          },
        },
        signal,
      }),
    enabled,
  });
}

export function useHandover(id: string) {
  return useQuery({
    queryKey: ["asset", "handover", id],
    queryFn: ({ signal }) => api.get("/api/v1/handovers/{id}", { params: { path: { id } }, signal }),
  });
}

export function useCandidates(personId: string, kind: HandoverKind) {
  return useQuery({
    queryKey: ["asset", "handover-candidates", personId, kind],
    queryFn: async ({ signal }) =>
      (await api.get("/api/v1/handovers/candidates", { params: { query: { personId, kind } }, signal }))
        .items ?? [],
    enabled: personId !== "",
  });
}

export function useDrawUp(onDone: (made: Handover) => void) {
  return useSubmit({
    run: (body: HandoverInput, key) => api.post("/api/v1/handovers", { body, idempotencyKey: key }),
    changes,
    onDone,
  });
}

/** What can become of a document that waits. */
export type Verdict =
  | { confirm: string }
  | { refuse: string }
  | { signedOn: string }
  | { withdraw: string | undefined };

export function useVerdict(id: string, onDone?: (decided: Handover) => void) {
  return useSubmit({
    run: (verdict: Verdict, key) => {
      const more = { params: { path: { id } }, idempotencyKey: key };
      if ("confirm" in verdict) {
        return api.put("/api/v1/handovers/{id}/confirmation", { ...more, body: { name: verdict.confirm } });
      }
      if ("refuse" in verdict) {
        return api.put("/api/v1/handovers/{id}/refusal", { ...more, body: { reason: verdict.refuse } });
      }
      if ("signedOn" in verdict) {
        return api.put("/api/v1/handovers/{id}/paper-signature", {
          ...more,
          body: { on: verdict.signedOn },
        });
      }
      return api.put("/api/v1/handovers/{id}/withdrawal", {
        ...more,
        body: verdict.withdraw ? { reason: verdict.withdraw } : {},
      });
    },
    changes,
    ...(onDone ? { onDone } : {}),
  });
}

export function useHandoverTexts() {
  return useQuery({
    queryKey: ["asset", "handover-texts"],
    queryFn: async ({ signal }) => (await api.get("/api/v1/handover-texts", { signal })).items ?? [],
  });
}

export function useWriteText(onDone: () => void) {
  return useSubmit({
    run: ({ kind, version, text }: { kind: HandoverKind; version: number; text: string }, key) =>
      api.put("/api/v1/handover-texts/{kind}", {
        params: { path: { kind } },
        body: { text },
        ifMatch: version,
        idempotencyKey: key,
      }),
    changes: [["asset", "handover-texts"]],
    onDone,
  });
}

export const handoverPdf = (id: string, language: string) =>
  `/api/v1/handovers/${id}/pdf?language=${language}`;
