import { useState } from "react";
import { addDays, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { useSelection } from "@/ui/table/BulkBar.tsx";
import { ColumnChooser, useColumns } from "@/ui/table/ColumnChooser.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { toast } from "@/ui/toast.ts";
import {
  type AssetRow,
  exportAddress,
  type Place,
  useAssets,
  useCategories,
  usePlaces,
  useReturnMany,
} from "../api.ts";
import styles from "../components/asset.module.css";
import { LabelDialog } from "../components/LabelDialog.tsx";
import { MoveDialog } from "../components/MoveDialog.tsx";
import { StatusBadge, statuses } from "../components/StatusBadge.tsx";

const none = {
  q: "",
  status: "",
  categoryId: "",
  locationId: "",
  holderId: "",
  warrantyUntil: "",
  sort: "tag",
};

/** Everything the company owns, as far as the person may see. */
export default function AssetList() {
  const t = useWords("asset");
  const mayRegister = useCan("asset:register");
  const mayImport = useCan("asset:import");
  const mayExport = useCan("asset:export");
  const maySetUp = useCan("asset:configure");
  const [filters, setFilters, clear] = useUrlState(none);
  const list = useAssets(filters);
  const categories = useCategories();
  const places = usePlaces();
  const selection = useSelection();
  const columns = useAssetColumns(places.list);
  const { q, status, categoryId, locationId, holderId, warrantyUntil } = filters;
  const filtered = [q, status, categoryId, locationId, holderId, warrantyUntil].some(value => value !== "");
  const holder = holderId
    ? (list.rows.find(row => row.holderId === holderId)?.holderName ?? t("list.onePerson"))
    : "";
  const add = mayRegister && (
    <Button variant="primary" icon="plus" href="/assets/new">
      {t("list.new")}
    </Button>
  );
  return (
    <Page
      title={t("list.title")}
      fill
      actions={
        <>
          {(mayImport || mayExport || maySetUp) && (
            <Menu
              trigger={<IconButton icon="more" label={t("list.more")} variant="default" />}
              items={[
                mayExport && { label: t("list.export"), icon: "download", href: exportAddress(filters) },
                mayImport && { label: t("list.import"), icon: "upload", href: "/assets/import" },
                maySetUp && { label: t("list.setup"), icon: "settings", href: "/assets/setup" },
              ]}
            />
          )}
          {add}
        </>
      }
    >
      <FilterBar
        search={{ value: q, onChange: value => setFilters({ q: value }), placeholder: t("list.search") }}
        active={filtered}
        onClear={clear}
        total={list.total}
        totalCapped={list.totalCapped}
        totalLabel={count => t("list.count", { count: list.total ?? 0, shown: count })}
        end={<ColumnChooser columns={columns} />}
      >
        <FilterSelect
          label={t("field.status")}
          value={status}
          onChange={value => setFilters({ status: value })}
          options={statuses.map(value => ({ value, label: t(`status.${value}`) }))}
        />
        <FilterSelect
          label={t("field.category")}
          value={categoryId}
          onChange={value => setFilters({ categoryId: value })}
          options={categories.list.map(one => ({ value: one.id, label: one.name }))}
        />
        <FilterSelect
          label={t("field.location")}
          value={locationId}
          onChange={value => setFilters({ locationId: value })}
          options={places.list.map(one => ({ value: one.id, label: one.path }))}
        />
        <FilterSelect
          label={t("field.warranty")}
          value={warrantyUntil}
          onChange={value => setFilters({ warrantyUntil: value })}
          options={warrantyOptions(warrantyUntil).map(day => ({
            value: day,
            label: t("list.warrantyEnds", { count: daysTo(day) }),
          }))}
        />
        {holderId && (
          <FilterSelect
            label={t("field.holder")}
            value={holderId}
            onChange={value => setFilters({ holderId: value })}
            options={[{ value: holderId, label: holder }]}
          />
        )}
      </FilterBar>
      {(list.first?.degraded?.length ?? 0) > 0 && <Callout tone="amber">{t("list.degraded")}</Callout>}
      <DataTable
        label={t("list.title")}
        list={list}
        columns={columns.all}
        shown={columns.shown}
        rowKey={row => row.id}
        href={row => `/assets/${row.id}`}
        card={row => ({
          title: `${row.tag} ${row.name}`,
          end: <StatusBadge status={row.status} sale={Boolean(row.saleId)} />,
          line: row.holderName ?? row.location ?? row.category,
          lineEnd: <CardCost row={row} />,
        })}
        sort={filters.sort}
        onSort={sort => setFilters({ sort })}
        selection={selection}
        bulk={
          <Bulk
            rows={list.rows.filter(row => selection.keys.has(row.id))}
            ids={[...selection.keys]}
            onDone={selection.clear}
          />
        }
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t("list.noneFound")}
              actions={<Button onClick={clear}>{t("list.clear")}</Button>}
            />
          ) : (
            <EmptyState
              icon="laptop"
              title={t("list.none")}
              actions={
                <>
                  {mayImport && (
                    <Button icon="upload" href="/assets/import">
                      {t("list.import")}
                    </Button>
                  )}
                  {add}
                </>
              }
            >
              {t(mayRegister ? "list.noneText" : "list.noneOwn")}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function useAssetColumns(places: Place[]) {
  const t = useWords("asset");
  const format = useFormat();
  const day = (value: string | undefined) => (value ? format.date(value) : "–");
  const paths = new Map(places.map(place => [place.id, place.path]));
  const all: Column<AssetRow>[] = [
    {
      id: "tag",
      header: t("field.tag"),
      cell: row => <span className="tabular">{row.tag}</span>,
      width: 100,
      sort: "tag",
    },
    { id: "name", header: t("field.name"), cell: row => row.name, sort: "name" },
    {
      id: "status",
      header: t("field.status"),
      cell: row => <StatusBadge status={row.status} sale={Boolean(row.saleId)} />,
      width: 112,
    },
    {
      id: "holder",
      header: t("field.holder"),
      cell: row => <HolderCell row={row} />,
      width: 196,
      sort: "holder",
    },
    { id: "category", header: t("field.category"), cell: row => row.category, width: 140, optional: true },
    {
      id: "location",
      header: t("field.location"),
      cell: row => paths.get(row.locationId ?? "") ?? row.location ?? "–",
      width: 160,
    },
    {
      id: "cost",
      header: t("field.cost"),
      cell: row => format.money(row.cost, row.currency),
      width: 108,
      align: "right",
      sort: "cost",
    },
    {
      id: "purchased",
      header: t("field.purchasedOn"),
      cell: row => day(row.purchasedOn),
      width: 112,
      sort: "purchasedOn",
    },
    {
      id: "warranty",
      header: t("field.warrantyUntil"),
      cell: row => day(row.warrantyUntil),
      width: 125,
      sort: "warrantyUntil",
      optional: true,
    },
    { id: "serial", header: t("field.serial"), cell: row => row.serial ?? "–", width: 130, optional: true },
    { id: "model", header: t("field.model"), cell: row => row.model ?? "–", width: 120, optional: true },
    {
      id: "supplier",
      header: t("field.supplier"),
      cell: row => row.supplier ?? "–",
      width: 150,
      optional: true,
    },
    {
      id: "updated",
      header: t("field.updated"),
      cell: row => format.relative(row.updatedAt),
      width: 130,
      sort: "updatedAt",
      optional: true,
    },
  ];
  return useColumns("asset.list", all);
}

function HolderCell({ row }: { row: AssetRow }) {
  const t = useWords("asset");
  if (!row.holderName) return <span className="dimmed">–</span>;
  return (
    <span className="truncate">
      {row.status === "reserved" ? t("list.reservedFor", { name: row.holderName }) : row.holderName}
      {row.holderDepartment && <span className={styles.aside}>{row.holderDepartment}</span>}
    </span>
  );
}

function CardCost({ row }: { row: AssetRow }) {
  const format = useFormat();
  return format.money(row.cost, row.currency);
}

/** What can be done with several at once. */
function Bulk({ rows, ids, onDone }: { rows: AssetRow[]; ids: string[]; onDone: () => void }) {
  const t = useWords("asset");
  const mayRegister = useCan("asset:register");
  const mayAssign = useCan("asset:assign");
  const [open, setOpen] = useState<"move" | "labels" | undefined>();
  useShortcuts(
    mayRegister ? [{ keys: "mod+Enter", run: () => setOpen("move"), always: true }] : [],
    open === undefined,
  );
  const held = rows.filter(row => row.status === "assigned").map(row => row.id);
  const giveBack = useReturnMany(count => {
    toast(t("return.manyDone", { count }));
    onDone();
  });
  return (
    <>
      {mayRegister && (
        <Button size="sm" icon="pin" onClick={() => setOpen("move")}>
          {t("bulk.move")}
        </Button>
      )}
      <Button size="sm" icon="qr" onClick={() => setOpen("labels")}>
        {t("bulk.labels")}
      </Button>
      {mayAssign && held.length > 0 && (
        <Button
          size="sm"
          icon="undo"
          loading={giveBack.busy}
          onClick={() =>
            void giveBack
              .submitAsync(held)
              .catch((error: unknown) =>
                toast(isProblem(error) ? error.message : t("failed"), { tone: "red" }),
              )
          }
        >
          {t("bulk.return", { count: held.length })}
        </Button>
      )}
      {open === "move" && <MoveDialog ids={ids} onClose={() => setOpen(undefined)} onMoved={onDone} />}
      {open === "labels" && <LabelDialog ids={ids} onClose={() => setOpen(undefined)} />}
    </>
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
