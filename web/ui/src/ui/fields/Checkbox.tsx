import { type ReactNode, useId } from "react";
import { classes } from "../classes.ts";
import { Icon, type IconName } from "../Icon.tsx";
import styles from "./fields.module.css";

export interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  hint?: ReactNode;
  /** Shows the box alone; the label is for screen readers (rows of a table). */
  hideLabel?: boolean;
  indeterminate?: boolean;
  disabled?: boolean;
  name?: string;
}

function Box({ role, ...props }: CheckboxProps & { role?: "switch" }) {
  const hint = useId();
  return (
    <label className={classes(styles.check, props.hideLabel && styles.bare)}>
      <input
        type="checkbox"
        role={role}
        checked={props.checked}
        disabled={props.disabled}
        data-field={props.name}
        aria-describedby={props.hint ? hint : undefined}
        ref={element => {
          if (element) element.indeterminate = Boolean(props.indeterminate);
        }}
        onChange={event => props.onChange(event.target.checked)}
      />
      <span className={props.hideLabel ? "visually-hidden" : undefined}>
        {props.label}
        {props.hint && (
          <span className={styles.cardNote} id={hint}>
            {props.hint}
          </span>
        )}
      </span>
    </label>
  );
}

export function Checkbox(props: CheckboxProps) {
  return <Box {...props} />;
}

/** For what takes effect at once. */
export function Switch(props: CheckboxProps) {
  return <Box {...props} role="switch" />;
}

export interface Choice {
  value: string;
  label: string;
  note?: string;
  icon?: IconName;
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: Choice[];
  name?: string;
}

/** A few ways to go on, each with a sentence. */
export function RadioCards({
  label,
  value,
  onChange,
  options,
  name,
  columns = 1,
}: ChoiceProps & { columns?: number }) {
  const group = useId();
  return (
    <fieldset
      className={styles.cards}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      data-field={name}
    >
      <legend>{label}</legend>
      {options.map(option => (
        <label key={option.value} className={classes(styles.check, styles.card)}>
          <input
            type="radio"
            name={group}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <strong>{option.label}</strong>
            {option.note && <span className={styles.cardNote}>{option.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Two to five short choices in one bar: a view, a period. */
export function Segments({ label, value, onChange, options }: ChoiceProps) {
  const group = useId();
  return (
    <div className={styles.segments} role="radiogroup" aria-label={label}>
      {options.map(option => (
        <label key={option.value}>
          <input
            type="radio"
            name={group}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.icon && <Icon name={option.icon} size={16} />}
          {option.label}
        </label>
      ))}
    </div>
  );
}
