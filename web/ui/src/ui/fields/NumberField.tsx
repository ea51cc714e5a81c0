import { useState } from "react";
import { decimal, digitsOf, parseDecimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { classes } from "../classes.ts";
import { Field, type FieldProps } from "./Field.tsx";
import styles from "./fields.module.css";

export interface NumberFieldProps extends FieldProps {
  /** A decimal string ("1234.50"), or "" for none. What cannot be read stays as typed and is refused by `onChange("…")`. */
  value: string;
  onChange: (value: string) => void;
  digits?: number;
  /** A unit behind the number: "%", "months". */
  unit?: string;
  className?: string;
}

/** A number as the person writes it (1.234,5 or 1,234.5), kept as an exact decimal string. */
export function NumberField(props: NumberFieldProps) {
  const { value, onChange, digits, unit } = props;
  const format = useFormat();
  const t = useWords("ui");
  const [typed, setTyped] = useState<string | undefined>();
  const readable = value === "" || decimal.valid(value);
  const shown = typed ?? (readable && value !== "" ? format.number(value, digits) : value);
  const error = props.error ?? (readable || typed !== undefined ? undefined : t("field.notANumber"));
  return (
    <Field {...props} error={error}>
      {wiring => (
        <div
          className={styles.box}
          data-invalid={error ? true : undefined}
          data-disabled={props.disabled || undefined}
        >
          <input
            {...wiring}
            className={classes(styles.input, styles.right)}
            inputMode="decimal"
            autoComplete="off"
            name={props.name}
            value={shown}
            placeholder={props.placeholder}
            disabled={props.disabled}
            onFocus={event => event.target.select()}
            onChange={event => {
              setTyped(event.target.value);
              onChange(parseDecimal(event.target.value, format.locale) ?? event.target.value);
            }}
            onBlur={() => {
              setTyped(undefined);
              if (digits !== undefined && value !== "" && decimal.valid(value))
                onChange(decimal.round(value, digits));
            }}
          />
          {unit && <span className={classes(styles.after, styles.unit)}>{unit}</span>}
        </div>
      )}
    </Field>
  );
}

/** An amount in a currency, with the currency's own number of decimals. */
export function MoneyField({
  currency,
  ...props
}: Omit<NumberFieldProps, "digits" | "unit"> & { currency: string }) {
  return <NumberField {...props} digits={digitsOf(currency)} unit={currency} />;
}
