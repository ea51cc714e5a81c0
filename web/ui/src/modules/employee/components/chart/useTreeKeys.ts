import { type KeyboardEvent, useRef, useState } from "react";
import { useGo } from "@/ui/Link.tsx";
import { type Branch, type Chart, visible } from "./useChart.ts";

/**
 * The keys of a tree: down and up walk, right opens and goes in, left closes and goes out, Home and End jump, Enter opens
 * the person's page. One item is in the tab order; `item` gives each its part.
 */
export function useTreeKeys(chart: Chart) {
  const go = useGo();
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState("");
  const shown = visible(chart.roots);
  const active = shown.some(one => one.node.id === current) ? current : (shown[0]?.node.id ?? "");
  const focus = (branch: Branch | undefined) => {
    if (!branch) return;
    setCurrent(branch.node.id);
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-node="${branch.node.id}"]`)?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = shown.findIndex(one => one.node.id === active);
    const branch = shown[at];
    if (!branch) return;
    const parent = shown.find(one => one.node.id === branch.node.managerId);
    const deeds: Record<string, () => void> = {
      ArrowDown: () => focus(shown[at + 1]),
      ArrowUp: () => focus(shown[at - 1]),
      ArrowRight: () => {
        if (branch.open) focus(branch.children[0]);
        else if (branch.node.reports > 0) chart.toggle(branch);
      },
      ArrowLeft: () => {
        if (branch.open) chart.toggle(branch);
        else focus(parent);
      },
      Home: () => focus(shown[0]),
      End: () => focus(shown.at(-1)),
      Enter: () => go(`/employees/${branch.node.id}`),
      " ": () => branch.node.reports > 0 && chart.toggle(branch),
    };
    const deed = deeds[event.key];
    if (!deed || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    deed();
  };
  return {
    box,
    onKeyDown,
    item: (branch: Branch) => ({
      role: "treeitem",
      "data-node": branch.node.id,
      "aria-level": branch.level + 1,
      "aria-expanded": branch.node.reports > 0 ? branch.open : undefined,
      "aria-selected": branch.node.id === active,
      tabIndex: branch.node.id === active ? 0 : -1,
      onFocus: () => setCurrent(branch.node.id),
    }),
  };
}
