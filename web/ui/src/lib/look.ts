import { useSyncExternalStore } from "react";

/** How the application looks to this person. The page's first script reads the same entry, before anything is drawn. */
export interface Look {
  theme: "system" | "light" | "dark";
  density: "compact" | "normal" | "comfortable";
  singleKeys: boolean;
  language: "" | "en" | "de";
}

const place = "erp.look";
const plain: Look = { theme: "system", density: "normal", singleKeys: true, language: "" };
let current = read();
const listeners = new Set<() => void>();

function read(): Look {
  try {
    return { ...plain, ...(JSON.parse(localStorage.getItem(place) ?? "{}") as Partial<Look>) };
  } catch {
    return plain;
  }
}

export function look(): Look {
  return current;
}

export function changeLook(change: Partial<Look>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(place, JSON.stringify(current));
  } catch {
    // a browser that keeps nothing still shows the change until it is closed
  }
  document.documentElement.dataset.density = current.density;
  for (const listener of listeners) listener();
}

export function useLook(): Look {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
