import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useColumns } from "@/ui/table/ColumnChooser.tsx";
import type { Column } from "@/ui/table/DataTable.tsx";
import type { AssetRow, Place } from "../api.ts";
import styles from "./asset.module.css";
import { StatusBadge } from "./StatusBadge.tsx";

/** The columns of the list, and which of them are shown. */
export function useAssetColumns(places: Place[]) {
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

export function CardCost({ row }: { row: AssetRow }) {
  const format = useFormat();
  return format.money(row.cost, row.currency);
}
