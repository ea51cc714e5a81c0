import { api } from "@/lib/api.ts";
import type { Option } from "@/ui/fields/Select.tsx";

/** For a Combobox that asks for a person: `search={findPeople}`. Who has left is not offered. */
export async function findPeople(query: string, signal: AbortSignal): Promise<Option[]> {
  const found = await api.get("/api/v1/employees", {
    params: {
      query: { limit: 20, status: ["active", "leaving", "upcoming"], ...(query ? { q: query } : {}) },
    },
    signal,
  });
  return (found.items ?? []).map(person => ({
    value: person.id,
    label: person.displayName,
    note: [person.number, person.position, person.department].filter(Boolean).join(" · "),
  }));
}
