import { useWords } from "@/lib/i18n.ts";
import type { Problem } from "@/lib/problem.ts";
import { Card } from "@/ui/Card.tsx";
import type { ImportResult } from "../api.ts";
import styles from "./ImportProblems.module.css";

export type RowProblem = NonNullable<ImportResult["problems"]>[number];

/** "rows.12.email" of a refusal, as row and column. */
export function problemsOf(problem: Problem): RowProblem[] {
  return problem.fields.map(({ path, message }) => {
    const [, row, column] = /^rows\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
    return { message, ...(row ? { row: Number(row) } : {}), ...(column ? { column } : {}) };
  });
}

/** What is wrong with a file, by row and column, as its spreadsheet numbers them. */
export function ImportProblems({ problems, count }: { problems: RowProblem[]; count: number }) {
  const t = useWords("employee");
  return (
    <Card flush title={t("import.problems", { count })} note={t("import.nothingDone")}>
      <table className={styles.problems}>
        <thead>
          <tr>
            <th scope="col">{t("import.row")}</th>
            <th scope="col">{t("import.column")}</th>
            <th scope="col">{t("import.message")}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map((one, index) => (
            <tr key={`${one.row}-${one.column}-${index}`}>
              <td>{one.row ?? "–"}</td>
              <td>{one.column ?? "–"}</td>
              <td>{one.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > problems.length && (
        <p className={styles.more}>{t("import.moreProblems", { count: count - problems.length })}</p>
      )}
    </Card>
  );
}
