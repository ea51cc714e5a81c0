import { createContext, useContext } from "react";
import type { Answer } from "./api.ts";

/** Who is signed in, and what they may. The same rights decide what the server lets them do. */
export type Me = Answer<"/api/v1/me">;

export const MeContext = createContext<Me | undefined>(undefined);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe outside of a signed-in page");
  return me;
}

/** Whether a button should be there at all: `useCan("asset:assign")`. A list means any of them. */
export function useCan(permission: string | string[] | undefined): boolean {
  return can(useContext(MeContext), permission);
}

export function can(me: Me | undefined, permission: string | string[] | undefined): boolean {
  if (permission === undefined) return true;
  const wanted = Array.isArray(permission) ? permission : [permission];
  return wanted.length === 0 || wanted.some(one => (me?.permissions[one] ?? "none") !== "none");
}

/** How far a permission reaches for the person: "none", "own", "team", "department", "all". */
export function useScope(permission: string): string {
  return useContext(MeContext)?.permissions[permission] ?? "none";
}
