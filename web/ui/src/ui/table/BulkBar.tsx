import { type ReactNode, useMemo, useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button, TextButton } from "../Button.tsx";
import styles from "./DataTable.module.css";

/** What is selected, by row key. Make one with `useSelection()`. */
export interface Selection {
  keys: ReadonlySet<string>;
  /** Everything that the filters find, loaded or not. */
  everything: boolean;
  toggle: (key: string) => void;
  setAll: (keys: string[]) => void;
  /** Missing where actions know only the rows that are loaded. */
  takeEverything?: (() => void) | undefined;
  clear: () => void;
}

/** With what the filters are, as text, everything that they find can be selected; other filters end that. */
export function useSelection(filters?: string): Selection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const [taken, setTaken] = useState<string | undefined>();
  if (taken !== undefined && taken !== filters) setTaken(undefined);
  return useMemo(() => {
    const choose = (next: (before: ReadonlySet<string>) => ReadonlySet<string>) => {
      setKeys(next);
      setTaken(undefined);
    };
    return {
      keys,
      everything: filters !== undefined && taken === filters,
      toggle: key =>
        choose(before => {
          const next = new Set(before);
          if (!next.delete(key)) next.add(key);
          return next;
        }),
      setAll: all => choose(() => new Set(all)),
      takeEverything: filters === undefined ? undefined : () => setTaken(filters),
      clear: () => choose(() => new Set()),
    };
  }, [keys, taken, filters]);
}

interface BulkBarProps {
  selection: Selection;
  actions: ReactNode;
  /** How many the filters find, and how many of them are loaded. */
  total: number | undefined;
  totalCapped: boolean;
  loaded: number;
}

export function BulkBar({ selection, actions, total, totalCapped, loaded }: BulkBarProps) {
  const t = useWords("ui");
  const format = useFormat();
  const count = selection.everything ? (total ?? 0) : selection.keys.size;
  const all = `${format.number(total ?? 0)}${totalCapped ? "+" : ""}`;
  const more = selection.keys.size >= loaded && (total ?? 0) > loaded && !selection.everything;
  return (
    <div className={styles.bulk}>
      <span aria-live="polite">
        {t("table.selected", { count, shown: selection.everything ? all : format.number(count) })}
        {more && selection.takeEverything && (
          <>
            {" · "}
            <TextButton onClick={selection.takeEverything}>
              {t("table.selectMatching", { shown: all })}
            </TextButton>
          </>
        )}
      </span>
      {actions}
      <Button size="sm" variant="quiet" onClick={selection.clear}>
        {t("table.clearSelection")}
      </Button>
    </div>
  );
}
