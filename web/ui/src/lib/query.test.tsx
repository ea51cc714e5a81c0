import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { describe, expect, it } from "vitest";
import { Problem } from "./problem.ts";
import { makeQueryClient, useSubmit } from "./query.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

type Submit = ReturnType<typeof useSubmit<{ name: string }>>;

async function mounted(
  run: (values: { name: string }, key: string) => Promise<unknown>,
): Promise<() => Submit> {
  let hook: Submit | undefined;
  function Probe() {
    hook = useSubmit({ run });
    return null;
  }
  await act(async () =>
    createRoot(document.createElement("div")).render(
      <QueryClientProvider client={makeQueryClient()}>
        <Probe />
      </QueryClientProvider>,
    ),
  );
  return () => {
    if (!hook) throw new Error("not mounted");
    return hook;
  };
}

describe("a submit", () => {
  it("keeps its key over a retry after no answer came, and takes another for other values", async () => {
    const keys: string[] = [];
    const hook = await mounted(async (_values, key) => {
      keys.push(key);
      if (keys.length < 3) throw new Problem({ status: keys.length === 1 ? 0 : 503 });
    });
    const send = (name: string) =>
      act(async () => {
        await hook()
          .submitAsync({ name })
          .catch(() => undefined);
      });
    await send("a");
    await send("a");
    await send("a");
    await send("a");
    expect(keys[0]).toBe(keys[1]);
    expect(keys[1]).toBe(keys[2]);
    expect(keys[3]).not.toBe(keys[2]);
  });
  it("takes another key after the server refused the values", async () => {
    const keys: string[] = [];
    const hook = await mounted(async (_values, key) => {
      keys.push(key);
      throw new Problem({ status: 422 });
    });
    for (const name of ["a", "a"]) {
      await act(async () => {
        await hook()
          .submitAsync({ name })
          .catch(() => undefined);
      });
    }
    expect(keys[0]).not.toBe(keys[1]);
  });
});
