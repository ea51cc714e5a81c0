import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Drawer } from "@/ui/Dialog.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { EmptyState } from "@/ui/States.tsx";
import { type Column, DataTable } from "@/ui/table/DataTable.tsx";
import { FilterBar, FilterSelect } from "@/ui/table/FilterBar.tsx";
import { toast } from "@/ui/toast.ts";
import { type Delivery, useDeliveries, useRetryDelivery, type Webhook } from "../webhooks.ts";
import { DeliveryState } from "./HookStatus.tsx";
import { useNames } from "./words.ts";

/** What was sent to the address, how it answered, and the way to send again what failed. */
export function HookLog({ hook }: { hook: Webhook }) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const [state, setState] = useState("");
  const [shown, setShown] = useState<Delivery | undefined>();
  const list = useDeliveries(hook.id, state);
  const outcome = (row: Delivery) =>
    row.error ?? (row.status ? t("webhooks.answered", { status: row.status }) : t("webhooks.onItsWay"));
  const columns: Column<Delivery>[] = [
    { id: "at", header: t("webhooks.at"), cell: row => format.dateTime(row.createdAt), width: 165 },
    { id: "event", header: t("webhooks.event"), cell: row => names.event(row.event), width: 240 },
    {
      id: "state",
      header: t("webhooks.stateTitle"),
      cell: row => <DeliveryState state={row.state} />,
      width: 120,
    },
    { id: "outcome", header: t("webhooks.outcome"), cell: outcome },
    {
      id: "attempts",
      header: t("webhooks.attempts"),
      cell: row => format.number(row.attempts),
      width: 90,
      align: "right",
    },
  ];
  return (
    <Stack gap={12}>
      <FilterBar active={state !== ""} onClear={() => setState("")}>
        <FilterSelect
          label={t("webhooks.stateTitle")}
          value={state}
          onChange={setState}
          options={(["waiting", "delivered", "failed"] as const).map(value => ({
            value,
            label: t(`webhooks.state.${value}`),
          }))}
        />
        <Button size="sm" icon="refresh" onClick={() => list.retry()}>
          {t("refresh")}
        </Button>
      </FilterBar>
      <Card flush>
        <DataTable
          plain
          label={t("webhooks.log")}
          list={list}
          columns={columns}
          rowKey={row => row.id}
          onOpen={setShown}
          card={row => ({
            title: names.event(row.event),
            end: <DeliveryState state={row.state} />,
            line: outcome(row),
            lineEnd: format.relative(row.createdAt),
          })}
          empty={
            <EmptyState icon="inbox" title={t(state ? "webhooks.nothingFound" : "webhooks.nothingSent")}>
              {!state && t("webhooks.nothingSentText")}
            </EmptyState>
          }
        />
      </Card>
      <p className="dimmed">{t("webhooks.logNote")}</p>
      {shown && <DeliveryDrawer hook={hook} delivery={shown} onClose={() => setShown(undefined)} />}
    </Stack>
  );
}

function DeliveryDrawer({
  hook,
  delivery,
  onClose,
}: {
  hook: Webhook;
  delivery: Delivery;
  onClose: () => void;
}) {
  const t = useWords("platform");
  const names = useNames();
  const format = useFormat();
  const retry = useRetryDelivery(hook.id, () => {
    toast(t("webhooks.retried"));
    onClose();
  });
  return (
    <Drawer
      open
      onClose={onClose}
      title={names.event(delivery.event)}
      footer={
        delivery.state === "failed" && (
          <Button
            variant="primary"
            icon="refresh"
            loading={retry.busy}
            onClick={() => retry.submit(delivery.id)}
          >
            {t("webhooks.retry")}
          </Button>
        )
      }
    >
      <Stack>
        {retry.error && <Callout tone="red">{retry.error.message}</Callout>}
        <PropertyList
          items={[
            { label: t("webhooks.stateTitle"), value: <DeliveryState state={delivery.state} /> },
            { label: t("webhooks.event"), value: <code>{delivery.event}</code> },
            { label: t("webhooks.message"), value: <code>{delivery.eventId}</code> },
            { label: t("webhooks.at"), value: format.dateTime(delivery.createdAt) },
            { label: t("webhooks.attempts"), value: format.number(delivery.attempts) },
            {
              label: t("webhooks.tried"),
              value: delivery.triedAt ? format.dateTime(delivery.triedAt) : t("webhooks.never"),
            },
            {
              label: t("webhooks.answer"),
              value: delivery.status
                ? `${delivery.status} · ${t("system.milliseconds", { value: format.number(delivery.milliseconds ?? 0) })}`
                : t("webhooks.noAnswer"),
            },
            delivery.dueAt !== undefined && {
              label: t("webhooks.due"),
              value: format.dateTime(delivery.dueAt),
            },
          ]}
        />
        {delivery.error && <Callout tone="amber">{delivery.error}</Callout>}
      </Stack>
    </Drawer>
  );
}
