import { isProblem, type Problem } from "@/lib/problem.ts";

/** What the server said no to, in the shape of a form's summary, and by line of the editor. */
export interface Refusal {
  summary: { path: string; message: string }[];
  problem: Problem | Error | undefined;
  attempt: number;
  /** "quantity: must not be zero" by row. */
  lines: Record<number, string>;
}

/** rows says in which row of the editor each sent line stands, label how people call a field of it. */
export function refusalOf(
  error: unknown,
  rows: number[],
  attempt: number,
  label: (cell: string, row: number) => string,
): Refusal {
  if (!isProblem(error)) {
    return {
      summary: [],
      problem: error instanceof Error ? error : new Error(String(error)),
      attempt,
      lines: {},
    };
  }
  const lines: Record<number, string> = {};
  const summary = error.fields.map(({ path, message }) => {
    const field = { path: path.replace(/^draft\./, ""), message }; // of a recurring invoice
    const found = /^lines\.(\d+)\.(\w+)/.exec(field.path);
    const row = found ? rows[Number(found[1])] : undefined;
    if (!found || row === undefined) return field;
    const cell = { adjustments: "discount", tax: "taxRateId" }[found[2] ?? ""] ?? found[2] ?? "";
    lines[row] = [lines[row], `${cell}: ${field.message}`].filter(Boolean).join("; ");
    return { path: `lines.${row}.${cell}`, message: `${label(cell, row)}: ${field.message}` };
  });
  return { summary, problem: error, attempt, lines };
}
