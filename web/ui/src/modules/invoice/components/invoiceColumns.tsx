import type { Format } from "@/lib/format.ts";
import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import type { CardContent, Column } from "@/ui/table/DataTable.tsx";
import type { InvoiceRow } from "../api.ts";
import { StatusBadge } from "./StatusBadge.tsx";

type Words = ReturnType<typeof useWords>;

/** A draft has no number yet: it says so. */
export function numberOf(row: { number?: string | undefined }, t: Words): string {
  return row.number || t("list.draft");
}

/** The columns of every list of invoices; without the customer on the customer's own page. */
export function useInvoiceColumns(withCustomer: boolean): Column<InvoiceRow>[] {
  const t = useWords("invoice");
  const format = useFormat();
  const dash = (day: string | undefined) => (day ? format.date(day) : "–");
  const customer: Column<InvoiceRow>[] = withCustomer
    ? [{ id: "customer", header: t("field.customer"), cell: row => row.customer || "–" }]
    : [];
  return [
    { id: "number", header: t("field.number"), cell: row => numberOf(row, t), width: 150 },
    ...customer,
    { id: "status", header: t("field.status"), cell: row => <StatusBadge status={row.status} />, width: 120 },
    {
      id: "issuedOn",
      header: t("field.issuedOn"),
      cell: row => dash(row.issuedOn),
      width: 112,
      sort: "issuedOn",
    },
    { id: "dueOn", header: t("field.dueOn"), cell: row => dash(row.dueOn), width: 112, sort: "dueOn" },
    {
      id: "reference",
      header: t("field.reference"),
      cell: row => row.reference || "–",
      width: 132,
      optional: true,
    },
    {
      id: "net",
      header: t("field.net"),
      cell: row => format.money(row.net, row.currency),
      width: 130,
      align: "right",
      optional: true,
    },
    {
      id: "gross",
      header: t("field.gross"),
      cell: row => format.money(row.gross, row.currency),
      width: 132,
      align: "right",
      sort: "gross",
    },
    {
      id: "due",
      header: t("field.due"),
      cell: row => (decimal.sign(row.due) === 0 ? "–" : format.money(row.due, row.currency)),
      width: 134,
      align: "right",
    },
    {
      id: "created",
      header: t("field.created"),
      cell: row => format.dateTime(row.createdAt),
      width: 160,
      sort: "created",
      optional: true,
    },
  ];
}

export function invoiceCard(row: InvoiceRow, t: Words, format: Format): CardContent {
  return {
    title: row.customer || numberOf(row, t),
    end: format.money(row.gross, row.currency),
    line: `${numberOf(row, t)}${row.dueOn ? ` · ${format.shortDate(row.dueOn)}` : ""}`,
    lineEnd: <StatusBadge status={row.status} />,
  };
}
