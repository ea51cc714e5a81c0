import { useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  text: string;
  tone: "green" | "red";
  action?: { label: string; run: () => void } | undefined;
}

let list: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  list = next;
  for (const listener of listeners) listener();
}

/**
 * Says in a corner that something is done: `toast(t("assign.done", { tag }), { action: { label: t("undo"), run } })`.
 * It stays 6 seconds, 12 with an action, and an error until it is closed.
 */
export function toast(
  text: string,
  options: { tone?: "green" | "red"; action?: Toast["action"] } = {},
): void {
  last += 1;
  const one: Toast = { id: last, text, tone: options.tone ?? "green", action: options.action };
  publish([...list.slice(-3), one]);
  if (one.tone !== "red") setTimeout(() => closeToast(one.id), one.action ? 12_000 : 6_000);
}

export function closeToast(id: number): void {
  publish(list.filter(one => one.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => list,
  );
}
