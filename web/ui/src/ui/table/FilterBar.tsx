import { type ReactNode, useEffect, useRef, useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { Button } from "../Button.tsx";
import type { Option } from "../fields/Select.tsx";
import { TextField } from "../fields/TextField.tsx";
import { Icon } from "../Icon.tsx";
import { KeyHint } from "../KeyHint.tsx";
import styles from "./FilterBar.module.css";

export interface FilterBarProps {
  /** The text search; `/` goes there. */
  search?: { value: string; onChange: (value: string) => void; placeholder: string };
  /** FilterSelects. */
  children?: ReactNode;
  /** Shows the button that lifts all filters. */
  active?: boolean;
  onClear?: () => void;
  total?: number | undefined;
  totalCapped?: boolean;
  /** "{{count}} assets", from the module's words. */
  totalLabel?: (count: string) => string;
  /** At the right: column chooser, view switch. */
  end?: ReactNode;
}

/** Above a list: search, filters, how many there are. All of it lives in the address. */
export function FilterBar(props: FilterBarProps) {
  const { search, children, active, onClear, total, totalCapped, totalLabel, end } = props;
  const t = useWords("ui");
  const format = useFormat();
  const count = total === undefined ? undefined : `${format.number(total)}${totalCapped ? "+" : ""}`;
  return (
    <div className={`${styles.bar} no-print`} role="search">
      {search && <SearchInput {...search} />}
      {children}
      {active && onClear && (
        <Button variant="quiet" icon="close" onClick={onClear}>
          {t("filter.clear")}
        </Button>
      )}
      <div className={styles.total}>
        <span aria-live="polite">{count !== undefined && totalLabel?.(count)}</span>
        {end}
      </div>
    </div>
  );
}

/** Waits until the person stops typing, then changes the address. */
function SearchInput({
  value,
  onChange,
  placeholder,
}: {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
}) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const input = useRef<HTMLInputElement>(null);
  const t = useWords("ui");

  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the typed text starts the wait
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      onChange(typed.trim());
    }, 200);
    return () => clearTimeout(timer);
  }, [typed]);
  useShortcuts([{ keys: "/", run: () => input.current?.select() }]);

  return (
    <TextField
      className={styles.search ?? ""}
      ref={input}
      label={placeholder}
      hideLabel
      icon="search"
      value={typed}
      onChange={setTyped}
      placeholder={placeholder}
      maxLength={200}
      onKeyDown={event => {
        if (event.key === "Enter") document.querySelector<HTMLElement>("[data-row-link]")?.focus();
        if (event.key !== "Escape") return;
        if (typed) setTyped("");
        else input.current?.blur();
      }}
      after={
        typed ? (
          <Button size="sm" variant="quiet" onClick={() => setTyped("")} aria-label={t("filter.clearSearch")}>
            ×
          </Button>
        ) : (
          <KeyHint keys="/" />
        )
      }
    />
  );
}

export interface FilterSelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: Option[];
}

/** One filter as a small button that says what it is set to; "" is any. */
export function FilterSelect({ label, value, onChange, options }: FilterSelectProps) {
  const t = useWords("ui");
  const chosen = options.find(option => option.value === value);
  return (
    <span className={styles.filter} data-on={value !== "" || undefined}>
      <span className={styles.filterName} aria-hidden="true">
        {label}
        {chosen && ":"}
      </span>
      {chosen && (
        <span className={`${styles.filterValue} truncate`} aria-hidden="true">
          {chosen.label}
        </span>
      )}
      <Icon name="chevron-down" size={14} />
      <select
        className={styles.native}
        aria-label={label}
        value={value}
        onChange={event => onChange(event.target.value)}
      >
        <option value="">{t("filter.any")}</option>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
