import type { IconName } from "@/ui/Icon.tsx";
import type { Locales, Words } from "./i18n.ts";
import type { RouteDef } from "./url.ts";

/** A place in the sidebar. It is there for who has the permission. */
export interface NavEntry {
  to: string;
  label: Words;
  icon: IconName;
  permission?: string | string[];
  /** Small ones beneath it, shown while one is at the place. */
  children?: { to: string; label: Words; permission?: string | string[] }[];
  /** "g" + this letter goes there. */
  key?: string;
  order: number;
}

/** Something the palette offers; with `create` it is in the + menu as well. */
export interface Command {
  id: string;
  label: Words;
  icon: IconName;
  permission?: string | string[];
  /** Where it leads, or what it does. */
  to?: string;
  run?: () => void;
  create?: boolean;
  /** "c a": c and then a. */
  keys?: string;
  /** Other words to find it by. */
  also?: string;
}

/** What a module's index.ts gives to the shell. */
export interface UiModule {
  name: string;
  routes: RouteDef[];
  nav: NavEntry[];
  commands: Command[];
  locales: Locales;
}
