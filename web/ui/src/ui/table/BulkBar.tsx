import { type ReactNode, useMemo, useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "../Button.tsx";
import styles from "./DataTable.module.css";

/** What is selected, by row key. Make one with `useSelection()`. */
export interface Selection {
  keys: ReadonlySet<string>;
  toggle: (key: string) => void;
  setAll: (keys: string[]) => void;
  clear: () => void;
}

export function useSelection(): Selection {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      keys,
      toggle: key => {
        setKeys(before => {
          const next = new Set(before);
          if (!next.delete(key)) next.add(key);
          return next;
        });
      },
      setAll: all => setKeys(new Set(all)),
      clear: () => setKeys(new Set()),
    }),
    [keys],
  );
}

export function BulkBar({ selection, actions }: { selection: Selection; actions: ReactNode }) {
  const t = useWords("ui");
  const format = useFormat();
  return (
    <div className={styles.bulk}>
      <span aria-live="polite">
        {t("table.selected", { count: selection.keys.size, shown: format.number(selection.keys.size) })}
      </span>
      {actions}
      <Button size="sm" variant="quiet" onClick={selection.clear}>
        {t("table.clearSelection")}
      </Button>
    </div>
  );
}
