import { useEffect, useMemo, useState } from "react";
import { useQuery } from "@/lib/query.ts";
import { toast } from "@/ui/toast.ts";
import { fetchChart, type Node } from "../../api.ts";

/** A person in the chart with the reports that are loaded. */
export interface Branch {
  node: Node;
  children: Branch[];
  /** Its reports are shown. */
  open: boolean;
  level: number;
}

export interface Chart {
  roots: Branch[];
  top: Node | undefined;
  loading: boolean;
  truncated: boolean;
  error: Error | null;
  retry: () => void;
  toggle: (branch: Branch) => void;
}

/** The levels that come at first; deeper ones are fetched when somebody opens a branch. */
const levels = 2;

/** The chart from a person down (from the top without one), with what is open and closed in it. */
export function useChart(root: string, asOf: string): Chart {
  const first = useQuery({
    queryKey: ["employee", "chart", root, asOf],
    queryFn: ({ signal }) => fetchChart(root, levels, asOf, signal),
  });
  const [more, setMore] = useState<Node[]>([]);
  const [turned, setTurned] = useState<ReadonlyMap<string, boolean>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part of the company begins closed
  useEffect(() => {
    setMore([]);
    setTurned(new Map());
  }, [root, asOf]);
  const nodes = first.data?.nodes;
  const roots = useMemo(() => grow(nodes ?? [], more, turned), [nodes, more, turned]);
  const toggle = async (branch: Branch) => {
    const { id, reports } = branch.node;
    if (!branch.open && branch.children.length < reports) {
      try {
        const answer = await fetchChart(id, 1, asOf);
        setMore(before => [...before, ...(answer.nodes ?? []).filter(one => one.managerId === id)]);
      } catch (error) {
        toast(error instanceof Error ? error.message : String(error), { tone: "red" });
        return;
      }
    }
    setTurned(before => new Map(before).set(id, !branch.open));
  };
  return {
    roots,
    top: nodes?.[0],
    loading: first.isPending,
    truncated: Boolean(first.data?.truncated),
    error: first.isError ? first.error : null,
    retry: () => void first.refetch(),
    toggle: branch => void toggle(branch),
  };
}

/** Makes the tree of flat nodes. The first level stands open, the rest is closed until somebody opens it. */
export function grow(first: Node[], more: Node[], turned: ReadonlyMap<string, boolean>): Branch[] {
  const below = new Map<string, Node[]>();
  const known = new Set<string>();
  for (const node of [...first, ...more]) {
    if (known.has(node.id)) continue;
    known.add(node.id);
    const manager = node.managerId ?? "";
    below.set(manager, [...(below.get(manager) ?? []), node]);
  }
  const branch = (node: Node, level: number): Branch => {
    const children = (below.get(node.id) ?? []).map(child => branch(child, level + 1));
    const wanted = turned.get(node.id) ?? level === 0;
    return { node, children, level, open: wanted && children.length > 0 };
  };
  return (below.get("") ?? []).map(node => branch(node, 0));
}

/** The shown people from top to bottom, as arrow keys walk through them. */
export function visible(branches: Branch[]): Branch[] {
  return branches.flatMap(one => [one, ...(one.open ? visible(one.children) : [])]);
}
