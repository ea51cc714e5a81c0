import { useState } from "react";
import { api } from "@/lib/api.ts";
import { isProblem } from "@/lib/problem.ts";
import type { GuardedGroup, Person } from "../api.ts";

/**
 * Saves a change of a person in the version that was read. When somebody else was faster, `theirs` is the record as it
 * stands now; `retry` saves on top of it.
 */
export function useVersioned<V>(
  person: Person,
  save: (values: V, version: number) => Promise<unknown>,
  include: GuardedGroup[] = [],
) {
  const [theirs, setTheirs] = useState<Person>();
  const [version, setVersion] = useState(person.version);
  const run = async (values: V, against: number): Promise<boolean> => {
    try {
      await save(values, against);
      setTheirs(undefined);
      return true;
    } catch (error) {
      if (!isProblem(error, 412)) throw error;
      const now = await api.get("/api/v1/employees/{id}", {
        params: { path: { id: person.id }, query: include.length > 0 ? { include } : {} },
      });
      setVersion(now.version);
      setTheirs(now);
      return false;
    }
  };
  return {
    theirs,
    drop: () => setTheirs(undefined),
    /** True when it was saved. */
    save: (values: V) => run(values, Math.max(version, person.version)),
  };
}
