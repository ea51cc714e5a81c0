import { lazy, Suspense, useState } from "react";
import { today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { usePath } from "@/lib/url.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "../components/invoice.module.css";
import { RecurringAside } from "../components/RecurringAside.tsx";
import type { Asked } from "../components/RecurringDialogs.tsx";
import { RecurringLines } from "../components/RecurringLines.tsx";
import { RecurringStatus, useRhythmWords } from "../components/RecurringStatus.tsx";
import { StatusBadge } from "../components/StatusBadge.tsx";
import {
  type MadeInvoice,
  type Recurring,
  useMadeInvoices,
  usePauseRecurring,
  useRecurring,
} from "../recurring.ts";

/* What is asked for by a click comes with the click. */
const RecurringDialogs = lazy(() => import("../components/RecurringDialogs.tsx"));

export default function RecurringPage() {
  const { id = "" } = usePath();
  const t = useWords("invoice");
  const one = useRecurring(id);
  if (one.isPending) return <SkeletonPage />;
  if (!one.data) {
    return (
      <Page title={t("recurring.title")} back={{ href: "/invoices/recurring", label: t("recurring.title") }}>
        <ErrorState error={one.error} onRetry={() => void one.refetch()} />
      </Page>
    );
  }
  return <Known one={one.data} key={id} />;
}

function Known({ one }: { one: Recurring }) {
  const t = useWords("invoice");
  const format = useFormat();
  const rhythm = useRhythmWords();
  const [doing, setDoing] = useState<Asked | undefined>();
  return (
    <Page
      title={one.name}
      status={<RecurringStatus status={one.status} blocked={Boolean(one.obstacle)} />}
      subtitle={[
        one.customer,
        rhythm(one.rhythm.every, one.rhythm.unit),
        format.money(one.totals.gross, one.currency),
      ].join(" · ")}
      back={{ href: "/invoices/recurring", label: t("recurring.title") }}
      actions={<Actions one={one} onDo={setDoing} />}
    >
      {one.obstacle && <InTheWay one={one} obstacle={one.obstacle} />}
      <div className={styles.columns}>
        <Stack>
          <Made one={one} />
          <RecurringLines one={one} />
        </Stack>
        <RecurringAside one={one} />
      </div>
      <Suspense>
        {doing && <RecurringDialogs one={one} doing={doing} onClose={() => setDoing(undefined)} />}
      </Suspense>
    </Page>
  );
}

function InTheWay({ one, obstacle }: { one: Recurring; obstacle: NonNullable<Recurring["obstacle"]> }) {
  const t = useWords("invoice");
  const format = useFormat();
  const seesCustomers = useCan("customer:read");
  const atCustomer = ["customer-archived", "no-address"].includes(obstacle.code);
  return (
    <Callout
      tone="red"
      title={t(obstacle.on > today() ? "recurring.blockedNext" : "recurring.blockedOn", {
        on: format.date(obstacle.on),
      })}
      action={
        atCustomer &&
        seesCustomers && (
          <Button size="sm" href={`/invoices/customers/${one.customerId}`}>
            {t("recurring.toCustomer")}
          </Button>
        )
      }
    >
      {t(`recurring.why.${obstacle.code}`, {
        defaultValue: obstacle.message,
        customer: one.customer,
        by: one.by,
      })}
    </Callout>
  );
}

function Actions({ one, onDo }: { one: Recurring; onDo: (what: Asked) => void }) {
  const t = useWords("invoice");
  const may = {
    write: useCan("invoice:write"),
    issue: useCan("invoice:issue"),
    send: useCan("invoice:send"),
  };
  const pause = usePauseRecurring(one, () => toast(t("recurring.pausedDone")));
  if (!may.write || one.status === "ended") return null;
  const acts = (one.deed === "draft" || may.issue) && (one.deed !== "send" || may.send);
  const stopped = one.status === "paused" || Boolean(one.obstacle);
  return (
    <>
      <Button icon="edit" href={`/invoices/recurring/${one.id}/edit`}>
        {t("action.edit")}
      </Button>
      {stopped && acts && (
        <Button variant="primary" icon="refresh" onClick={() => onDo("resume")}>
          {t(one.status === "paused" ? "recurring.resume" : "recurring.again")}
        </Button>
      )}
      <Menu
        trigger={<IconButton icon="more" variant="default" label={t("action.more")} />}
        items={[
          one.status === "active" && {
            label: t("recurring.pause"),
            icon: "clock",
            onSelect: () => pause.submit(undefined),
          },
          {
            label: t("recurring.endAction"),
            icon: "close",
            danger: true,
            onSelect: () => onDo("end"),
          },
        ]}
      />
    </>
  );
}

/** What was made so far, the latest first. */
function Made({ one }: { one: Recurring }) {
  const t = useWords("invoice");
  const format = useFormat();
  const list = useMadeInvoices(one.id, one.made);
  if (one.made === 0) {
    return (
      <Card title={t("recurring.madeSoFar")}>
        <p className="dimmed">{t("recurring.noneMade")}</p>
      </Card>
    );
  }
  const name = (row: MadeInvoice) => row.number || t(row.invoiceId ? "list.draft" : "recurring.deleted");
  return (
    <Card flush title={t("recurring.madeSoFar")}>
      <DataTable
        plain
        label={t("recurring.madeSoFar")}
        list={list}
        rowKey={row => row.on}
        href={row => `/invoices/${row.invoiceId || `recurring/${one.id}`}`}
        columns={[
          { id: "on", header: t("recurring.forDay"), cell: row => format.date(row.on), width: 130 },
          { id: "number", header: t("field.number"), cell: name },
          {
            id: "status",
            header: t("field.status"),
            cell: row => row.status && <StatusBadge status={row.status} />,
            width: 130,
          },
          {
            id: "gross",
            header: t("field.gross"),
            cell: row => (row.currency ? format.money(row.gross ?? "0", row.currency) : ""),
            align: "right",
            width: 120,
          },
          {
            id: "due",
            header: t("field.due"),
            cell: row => (row.currency ? format.money(row.due ?? "0", row.currency) : ""),
            align: "right",
            width: 120,
          },
        ]}
        card={row => ({
          title: name(row),
          end: row.currency ? format.money(row.gross ?? "0", row.currency) : "",
          line: t("recurring.forDate", { on: format.date(row.on) }),
          lineEnd: row.status && <StatusBadge status={row.status} />,
        })}
        empty={<EmptyState icon="invoice" title={t("recurring.noneMade")} />}
      />
    </Card>
  );
}
