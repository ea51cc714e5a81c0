import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import { useShortcuts } from "@/lib/shortcuts.ts";
import type { Selection } from "./BulkBar.tsx";

const rowHeights: Record<string, number> = { compact: 32, normal: 36, comfortable: 44 };

export function rowHeight(): number {
  return rowHeights[document.documentElement.dataset.density ?? "normal"] ?? 36;
}

interface RowsOptions {
  count: number;
  height: number;
  scroller: RefObject<HTMLDivElement | null>;
  keyAt: (index: number) => string | undefined;
  selection: Selection | undefined;
}

/** The rows in view, and the keys that walk them: j and k move the focus from row link to row link, x selects. */
export function useRows({ count, height, scroller, keyAt, selection }: RowsOptions) {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    initialRect: { width: 1000, height: 720 },
  });
  const at = useRef(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the density changes
  useEffect(() => virtual.measure(), [height]);

  const current = (): number => {
    const row = document.activeElement?.closest<HTMLElement>("[data-row]");
    if (row && scroller.current?.contains(row)) at.current = Number(row.dataset.row);
    return at.current;
  };
  const move = (step: number) => {
    const next = Math.max(0, Math.min(count - 1, current() + step));
    at.current = next;
    virtual.scrollToIndex(next);
    const focus = (tries: number) => {
      const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"] [data-row-link]`);
      if (link) link.focus({ preventScroll: true });
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
    };
    focus(4);
  };
  useShortcuts([
    { keys: "j", run: () => move(1) },
    { keys: "k", run: () => move(-1) },
    ...(selection ? [{ keys: "mod+a", run: () => selection.setAll(allKeys(count, keyAt)) }] : []),
    {
      keys: "x",
      run: () => {
        const key = keyAt(current());
        if (key !== undefined) selection?.toggle(key);
      },
    },
  ]);
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return { items, before, after };
}

function allKeys(count: number, keyAt: (index: number) => string | undefined): string[] {
  return Array.from({ length: count }, (_, index) => keyAt(index)).filter(key => key !== undefined);
}
