import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { HookStatus } from "../components/HookStatus.tsx";
import { useHooks, type Webhook } from "../webhooks.ts";

/** Addresses elsewhere that are told of what happens here. */
export default function Webhooks() {
  const t = useWords("platform");
  const format = useFormat();
  const list = useHooks();
  const make = (
    <Button variant="primary" icon="plus" href="/admin/webhooks/new">
      {t("webhooks.new")}
    </Button>
  );
  const last = (row: Webhook) =>
    row.lastDeliveredAt ? format.relative(row.lastDeliveredAt) : t("webhooks.never");
  const columns: Column<Webhook>[] = [
    { id: "name", header: t("webhooks.name"), cell: row => row.name, width: 210 },
    { id: "address", header: t("webhooks.address"), cell: row => row.address },
    {
      id: "status",
      header: t("webhooks.stateTitle"),
      cell: row => <HookStatus status={row.status} />,
      width: 130,
    },
    {
      id: "events",
      header: t("webhooks.events"),
      cell: row => format.number(row.events?.length ?? 0),
      width: 80,
      align: "right",
    },
    { id: "last", header: t("webhooks.last"), cell: last, width: 130 },
    { id: "owner", header: t("webhooks.owner"), cell: row => row.owner, width: 140 },
  ];
  return (
    <Page title={t("webhooks.title")} subtitle={t("webhooks.subtitle")} fill actions={make}>
      <DataTable
        label={t("webhooks.title")}
        list={list}
        columns={columns}
        rowKey={row => row.id}
        href={row => `/admin/webhooks/${row.id}`}
        card={row => ({
          title: row.name,
          end: <HookStatus status={row.status} />,
          line: row.address,
          lineEnd: last(row),
        })}
        empty={
          <EmptyState icon="external" title={t("webhooks.none")} actions={make}>
            {t("webhooks.noneText")}
          </EmptyState>
        }
      />
    </Page>
  );
}
