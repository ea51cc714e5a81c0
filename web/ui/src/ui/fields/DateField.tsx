import { Popover } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { addDays, addMonths, parseDay, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { IconButton } from "../Button.tsx";
import { Icon } from "../Icon.tsx";
import { Field, type FieldProps } from "./Field.tsx";
import styles from "./fields.module.css";

export interface DateFieldProps extends FieldProps {
  /** A civil day "2026-11-25", or "". */
  value: string;
  onChange: (value: string) => void;
  min?: string;
  max?: string;
  className?: string;
}

/** A day, typed in any usual way ("25.11.", "25/11/2026", "today", "+14") or picked from a month. */
export function DateField(props: DateFieldProps) {
  const { value, onChange } = props;
  const format = useFormat();
  const t = useWords("ui");
  const [typed, setTyped] = useState<string | undefined>();
  const [wrong, setWrong] = useState(false);
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const error = props.error ?? (wrong ? t("field.notADay") : undefined);
  const take = () => {
    if (typed === undefined) return;
    const day = typed.trim() === "" ? "" : parseDay(typed, format.locale);
    setWrong(day === undefined);
    if (day === undefined) return;
    setTyped(undefined);
    onChange(day);
  };
  const pick = (day: string) => {
    setTyped(undefined);
    setWrong(false);
    onChange(day);
    setOpen(false);
    input.current?.focus();
  };
  return (
    <Field {...props} error={error}>
      {wiring => (
        <Popover
          opened={open}
          onChange={setOpen}
          position="bottom-end"
          trapFocus
          returnFocus
          withRoles={false}
        >
          <Popover.Target>
            <div
              className={styles.box}
              data-invalid={error ? true : undefined}
              data-disabled={props.disabled || undefined}
            >
              <input
                {...wiring}
                ref={input}
                className={styles.input}
                autoComplete="off"
                name={props.name}
                value={typed ?? (/^\d{4}-\d\d-\d\d$/.test(value) ? format.date(value) : value)}
                placeholder={props.placeholder ?? t("field.dayExample", { example: format.date(today()) })}
                disabled={props.disabled}
                onFocus={event => event.target.select()}
                onChange={event => setTyped(event.target.value)}
                onBlur={take}
                onKeyDown={event => {
                  if (event.key === "Enter") take();
                  if (event.key === "ArrowDown" && event.altKey) setOpen(true);
                }}
              />
              <button
                type="button"
                className={styles.clear}
                aria-label={t("field.openCalendar", { label: props.label })}
                aria-expanded={open}
                aria-haspopup="dialog"
                disabled={props.disabled}
                onClick={() => setOpen(!open)}
              >
                <Icon name="calendar" size={16} />
              </button>
            </div>
          </Popover.Target>
          <Popover.Dropdown role="dialog" aria-label={props.label}>
            <Calendar value={value} min={props.min} max={props.max} onPick={pick} />
          </Popover.Dropdown>
        </Popover>
      )}
    </Field>
  );
}

interface CalendarProps {
  value: string;
  min?: string | undefined;
  max?: string | undefined;
  onPick: (day: string) => void;
}

const steps: Record<string, (day: string) => string> = {
  ArrowLeft: day => addDays(day, -1),
  ArrowRight: day => addDays(day, 1),
  ArrowUp: day => addDays(day, -7),
  ArrowDown: day => addDays(day, 7),
  PageUp: day => addMonths(day, -1),
  PageDown: day => addMonths(day, 1),
};

function Calendar({ value, min, max, onPick }: CalendarProps) {
  const format = useFormat();
  const t = useWords("ui");
  const [at, setAt] = useState(value || today());
  const grid = useRef<HTMLTableElement>(null);
  const weeks = weeksOf(at);
  const names = new Intl.DateTimeFormat(format.locale, { weekday: "short", timeZone: "UTC" });
  const title = new Intl.DateTimeFormat(format.locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = step(at);
    setAt(next);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
  };
  const refused = (day: string) => (min !== undefined && day < min) || (max !== undefined && day > max);
  return (
    <div className={styles.calendar}>
      <div className={styles.calendarHead}>
        <IconButton
          icon="chevron-left"
          size="sm"
          label={t("calendar.previous")}
          onClick={() => setAt(addMonths(at, -1))}
        />
        <span aria-live="polite">{title.format(new Date(`${at}T00:00:00Z`))}</span>
        <IconButton
          icon="chevron-right"
          size="sm"
          label={t("calendar.next")}
          onClick={() => setAt(addMonths(at, 1))}
        />
      </div>
      <table className={styles.days} ref={grid} onKeyDown={move}>
        <thead>
          <tr>
            {weeks[0]?.map(day => (
              <th key={day} scope="col">
                {names.format(new Date(`${day}T00:00:00Z`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={week[0]}>
              {week.map(day => (
                <td key={day}>
                  <button
                    type="button"
                    data-day={day}
                    data-today={day === today() || undefined}
                    data-other={day.slice(0, 7) !== at.slice(0, 7) || undefined}
                    data-autofocus={day === at || undefined}
                    tabIndex={day === at ? 0 : -1}
                    aria-pressed={day === value}
                    aria-label={format.date(day)}
                    disabled={refused(day)}
                    onClick={() => onPick(day)}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Six weeks from Monday, around the month of a day. */
function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const start = addDays(first, -weekday);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, column) => addDays(start, week * 7 + column)),
  );
}
