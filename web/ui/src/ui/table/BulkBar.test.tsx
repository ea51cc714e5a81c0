import { act } from "react";
import { createRoot } from "react-dom/client";
import { describe, expect, it } from "vitest";
import { type Selection, useSelection } from "./BulkBar.tsx";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

async function mounted(filters: string | undefined) {
  const seen: { selection?: Selection } = {};
  function Probe({ by }: { by: string | undefined }) {
    seen.selection = useSelection(by);
    return null;
  }
  const root = createRoot(document.createElement("div"));
  const show = (by: string | undefined) => act(async () => root.render(<Probe by={by} />));
  await show(filters);
  const now = (): Selection => {
    if (!seen.selection) throw new Error("not mounted");
    return seen.selection;
  };
  return { now, show, change: (how: (selection: Selection) => void) => act(async () => how(now())) };
}

describe("a selection", () => {
  it("takes everything that the filters find, and other filters end that", async () => {
    const { now, show, change } = await mounted("laptops");
    await change(selection => selection.setAll(["a", "b"]));
    expect(now().everything).toBe(false);
    await change(selection => selection.takeEverything?.());
    expect(now().everything).toBe(true);
    await show("screens");
    expect(now().everything).toBe(false);
    expect([...now().keys]).toEqual(["a", "b"]);
    await show("laptops");
    expect(now().everything).toBe(false);
  });

  it("is of rows again as soon as one of them is ticked or all are let go", async () => {
    const { now, change } = await mounted("");
    await change(selection => selection.setAll(["a", "b"]));
    await change(selection => selection.takeEverything?.());
    await change(selection => selection.toggle("a"));
    expect(now().everything).toBe(false);
    expect([...now().keys]).toEqual(["b"]);
    await change(selection => selection.takeEverything?.());
    await change(selection => selection.clear());
    expect(now().everything).toBe(false);
    expect(now().keys.size).toBe(0);
  });

  it("knows only rows where nobody says what the filters are", async () => {
    const { now } = await mounted(undefined);
    expect(now().takeEverything).toBeUndefined();
    expect(now().everything).toBe(false);
  });
});
