import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { changeLook, useLook } from "@/lib/look.ts";
import { IconButton } from "../Button.tsx";
import { Menu } from "../Menu.tsx";
import type { Column } from "./DataTable.tsx";

/** Which columns a list shows, kept on this machine: `const columns = useColumns("asset.list", all)`. */
export function useColumns<T>(place: string, all: Column<T>[]) {
  const key = `erp.columns.${place}`;
  const usual = all.filter(column => !column.optional).map(column => column.id);
  const [shown, setShown] = useState<string[]>(() => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "null") as string[] | null;
      const known = kept?.filter(id => all.some(column => column.id === id));
      return known && known.length > 0 ? known : usual;
    } catch {
      return usual;
    }
  });
  const change = (next: string[]) => {
    setShown(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // shown until the page is left
    }
  };
  return {
    all,
    shown,
    toggle: (id: string) =>
      change(
        shown.includes(id)
          ? shown.filter(one => one !== id)
          : all.map(c => c.id).filter(c => c === id || shown.includes(c)),
      ),
    reset: () => change(usual),
  };
}

/** The menu at the end of a FilterBar: columns and density. */
export function ColumnChooser<T>({ columns }: { columns: ReturnType<typeof useColumns<T>> }) {
  const t = useWords("ui");
  const { density } = useLook();
  return (
    <Menu
      trigger={<IconButton icon="columns" label={t("table.columns")} />}
      items={[
        { heading: t("table.columns") },
        ...columns.all
          .filter((column, index) => index > 0 && column.header)
          .map(column => ({
            label: column.header,
            checked: columns.shown.includes(column.id),
            onSelect: () => columns.toggle(column.id),
          })),
        { label: t("table.resetColumns"), icon: "undo", onSelect: columns.reset },
        "divider",
        { heading: t("table.density") },
        ...(["compact", "normal", "comfortable"] as const).map(one => ({
          label: t(`table.${one}`),
          checked: density === one,
          onSelect: () => changeLook({ density: one }),
        })),
      ]}
    />
  );
}
