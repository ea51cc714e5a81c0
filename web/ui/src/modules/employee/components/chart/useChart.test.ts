import { describe, expect, it } from "vitest";
import type { Node } from "../../api.ts";
import { grow, visible } from "./useChart.ts";

const node = (id: string, managerId: string, reports: number): Node => ({
  id,
  ...(managerId && { managerId }),
  displayName: id,
  number: id,
  level: 0,
  reports,
});
const first = [node("top", "", 2), node("left", "top", 1), node("right", "top", 0)];

describe("the chart", () => {
  it("shows the first level open", () => {
    expect(visible(grow(first, [], new Map())).map(one => one.node.id)).toEqual(["top", "left", "right"]);
  });

  it("takes in what was fetched later, once", () => {
    const more = [node("leaf", "left", 0), node("leaf", "left", 0)];
    const roots = grow(first, more, new Map([["left", true]]));
    expect(visible(roots).map(one => [one.node.id, one.level])).toEqual([
      ["top", 0],
      ["left", 1],
      ["leaf", 2],
      ["right", 1],
    ]);
  });

  it("hides what is closed", () => {
    expect(visible(grow(first, [], new Map([["top", false]]))).map(one => one.node.id)).toEqual(["top"]);
  });

  it("does not count a branch without loaded reports as open", () => {
    const [top] = grow(first, [], new Map([["left", true]]));
    expect(top?.children[0]?.open).toBe(false);
  });
});
