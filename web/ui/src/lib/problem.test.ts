import { describe, expect, it } from "vitest";
import { fieldPath, isProblem, Problem } from "./problem.ts";

describe("a problem", () => {
  it("names fields as the form does", () => {
    expect(fieldPath("body.lines[2].quantity")).toBe("lines.2.quantity");
    expect(fieldPath("body")).toBe("");
    expect(fieldPath("query.sort")).toBe("sort");
    expect(fieldPath("body.company.name")).toBe("company.name");
  });
  it("is known by its status", () => {
    const problem = new Problem({ status: 412, detail: "somebody was faster" });
    expect(isProblem(problem, 412)).toBe(true);
    expect(isProblem(problem, 409)).toBe(false);
    expect(isProblem(new Error("x"))).toBe(false);
    expect(problem.message).toBe("somebody was faster");
  });
  it("without an answer is offline", () => {
    expect(new Problem({ status: 0 }).offline).toBe(true);
  });
});
