import { type HTMLAttributes, type KeyboardEvent, type ReactNode, type Ref, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { classes } from "../classes.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { Field, type FieldProps } from "./Field.tsx";
import styles from "./fields.module.css";

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  type?: "text" | "email" | "tel" | "url" | "search" | "password";
  inputMode?: HTMLAttributes<HTMLInputElement>["inputMode"];
  autoComplete?: string;
  icon?: IconName;
  /** A unit or short text behind the input ("months", "%"). */
  after?: ReactNode;
  maxLength?: number;
  align?: "left" | "right";
  ref?: Ref<HTMLInputElement>;
  className?: string;
}

export function TextField(props: TextFieldProps) {
  const { value, onChange, onBlur, onKeyDown, type = "text", icon, after, align, ref } = props;
  return (
    <Field {...props}>
      {wiring => (
        <div
          className={styles.box}
          data-invalid={props.error ? true : undefined}
          data-disabled={props.disabled || undefined}
        >
          {icon && (
            <span className={styles.before}>
              <Icon name={icon} size={16} />
            </span>
          )}
          <input
            {...wiring}
            ref={ref}
            className={classes(styles.input, align === "right" && styles.right)}
            type={type}
            name={props.name}
            value={value}
            onChange={event => onChange(event.target.value)}
            onBlur={onBlur}
            onKeyDown={onKeyDown}
            placeholder={props.placeholder}
            disabled={props.disabled}
            inputMode={props.inputMode}
            autoComplete={props.autoComplete ?? "off"}
            maxLength={props.maxLength}
            // biome-ignore lint/a11y/noAutofocus: the first field of a dialog that the person just opened
            autoFocus={props.autoFocus}
            data-autofocus={props.autoFocus || undefined}
          />
          {after && <span className={styles.after}>{after}</span>}
        </div>
      )}
    </Field>
  );
}

/** A password with an eye to look at it. */
export function PasswordField(props: Omit<TextFieldProps, "type" | "after">) {
  const [shown, setShown] = useState(false);
  const t = useWords("ui");
  return (
    <TextField
      {...props}
      type={shown ? "text" : "password"}
      after={
        <button
          type="button"
          className={styles.clear}
          onClick={() => setShown(!shown)}
          aria-label={t(shown ? "field.hidePassword" : "field.showPassword")}
          aria-pressed={shown}
        >
          <Icon name={shown ? "eye-off" : "eye"} size={16} />
        </button>
      }
    />
  );
}

export function TextArea(props: Omit<TextFieldProps, "type" | "after" | "icon" | "ref"> & { rows?: number }) {
  return (
    <Field {...props}>
      {wiring => (
        <div
          className={styles.box}
          data-invalid={props.error ? true : undefined}
          data-disabled={props.disabled || undefined}
        >
          <textarea
            {...wiring}
            className={classes(styles.input, styles.area)}
            name={props.name}
            rows={props.rows ?? 3}
            value={props.value}
            onChange={event => props.onChange(event.target.value)}
            onBlur={props.onBlur}
            placeholder={props.placeholder}
            disabled={props.disabled}
            maxLength={props.maxLength}
          />
        </div>
      )}
    </Field>
  );
}
