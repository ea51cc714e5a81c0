import type { Command, NavEntry } from "@/lib/commands.ts";
import { can, useMe } from "@/lib/permissions.ts";
import { modules } from "../modules.ts";

const home: NavEntry = { to: "/", label: { en: "Home", de: "Start" }, icon: "home", key: "h", order: 0 };

const entries: NavEntry[] = [home, ...modules.flatMap(module => module.nav)].sort(
  (a, b) => a.order - b.order,
);

const own: Command[] = [
  {
    id: "go-account",
    label: { en: "My account and preferences", de: "Mein Konto und Einstellungen" },
    icon: "person",
    to: "/me",
  },
];

const all: Command[] = [...modules.flatMap(module => module.commands), ...own];

/** The places that the person may see. */
export function usePlaces(): NavEntry[] {
  const me = useMe();
  return entries
    .filter(entry => can(me, entry.permission))
    .map(entry => ({ ...entry, children: entry.children?.filter(child => can(me, child.permission)) ?? [] }));
}

export function useCommands(): Command[] {
  const me = useMe();
  return all.filter(command => can(me, command.permission));
}

export function isAt(path: string, place: string): boolean {
  return place === "/" ? path === "/" : path === place || path.startsWith(`${place}/`);
}
