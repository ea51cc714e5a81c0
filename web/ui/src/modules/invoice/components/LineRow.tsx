import { type KeyboardEvent, memo, useId, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { IconButton } from "@/ui/Button.tsx";
import type { Item, TaxRate } from "../api.ts";
import type { DraftLine } from "../draft.ts";
import { ItemOffers, useItemOffers } from "./ItemSuggest.tsx";
import styles from "./invoice.module.css";

export interface LineRowProps {
  line: DraftLine;
  at: number;
  amount: string;
  rates: TaxRate[];
  problems: string;
  onChange: (at: number, change: Partial<DraftLine>) => void;
  onItem: (at: number, item: Item) => void;
  onRemove: (at: number) => void;
  /** Enter: to the next line, which is made when there is none. */
  onNext: (at: number) => void;
}

const cells = ["description", "quantity", "unit", "unitPrice", "discount", "taxRateId"] as const;
type Cell = (typeof cells)[number];

/** Moves the focus to the same field of another line. */
export function focusLine(at: number, cell: Cell = "description"): boolean {
  const input = document.querySelector<HTMLElement>(`[data-line="${at}"][data-cell="${cell}"]`);
  input?.focus();
  return input !== null && input !== undefined;
}

/** Moves the focus to the first line while that is empty, once a field that is just left has let it go. */
export function focusFirst(): void {
  setTimeout(() => {
    const input = document.querySelector<HTMLInputElement>('[data-line="0"][data-cell="description"]');
    if (input?.value === "") input.focus();
  }, 0);
}

/** One line of the editor: plain inputs, drawn again only when the line itself has changed. */
export const LineRow = memo(function LineRow(props: LineRowProps) {
  const { line, at, amount, rates, problems, onChange, onRemove, onNext } = props;
  const t = useWords("invoice");
  const describe = useId();
  const wrong = (cell: Cell) => problems.includes(`${cell}:`) || undefined;
  const keys = (cell: Cell) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      onNext(at);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && cell !== "taxRateId") {
      if (focusLine(at + (event.key === "ArrowDown" ? 1 : -1), cell)) event.preventDefault();
    } else if (event.key === "Backspace" && cell === "description" && line.description === "" && at > 0) {
      event.preventDefault();
      onRemove(at);
      focusLine(at - 1);
    }
  };
  const field = (cell: Exclude<Cell, "taxRateId">, right = false) => (
    <input
      className={right ? `${styles.input} ${styles.right}` : styles.input}
      name={`lines.${at}.${cell}`}
      data-field={`lines.${at}.${cell}`}
      data-line={at}
      data-cell={cell}
      aria-label={t("line.label", { field: t(`line.${cell}`), n: at + 1 })}
      aria-invalid={wrong(cell)}
      aria-describedby={problems ? describe : undefined}
      inputMode={right ? "decimal" : "text"}
      autoComplete="off"
      value={line[cell]}
      onFocus={event => event.target.select()}
      onChange={event => onChange(at, { [cell]: event.target.value })}
      onKeyDown={keys(cell)}
    />
  );
  return (
    <li className={styles.row}>
      <div className={styles.position}>{at + 1}</div>
      <div className={styles.describe} data-label={t("line.description")}>
        <Description {...props} keys={keys("description")} wrong={wrong("description")} />
        {problems && (
          <div className={styles.problem} id={describe}>
            {problems.replace(/\w+: /g, "")}
          </div>
        )}
      </div>
      <div data-label={t("line.quantity")}>{field("quantity", true)}</div>
      <div data-label={t("line.unit")}>{field("unit")}</div>
      <div data-label={t("line.unitPrice")}>{field("unitPrice", true)}</div>
      <div data-label={t("line.discount")}>{field("discount", true)}</div>
      <div data-label={t("line.taxRateId")}>
        <select
          className={styles.input}
          name={`lines.${at}.taxRateId`}
          data-field={`lines.${at}.taxRateId`}
          data-line={at}
          data-cell="taxRateId"
          aria-label={t("line.label", { field: t("line.taxRateId"), n: at + 1 })}
          aria-invalid={wrong("taxRateId")}
          value={line.taxRateId}
          onChange={event => onChange(at, { taxRateId: event.target.value })}
          onKeyDown={keys("taxRateId")}
        >
          {line.taxRateId === "" && <option value="">–</option>}
          {rates.map(rate => (
            <option key={rate.id} value={rate.id}>
              {rate.name}
            </option>
          ))}
        </select>
      </div>
      <div className={styles.amount} data-label={t("line.amount")}>
        {amount}
      </div>
      <div className={styles.remove}>
        <IconButton
          icon="trash"
          size="sm"
          label={t("line.remove", { n: at + 1 })}
          tabIndex={-1}
          onClick={() => onRemove(at)}
        />
      </div>
    </li>
  );
});

interface DescriptionProps extends LineRowProps {
  keys: (event: KeyboardEvent<HTMLElement>) => void;
  wrong: boolean | undefined;
}

/** Free text; while it is typed, the items that match are offered. */
function Description({ line, at, onChange, onItem, keys, wrong }: DescriptionProps) {
  const t = useWords("invoice");
  const list = useId();
  const [asking, setAsking] = useState(false);
  const { offers, at: marked, setAt } = useItemOffers(line.description, asking);
  const open = asking && offers.length > 0;
  const pick = (item: Item) => {
    setAsking(false);
    onItem(at, item);
    focusLine(at, "quantity");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const item = offers[marked];
    if (open && step !== 0) {
      event.preventDefault();
      setAt((marked + step + offers.length) % offers.length);
    } else if (open && event.key === "Enter" && item && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      pick(item);
    } else if (open && event.key === "Escape") {
      event.stopPropagation();
      setAsking(false);
    } else keys(event);
  };
  return (
    <>
      <input
        className={styles.input}
        name={`lines.${at}.description`}
        data-field={`lines.${at}.description`}
        data-line={at}
        data-cell="description"
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={open && marked >= 0 ? `${list}-${marked}` : undefined}
        aria-autocomplete="list"
        aria-label={t("line.label", { field: t("line.description"), n: at + 1 })}
        aria-invalid={wrong}
        placeholder={t("line.placeholder")}
        autoComplete="off"
        value={line.description}
        onChange={event => {
          setAsking(true);
          onChange(at, { description: event.target.value, itemId: "" });
        }}
        onBlur={() => setAsking(false)}
        onKeyDown={onKeyDown}
      />
      {open && <ItemOffers id={list} label={t("line.items")} offers={offers} at={marked} onPick={pick} />}
    </>
  );
}
