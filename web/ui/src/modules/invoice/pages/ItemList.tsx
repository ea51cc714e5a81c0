import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { type Item, useItems, useTaxRates } from "../api.ts";
import { ExportButton } from "../components/ExportButton.tsx";
import { ItemDialog } from "../components/ItemDialog.tsx";

export default function ItemList() {
  const t = useWords("invoice");
  const format = useFormat();
  const mayEdit = useCan("invoice:setup");
  const [filters, setFilters, clear] = useUrlState({ q: "", archived: "", sort: "name" });
  const [editing, setEditing] = useState<Item | "new" | undefined>();
  const list = useItems(filters);
  const rates = useTaxRates();
  const columns: Column<Item>[] = [
    { id: "name", header: t("item.name"), cell: row => row.name, sort: "name" },
    { id: "code", header: t("item.code"), cell: row => row.code, width: 140, sort: "code" },
    { id: "unit", header: t("item.unit"), cell: row => row.unit || "–", width: 90 },
    {
      id: "tax",
      header: t("item.taxRate"),
      cell: row => rates.data?.find(rate => rate.id === row.taxRateId)?.name ?? "–",
      width: 170,
    },
    {
      id: "price",
      header: t("item.unitPrice"),
      cell: row => format.money(row.unitPrice, row.currency),
      width: 140,
      align: "right",
    },
  ];
  const filtered = filters.q !== "" || filters.archived !== "";
  const add = mayEdit && (
    <Button variant="primary" icon="plus" onClick={() => setEditing("new")}>
      {t("item.new")}
    </Button>
  );
  return (
    <Page
      title={t("item.list")}
      fill
      actions={
        <>
          <ExportButton list="items" filters={filters} />
          {add}
        </>
      }
    >
      <FilterBar
        search={{ value: filters.q, onChange: q => setFilters({ q }), placeholder: t("item.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("item.count", { count: list.total ?? 0, shown: count })}
      >
        <FilterSelect
          label={t("field.archived")}
          value={filters.archived}
          onChange={archived => setFilters({ archived })}
          options={[{ value: "yes", label: t("field.archivedOnly") }]}
        />
      </FilterBar>
      <DataTable
        label={t("item.list")}
        list={list}
        columns={columns}
        rowKey={row => row.id}
        onOpen={mayEdit ? setEditing : undefined}
        card={row => ({ title: row.name, end: format.money(row.unitPrice, row.currency), line: row.code })}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("item.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState icon="box" title={t("item.none")} actions={add}>
              {t("item.noneText")}
            </EmptyState>
          )
        }
      />
      {editing && (
        <ItemDialog
          item={editing === "new" ? undefined : editing}
          rates={rates.data ?? []}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  );
}
