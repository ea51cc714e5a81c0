import { useEffect, useRef } from "react";
import { look } from "./look.ts";

/** Key names as a person reads them: "j", "?", "g a" (one after the other), "mod+k", "mod+Enter". */
export type Keys = string;

export interface Shortcut {
  keys: Keys;
  run: (event: KeyboardEvent) => void;
  /** Works while typing too (only sensible with a modifier). */
  always?: boolean;
}

const stack: { list: Shortcut[] }[] = [];
let before = "";
let beforeAt = 0;
let listening = false;

/** Shortcuts of a page or an overlay while it is there; the last one on the page wins. */
export function useShortcuts(shortcuts: Shortcut[], enabled = true): void {
  const entry = useRef<{ list: Shortcut[] }>({ list: shortcuts });
  entry.current.list = shortcuts;
  useEffect(() => {
    if (!enabled) return;
    const mine = entry.current;
    stack.push(mine);
    listen();
    return () => {
      stack.splice(stack.indexOf(mine), 1);
    };
  }, [enabled]);
}

function listen(): void {
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.isComposing) return;
    const typing = isTyping(event.target);
    const name = nameOf(event);
    const sequence = event.timeStamp - beforeAt < 1200 && before ? `${before} ${name}` : "";
    for (const { list } of [...stack].reverse()) {
      for (const shortcut of list) {
        const single = !shortcut.keys.includes("+");
        if ((typing && !shortcut.always) || (single && (!look().singleKeys || inOverlay(event.target))))
          continue;
        if (shortcut.keys !== name && shortcut.keys !== sequence) continue;
        before = "";
        event.preventDefault();
        shortcut.run(event);
        return;
      }
    }
    if (typing || event.ctrlKey || event.metaKey) return;
    before = name;
    beforeAt = event.timeStamp;
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT";
}

function inOverlay(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}

function nameOf(event: KeyboardEvent): string {
  const modifier = event.ctrlKey || event.metaKey ? "mod+" : "";
  const alt = event.altKey ? "alt+" : "";
  return modifier + alt + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}
