import { type HierarchyPointNode, hierarchy, tree } from "d3-hierarchy";
import { type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Avatar } from "@/ui/Avatar.tsx";
import { IconButton } from "@/ui/Button.tsx";
import { Icon } from "@/ui/Icon.tsx";
import { Link } from "@/ui/Link.tsx";
import styles from "./Chart.module.css";
import type { Branch, Chart } from "./useChart.ts";
import { useTreeKeys } from "./useTreeKeys.ts";

const card = { width: 232, height: 52 };
const gap = { x: 64, y: 12 };
const edge = 24;
const zooms = [0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.5];

/** The chart as a drawing from left to right. Drag to move it, Ctrl and the wheel to zoom, arrow keys to walk. */
export function ChartCanvas({ chart }: { chart: Chart }) {
  const t = useWords("employee");
  const keys = useTreeKeys(chart);
  const [zoom, setZoom] = useState(1);
  const drawing = useMemo(() => layOut(chart.roots), [chart.roots]);
  const drag = useDrag(keys.box);
  const toggle = useSteadyToggle(chart, keys.box, drawing.people, zoom);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, when the drawing is opened
  useLayoutEffect(() => {
    const view = keys.box.current;
    const top = drawing.people[0];
    if (view && top) view.scrollTop = top.top - (view.clientHeight - card.height) / 2;
  }, []);
  const step = (by: number) => {
    const at = zooms.findIndex(one => one >= zoom);
    setZoom(zooms[Math.min(zooms.length - 1, Math.max(0, at + by))] ?? 1);
  };
  const fit = () => {
    const box = keys.box.current;
    if (box)
      setZoom(Math.min(1, (box.clientWidth - 8) / drawing.width, (box.clientHeight - 8) / drawing.height));
  };
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the tree inside has the keys; a pointer moves its view */}
      <div
        className={styles.canvas}
        ref={keys.box}
        onKeyDown={keys.onKeyDown}
        onWheel={event => event.ctrlKey && step(event.deltaY < 0 ? 1 : -1)}
        {...drag}
      >
        <div
          className={styles.drawing}
          role="tree"
          aria-label={t("chart.title")}
          style={{ width: drawing.width * zoom, height: drawing.height * zoom }}
        >
          <div className={styles.scaled} style={{ transform: `scale(${zoom})` }}>
            <svg className={styles.lines} width={drawing.width} height={drawing.height} aria-hidden="true">
              {drawing.lines.map(line => (
                <path key={line.id} d={line.path} />
              ))}
            </svg>
            {drawing.people.map(({ branch, left, top }) => (
              <div
                key={branch.node.id}
                className={styles.person}
                style={{ left, top, width: card.width, height: card.height }}
                {...keys.item(branch)}
              >
                <Person branch={branch} onToggle={() => toggle(branch)} />
              </div>
            ))}
          </div>
        </div>
      </div>
      <div className={styles.zoom}>
        <IconButton icon="minus" size="sm" label={t("chart.zoomOut")} onClick={() => step(-1)} />
        <IconButton icon="plus" size="sm" label={t("chart.zoomIn")} onClick={() => step(1)} />
        <IconButton icon="eye" size="sm" label={t("chart.fit")} onClick={fit} />
      </div>
    </div>
  );
}

function Person({ branch, onToggle }: { branch: Branch; onToggle: () => void }) {
  const t = useWords("employee");
  const { node, open } = branch;
  return (
    <>
      <Avatar name={node.displayName} size={30} />
      <span className={styles.words}>
        <Link href={`/employees/${node.id}`} className={styles.name} tabIndex={-1}>
          {node.displayName}
        </Link>
        <span className={styles.what}>{node.position || node.department || node.number}</span>
      </span>
      {node.reports > 0 && (
        <button
          type="button"
          className={styles.more}
          tabIndex={-1}
          aria-label={t(open ? "chart.close" : "chart.open", { name: node.displayName, count: node.reports })}
          onClick={onToggle}
        >
          {node.reports}
          <Icon name={open ? "chevron-left" : "chevron-right"} size={14} />
        </button>
      )}
    </>
  );
}

/** Where everybody stands: a column for each level, the manager in the middle of the reports. */
function layOut(roots: Branch[]) {
  const top = { children: roots, open: true } as unknown as Branch;
  const laid = tree<Branch>()
    .nodeSize([card.height + gap.y, card.width + gap.x])
    .separation((a, b) => (a.parent === b.parent ? 1 : 1.35))(
    hierarchy(top, one => (one.open ? one.children : [])),
  );
  const nodes = laid.descendants().filter(one => one.depth > 0);
  const highest = Math.min(...nodes.map(one => one.x));
  const lowest = Math.max(...nodes.map(one => one.x));
  const deepest = Math.max(...nodes.map(one => one.depth));
  const left = (one: HierarchyPointNode<Branch>) => edge + (one.depth - 1) * (card.width + gap.x);
  const y = (one: HierarchyPointNode<Branch>) => edge + one.x - highest;
  return {
    width: 2 * edge + deepest * card.width + (deepest - 1) * gap.x,
    height: 2 * edge + lowest - highest + card.height,
    people: nodes.map(one => ({ branch: one.data, left: left(one), top: y(one) })),
    lines: nodes.flatMap(one => {
      const from = one.parent;
      if (!from || from.depth === 0) return [];
      const start = { x: left(from) + card.width, y: y(from) + card.height / 2 };
      const end = { x: left(one), y: y(one) + card.height / 2 };
      const middle = (start.x + end.x) / 2;
      return [
        {
          id: one.data.node.id,
          path: `M${start.x},${start.y} C${middle},${start.y} ${middle},${end.y} ${end.x},${end.y}`,
        },
      ];
    }),
  };
}

/** Opens and closes a branch so that its person stays where they were on the screen. */
function useSteadyToggle(
  chart: Chart,
  box: { current: HTMLDivElement | null },
  people: { branch: Branch; top: number }[],
  zoom: number,
) {
  const kept = useRef<{ id: string; offset: number } | undefined>(undefined);
  const topOf = (id: string) => people.find(one => one.branch.node.id === id)?.top;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new drawing is what moves people
  useLayoutEffect(() => {
    const top = kept.current && topOf(kept.current.id);
    if (kept.current && top !== undefined && box.current) {
      box.current.scrollTop = top * zoom - kept.current.offset;
    }
    kept.current = undefined;
  }, [people]);
  return (branch: Branch) => {
    const top = topOf(branch.node.id);
    if (top !== undefined && box.current) {
      kept.current = { id: branch.node.id, offset: top * zoom - box.current.scrollTop };
    }
    chart.toggle(branch);
  };
}

/** Moves the canvas with the pointer, as a map is moved; on people and buttons a press stays a press. */
function useDrag(box: { current: HTMLDivElement | null }) {
  const from = useRef<{ x: number; y: number; left: number; top: number } | undefined>(undefined);
  const stop = () => {
    from.current = undefined;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const view = box.current;
      if (!view || event.button !== 0 || (event.target as HTMLElement).closest("[data-node]")) return;
      from.current = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
      view.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const view = box.current;
      if (!view || !from.current) return;
      view.scrollLeft = from.current.left - (event.clientX - from.current.x);
      view.scrollTop = from.current.top - (event.clientY - from.current.y);
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}
