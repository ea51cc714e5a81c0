import type { ReactNode } from "react";
import { addDays, today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { type AssetFilters, type AssetRow, type Place, type useAssets, useCategories } from "../api.ts";
import { statuses } from "./StatusBadge.tsx";

interface AssetFilterBarProps {
  filters: AssetFilters;
  onChange: (change: Partial<AssetFilters>) => void;
  onClear: () => void;
  filtered: boolean;
  list: ReturnType<typeof useAssets>;
  places: Place[];
  end: ReactNode;
}

/** Above the list of assets: what it is narrowed to, and how many there are. */
export function AssetFilterBar(props: AssetFilterBarProps) {
  const { filters, onChange, onClear, filtered, list, places, end } = props;
  const t = useWords("asset");
  const categories = useCategories();
  const { q, status, categoryId, locationId, holderId, warrantyUntil } = filters;
  const nameOf = (row: AssetRow | undefined) => row?.holderName ?? t("list.onePerson");
  return (
    <FilterBar
      search={{ value: q, onChange: value => onChange({ q: value }), placeholder: t("list.search") }}
      active={filtered}
      onClear={onClear}
      total={list.total}
      totalCapped={list.totalCapped}
      totalLabel={count => t("list.count", { count: list.total ?? 0, shown: count })}
      end={end}
    >
      <FilterSelect
        label={t("field.status")}
        value={status}
        onChange={value => onChange({ status: value })}
        options={statuses.map(value => ({ value, label: t(`status.${value}`) }))}
      />
      <FilterSelect
        label={t("field.category")}
        value={categoryId}
        onChange={value => onChange({ categoryId: value })}
        options={categories.list.map(one => ({ value: one.id, label: one.name }))}
      />
      <FilterSelect
        label={t("field.location")}
        value={locationId}
        onChange={value => onChange({ locationId: value })}
        options={places.map(one => ({ value: one.id, label: one.path }))}
      />
      <FilterSelect
        label={t("field.warranty")}
        value={warrantyUntil}
        onChange={value => onChange({ warrantyUntil: value })}
        options={warrantyOptions(warrantyUntil).map(day => ({
          value: day,
          label: t("list.warrantyEnds", { count: daysTo(day) }),
        }))}
      />
      {holderId && (
        <FilterSelect
          label={t("field.holder")}
          value={holderId}
          onChange={value => onChange({ holderId: value })}
          options={[{ value: holderId, label: nameOf(list.rows.find(row => row.holderId === holderId)) }]}
        />
      )}
    </FilterBar>
  );
}

/** Thirty, ninety days and a year from now, and the day that stands in the address. */
function warrantyOptions(chosen: string): string[] {
  const days = [30, 90, 365].map(ahead => addDays(today(), ahead));
  return chosen && !days.includes(chosen) ? [chosen, ...days] : days;
}

function daysTo(day: string): number {
  return Math.round((Date.parse(day) - Date.parse(today())) / 86_400_000);
}
