import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan, useScope } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { HandoverBadge } from "../components/handover/HandoverBadge.tsx";
import { type HandoverRow, useHandovers } from "../handovers.ts";

const states: HandoverRow["state"][] = ["open", "confirmed", "refused", "closed"];

/** Who was handed what, or gave it back, and who has not confirmed it yet. */
export default function HandoverList() {
  const t = useWords("asset");
  const mayWrite = useCan("handover:write");
  const onlyOwn = useScope("handover:read") === "own";
  const [filters, setFilters, clear] = useUrlState({ state: "", kind: "", personId: "", assetId: "" });
  const list = useHandovers(filters);
  const filtered = Object.values(filters).some(value => value !== "");
  const columns = useColumns(onlyOwn);
  const first = list.rows[0];
  const drawUp = mayWrite && (
    <Button variant="primary" icon="plus" href="/assets/handovers/new">
      {t("handover.new")}
    </Button>
  );
  return (
    <Page title={t("handover.title")} fill actions={drawUp}>
      <FilterBar active={filtered} onClear={clear}>
        <FilterSelect
          label={t("handover.stateTitle")}
          value={filters.state}
          onChange={state => setFilters({ state })}
          options={states.map(value => ({ value, label: t(`handover.state.${value}`) }))}
        />
        <FilterSelect
          label={t("handover.kindTitle")}
          value={filters.kind}
          onChange={kind => setFilters({ kind })}
          options={["handover", "return"].map(value => ({ value, label: t(`handover.kind.${value}`) }))}
        />
        {filters.personId && (
          <FilterSelect
            label={t("handover.person")}
            value={filters.personId}
            onChange={personId => setFilters({ personId })}
            options={[{ value: filters.personId, label: first?.personName ?? t("list.onePerson") }]}
          />
        )}
        {filters.assetId && (
          <FilterSelect
            label={t("handover.asset")}
            value={filters.assetId}
            onChange={assetId => setFilters({ assetId })}
            options={[{ value: filters.assetId, label: t("handover.oneAsset") }]}
          />
        )}
      </FilterBar>
      <DataTable
        label={t("handover.title")}
        list={list}
        rowKey={row => row.id}
        href={row => `/assets/handovers/${row.id}`}
        columns={columns}
        card={row => ({
          title: `${row.number} · ${onlyOwn ? t(`handover.kind.${row.kind}`) : row.personName}`,
          end: <HandoverBadge state={row.state} />,
          line: <Things row={row} />,
          lineEnd: <Day row={row} />,
        })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("handover.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState icon="edit" title={t("handover.none")} actions={drawUp}>
              {t(mayWrite ? "handover.noneText" : "handover.noneOwn")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function useColumns(onlyOwn: boolean): Column<HandoverRow>[] {
  const t = useWords("asset");
  return [
    { id: "number", header: t("handover.number"), cell: row => row.number, width: 90 },
    ...(onlyOwn
      ? []
      : [
          {
            id: "person",
            header: t("handover.person"),
            cell: (row: HandoverRow) => row.personName,
            width: 200,
          },
        ]),
    { id: "things", header: t("handover.things"), cell: row => <Things row={row} /> },
    { id: "kind", header: t("handover.kindTitle"), cell: row => t(`handover.kind.${row.kind}`), width: 110 },
    {
      id: "state",
      header: t("handover.stateTitle"),
      cell: row => <HandoverBadge state={row.state} />,
      width: 130,
    },
    { id: "on", header: t("handover.on"), cell: row => <Day row={row} />, width: 120 },
  ];
}

function Things({ row }: { row: HandoverRow }) {
  const t = useWords("asset");
  return t("handover.firstOf", { count: row.assets, first: row.first, rest: row.assets - 1 });
}

function Day({ row }: { row: HandoverRow }) {
  return useFormat().date(row.on);
}
