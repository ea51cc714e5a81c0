import { useCallback, useLayoutEffect, useMemo, useRef } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import type { Item, TaxRate } from "../api.ts";
import type { DraftLine } from "../draft.ts";
import type { Edit } from "../editing.ts";
import styles from "./invoice.module.css";
import { focusLine, LineRow } from "./LineRow.tsx";

interface LineTableProps {
  lines: DraftLine[];
  amounts: string[];
  rates: TaxRate[];
  problems: Record<number, string>;
  locale: string;
  onChange: (at: number, change: Partial<DraftLine>) => void;
  onEdit: (edit: Edit) => void;
}

/** The lines as a table that is written by keyboard: Enter goes on, Backspace in an empty line takes it away. */
export function LineTable({ lines, amounts, rates, problems, locale, onChange, onEdit }: LineTableProps) {
  const t = useWords("invoice");
  const usable = useMemo(() => rates.filter(rate => !rate.archived), [rates]);
  const fallback = usable.find(rate => rate.default)?.id ?? usable[0]?.id ?? "";
  const wanted = useRef(-1);
  const count = useRef(lines.length);
  count.current = lines.length;
  useLayoutEffect(() => {
    if (wanted.current >= 0 && focusLine(wanted.current)) wanted.current = -1;
  });
  const onItem = useCallback((at: number, item: Item) => onEdit({ at, item, locale }), [onEdit, locale]);
  const onRemove = useCallback(
    (at: number) => onEdit({ remove: at, taxRateId: fallback }),
    [onEdit, fallback],
  );
  const onNext = useCallback(
    (at: number) => {
      if (at + 1 < count.current) {
        focusLine(at + 1);
        return;
      }
      wanted.current = at + 1;
      onEdit({ addAfter: at, taxRateId: fallback });
    },
    [onEdit, fallback],
  );
  return (
    <div>
      <div className={styles.heads} aria-hidden="true">
        <div />
        <div>{t("line.description")}</div>
        <div className={styles.right}>{t("line.quantity")}</div>
        <div>{t("line.unit")}</div>
        <div className={styles.right}>{t("line.unitPrice")}</div>
        <div className={styles.right}>{t("line.discount")}</div>
        <div>{t("line.taxRateId")}</div>
        <div className={styles.right}>{t("line.amount")}</div>
        <div />
      </div>
      <ol className={styles.lines} aria-label={t("field.lines")}>
        {lines.map((line, at) => (
          <LineRow
            key={line.key}
            line={line}
            at={at}
            amount={amounts[at] ?? ""}
            rates={usable}
            problems={problems[at] ?? ""}
            onChange={onChange}
            onItem={onItem}
            onRemove={onRemove}
            onNext={onNext}
          />
        ))}
      </ol>
      <div style={{ padding: "6px 8px" }}>
        <Button variant="quiet" icon="plus" onClick={() => onNext(lines.length - 1)}>
          {t("line.add")}
        </Button>
      </div>
    </div>
  );
}
