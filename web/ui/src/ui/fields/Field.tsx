import { type ReactNode, useId } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Icon } from "../Icon.tsx";
import styles from "./fields.module.css";

/** What every input of a form shares. `name` is the path in the request body: the error summary links to it. */
export interface FieldProps {
  label: string;
  /** Keeps the label for screen readers only, where the place says it (a filter, a cell). */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  name?: string;
  placeholder?: string;
  autoFocus?: boolean;
}

export interface Wiring {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
  "aria-required": true | undefined;
  "data-field": string | undefined;
  /** Where a dialog puts the focus when it opens. */
  "data-autofocus": true | undefined;
}

/** Label above, input, hint and error below, joined for screen readers. */
export function Field(props: FieldProps & { children: (wiring: Wiring) => ReactNode; className?: string }) {
  const { label, hideLabel, hint, error, required, name, children } = props;
  const own = useId();
  const t = useWords("ui");
  const described = [hint ? `${own}-hint` : "", error ? `${own}-error` : ""].filter(Boolean).join(" ");
  const wiring: Wiring = {
    id: own,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": described || undefined,
    "aria-required": required ? true : undefined,
    "data-field": name,
    "data-autofocus": props.autoFocus || undefined,
  };
  return (
    <div className={props.className ? `${styles.field} ${props.className}` : styles.field}>
      <label htmlFor={own} className={hideLabel ? "visually-hidden" : styles.label}>
        {label}
        {required === false && <span className={styles.optional}>{t("field.optional")}</span>}
        {required && (
          <span className={styles.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children(wiring)}
      {hint && (
        <div className={styles.hint} id={`${own}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <div className={styles.error} id={`${own}-error`}>
          <Icon name="error" size={14} />
          <span>{error}</span>
        </div>
      )}
    </div>
  );
}
