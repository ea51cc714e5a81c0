import { addDays, addMonths, today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { FilterSelect } from "@/ui/table/FilterBar.tsx";

interface Period {
  from: string;
  to: string;
}

function periods(): Record<string, Period> {
  const day = today();
  const month = `${day.slice(0, 7)}-01`;
  const year = Number(day.slice(0, 4));
  const quarter = addMonths(month, -((Number(day.slice(5, 7)) - 1) % 3));
  const end = (first: string, months: number) => addDays(addMonths(first, months), -1);
  return {
    thisMonth: { from: month, to: end(month, 1) },
    lastMonth: { from: addMonths(month, -1), to: addDays(month, -1) },
    thisQuarter: { from: quarter, to: end(quarter, 3) },
    lastQuarter: { from: addMonths(quarter, -3), to: addDays(quarter, -1) },
    thisYear: { from: `${year}-01-01`, to: `${year}-12-31` },
    lastYear: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  };
}

/** The periods that people ask for, as one filter. */
export function PeriodFilter({ from, to, onChange }: Period & { onChange: (period: Period) => void }) {
  const t = useWords("invoice");
  const known = periods();
  const chosen = Object.keys(known).find(name => known[name]?.from === from && known[name]?.to === to) ?? "";
  return (
    <FilterSelect
      label={t("field.period")}
      value={chosen}
      onChange={name => onChange(known[name] ?? { from: "", to: "" })}
      options={Object.keys(known).map(value => ({ value, label: t(`period.${value}`) }))}
    />
  );
}
