import { classes } from "../classes.ts";
import { Icon } from "../Icon.tsx";
import { Field, type FieldProps } from "./Field.tsx";
import styles from "./fields.module.css";

export interface Option {
  value: string;
  label: string;
  /** A second line in lists that have room for one. */
  note?: string | undefined;
  disabled?: boolean;
}

export interface SelectProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: Option[];
  /** What an empty value is called; without it a value must be chosen. */
  empty?: string | undefined;
  className?: string;
}

/** A short list to choose from, drawn by the browser: fast, known, and right on every phone. */
export function Select(props: SelectProps) {
  const { value, onChange, options, empty } = props;
  return (
    <Field {...props}>
      {wiring => (
        <div
          className={styles.box}
          data-invalid={props.error ? true : undefined}
          data-disabled={props.disabled || undefined}
        >
          <select
            {...wiring}
            className={classes(styles.input, styles.select)}
            name={props.name}
            value={value}
            onChange={event => onChange(event.target.value)}
            disabled={props.disabled}
          >
            {(empty !== undefined || value === "") && (
              <option value="">{empty ?? props.placeholder ?? ""}</option>
            )}
            {options.map(option => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <span className={styles.selectIcon}>
            <Icon name="selector" size={16} />
          </span>
        </div>
      )}
    </Field>
  );
}
