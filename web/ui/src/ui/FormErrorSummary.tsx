import { useEffect, useRef } from "react";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { TextButton } from "./Button.tsx";
import type { Form } from "./form.ts";
import { RequestId } from "./States.tsx";
import styles from "./small.module.css";

/** Above the first field: all problems at once. It takes the focus, and each entry leads to its field. */
export function FormErrorSummary({ form }: { form: Form }) {
  const t = useWords("ui");
  const box = useRef<HTMLDivElement>(null);
  const problem = isProblem(form.problem) ? form.problem : undefined;
  const shown = form.summary.length > 0 || form.problem !== undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each refused attempt takes the focus again
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [form.attempt]);

  if (!shown) return null;
  return (
    <div className={styles.summary} ref={box} tabIndex={-1} role="alert">
      <h2>{title()}</h2>
      {problem && problem.status >= 400 && problem.status < 500 && form.summary.length === 0 && (
        <p>{problem.message}</p>
      )}
      {problem && problem.status >= 500 && <p>{t("form.kept")}</p>}
      {problem && problem.status >= 500 && problem.requestId && <RequestId id={problem.requestId} />}
      {form.summary.length > 0 && (
        <ul>
          {form.summary.map(entry => (
            <li key={`${entry.path}-${entry.message}`}>
              {fieldOf(entry.path) ? (
                <TextButton onClick={() => focusField(entry.path)}>
                  {sentence(entry.path, entry.message)}
                </TextButton>
              ) : (
                entry.message
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );

  function title(): string {
    if (problem?.offline) return t("error.offline.title");
    if (problem && problem.status >= 500) return t("error.failed.title");
    if (form.summary.length > 0) return t("form.wrong", { count: form.summary.length });
    return t("form.refused");
  }
}

/** "quantity" alone says little: the field's own label stands before the message. */
function sentence(path: string, message: string): string {
  const field = fieldOf(path);
  const id = field?.id;
  const label = id
    ? document.querySelector(`label[for="${CSS.escape(id)}"]`)?.firstChild?.textContent
    : undefined;
  return label ? `${label}: ${message}` : message;
}

function fieldOf(path: string): HTMLElement | null {
  if (!path) return null;
  return document.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`);
}

function focusField(path: string): void {
  const field = fieldOf(path);
  field?.scrollIntoView({ block: "center" });
  field?.focus();
}
