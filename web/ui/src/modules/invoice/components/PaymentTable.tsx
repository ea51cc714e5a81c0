import { useState } from "react";
import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import type { ListState } from "@/lib/query.ts";
import { Badge } from "@/ui/Badge.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import type { Payment } from "../api.ts";
import { PaymentDrawer } from "./PaymentDrawer.tsx";

interface PaymentTableProps {
  list: ListState<Payment>;
  withCustomer: boolean;
  plain?: boolean;
  sort?: string;
  onSort?: (sort: string) => void;
  empty?: React.ReactNode;
}

/** Payments; a row opens what the payment was set against. */
export function PaymentTable({ list, withCustomer, plain, sort, onSort, empty }: PaymentTableProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const [open, setOpen] = useState("");
  const shown = list.rows.find(row => row.id === open);
  const columns: Column<Payment>[] = [
    {
      id: "receivedOn",
      header: t("payment.receivedOn"),
      cell: row => format.date(row.receivedOn),
      width: 130,
      sort: "receivedOn",
    },
    ...(withCustomer
      ? [{ id: "customer", header: t("field.customer"), cell: (row: Payment) => row.customer ?? "" }]
      : []),
    { id: "method", header: t("payment.method"), cell: row => t(`method.${row.method}`), width: 120 },
    {
      id: "reference",
      header: t("payment.reference"),
      cell: row => (row.voidedOn ? <Badge tone="amber">{t("void.badge")}</Badge> : row.reference || "–"),
    },
    {
      id: "amount",
      header: t("payment.amount"),
      cell: row => format.money(row.amount, row.currency),
      width: 140,
      align: "right",
    },
    {
      id: "unallocated",
      header: t("payment.left"),
      cell: row => (decimal.sign(row.unallocated) === 0 ? "–" : format.money(row.unallocated, row.currency)),
      width: 140,
      align: "right",
    },
  ];
  return (
    <>
      <DataTable
        label={t("payment.list")}
        list={list}
        columns={columns}
        rowKey={row => row.id}
        onOpen={row => setOpen(row.id)}
        card={row => ({
          title: withCustomer ? row.customer : format.date(row.receivedOn),
          end: format.money(row.amount, row.currency),
          line: [
            withCustomer ? format.date(row.receivedOn) : t(`method.${row.method}`),
            row.voidedOn ? t("void.badge") : row.reference,
          ]
            .filter(Boolean)
            .join(" · "),
        })}
        {...(sort !== undefined ? { sort } : {})}
        {...(onSort ? { onSort } : {})}
        {...(plain ? { plain } : {})}
        empty={empty ?? <EmptyState icon="money" title={t("payment.none")} />}
      />
      {shown && <PaymentDrawer payment={shown} onClose={() => setOpen("")} />}
    </>
  );
}
