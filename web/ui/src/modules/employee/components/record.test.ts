import { describe, expect, it } from "vitest";
import { Problem } from "@/lib/problem.ts";
import type { Change, Department } from "../api.ts";
import { asTree } from "./Departments.tsx";
import { days } from "./History.tsx";
import { problemsOf } from "./ImportProblems.tsx";
import { placeBody } from "./PlaceFields.tsx";

const change = (on: string, kind: Change["kind"]): Change => ({ on, kind, recordedAt: `${on}T00:00:00Z` });

describe("the history", () => {
  it("puts the changes of a day together, hiring first", () => {
    const told = days([
      change("2026-02-01", "manager"),
      change("2026-01-01", "department"),
      change("2026-01-01", "hired"),
    ]);
    expect(told.map(day => day.map(one => one.kind))).toEqual([["manager"], ["hired", "department"]]);
  });
});

describe("the departments", () => {
  const department = (id: string, parentId?: string): Department => ({
    id,
    name: id,
    members: 0,
    version: 1,
    ...(parentId && { parentId }),
  });

  it("stand below what they are part of", () => {
    const tree = asTree([department("a"), department("c", "b"), department("b", "a"), department("d")]);
    expect(tree.map(one => [one.id, one.level])).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 2],
      ["d", 0],
    ]);
  });

  it("are not lost when what they are part of is not there", () => {
    expect(asTree([department("a", "gone")]).map(one => one.level)).toEqual([0]);
  });
});

describe("a refused import", () => {
  it("is told by row and column", () => {
    const problem = new Problem({
      status: 422,
      errors: [
        { location: "body.rows[12].email", message: "is taken" },
        { location: "body", message: "is too large" },
      ],
    });
    expect(problemsOf(problem)).toEqual([
      { row: 12, column: "email", message: "is taken" },
      { message: "is too large" },
    ]);
  });
});

describe("a place", () => {
  it("leaves out what is none", () => {
    const values = { departmentId: "1", positionId: "", locationId: "", managerId: "2" };
    expect(placeBody(values)).toEqual({ departmentId: "1", managerId: "2" });
  });
});
