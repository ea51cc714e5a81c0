import { useRouter, useRouterState } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/** A module writes its routes as data; the shell makes the router of them. */
export interface RouteDef {
  /** "/assets/$id" */
  path: string;
  /** One file per page, fetched when it is opened: `() => import("./pages/AssetList.tsx")` with a default export. */
  page: () => Promise<{ default: () => React.ReactNode }>;
  /** Who has none of these permissions sees the designed refusal instead. */
  permission?: string | string[];
}

/** What stands in the address behind "?", as plain strings. */
export type Search = Record<string, string>;

export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** The parts of the address that the route names: `const { id } = usePath()`. */
export function usePath(): Record<string, string> {
  return useRouterState({ select: state => (state.matches.at(-1)?.params ?? {}) as Record<string, string> });
}

export function useLocation(): { path: string; search: string; href: string } {
  return useRouterState({
    select: state => ({
      path: state.location.pathname,
      search: state.location.searchStr,
      href: state.location.href,
    }),
    structuralSharing: true,
  });
}

/**
 * State that lives in the address: filters, sort, tab. A value equal to its default is left out, so that a plain
 * address means the plain page. `set({ status: "in-stock" })` replaces the entry in the history.
 */
export function useUrlState<T extends Search>(defaults: T): [T, (change: Partial<T>) => void, () => void] {
  const router = useRouter();
  const text = useRouterState({ select: state => state.location.searchStr });
  const names = JSON.stringify(defaults);
  const state = useMemo(() => {
    const found = parseSearch(text);
    const known = JSON.parse(names) as T;
    for (const name of Object.keys(known)) {
      const value = found[name];
      if (value !== undefined) (known as Search)[name] = value;
    }
    return known;
  }, [text, names]);
  const write = useCallback(
    (change: Partial<T>) => {
      const known = JSON.parse(names) as T;
      const next: Record<string, unknown> = { ...parseSearch(router.state.location.searchStr), ...change };
      for (const name of Object.keys(known)) if (next[name] === known[name]) delete next[name];
      router.history.replace(router.state.location.pathname + stringifySearch(next));
    },
    [router, names],
  );
  const clear = useCallback(() => write(JSON.parse(names) as T), [write, names]);
  return [state, write, clear];
}
