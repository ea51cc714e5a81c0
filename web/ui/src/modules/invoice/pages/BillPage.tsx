import { lazy, Suspense, useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { usePath } from "@/lib/url.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import { type Bill, useBill, useRecordBill } from "../bills.ts";
import { BillAside } from "../components/BillAside.tsx";
import type { Asked } from "../components/BillDialogs.tsx";
import { BillLines } from "../components/BillLines.tsx";
import { BillStatus } from "../components/BillStatus.tsx";
import styles from "../components/invoice.module.css";

/* What is asked for by a click comes with the click. */
const BillDialogs = lazy(() => import("../components/BillDialogs.tsx"));
const BuyDialog = lazy(() => import("../components/BuyDialog.tsx"));

type Doing = Asked | { what: "buy"; at: number };

export default function BillPage() {
  const { id = "" } = usePath();
  const t = useWords("invoice");
  const bill = useBill(id);
  if (bill.isPending) return <SkeletonPage />;
  if (!bill.data) {
    return (
      <Page title={t("bill.title")} back={{ href: "/invoices/bills", label: t("bill.title") }}>
        <ErrorState error={bill.error} onRetry={() => void bill.refetch()} />
      </Page>
    );
  }
  return <Known bill={bill.data} key={id} />;
}

function Known({ bill }: { bill: Bill }) {
  const t = useWords("invoice");
  const format = useFormat();
  const [doing, setDoing] = useState<Doing | undefined>();
  const may = { write: useCan("bill:write"), buy: useCan("bill:buy-asset") };
  const close = () => setDoing(undefined);
  const draft = bill.status === "draft";
  const buys = may.buy && (!draft || may.write);
  return (
    <Page
      title={bill.number}
      status={<BillStatus status={bill.status} />}
      subtitle={[bill.supplier, format.money(bill.totals.gross, bill.currency)].join(" · ")}
      back={{ href: "/invoices/bills", label: t("bill.title") }}
      actions={<Actions bill={bill} onDo={what => setDoing({ what })} />}
    >
      {bill.cancelReason && (
        <Callout tone="neutral" title={t("bill.cancelledOn", { day: format.date(bill.cancelledOn ?? "") })}>
          {bill.cancelReason}
        </Callout>
      )}
      <div className={styles.columns}>
        <BillLines bill={bill} onBuy={buys ? at => setDoing({ what: "buy", at }) : undefined} />
        <BillAside bill={bill} onVoid={at => setDoing({ what: "void", at })} />
      </div>
      <Suspense>
        {doing?.what === "buy" ? (
          <BuyDialog bill={bill} line={doing.at} onClose={close} />
        ) : (
          doing && <BillDialogs bill={bill} doing={doing} onClose={close} />
        )}
      </Suspense>
    </Page>
  );
}

function Actions({ bill, onDo }: { bill: Bill; onDo: (what: "pay" | "cancel" | "discard") => void }) {
  const t = useWords("invoice");
  const may = { write: useCan("bill:write"), pay: useCan("bill:pay") };
  const record = useRecordBill(bill, () => toast(t("bill.recorded", { number: bill.number })));
  if (bill.status === "draft") {
    if (!may.write) return null;
    return (
      <>
        <Button icon="edit" href={`/invoices/bills/${bill.id}/edit`}>
          {t("action.edit")}
        </Button>
        <Button variant="primary" icon="check" loading={record.busy} onClick={() => record.submit("")}>
          {t("bill.record")}
        </Button>
        <Menu
          trigger={<IconButton icon="more" variant="default" label={t("action.more")} />}
          items={[{ label: t("bill.discard"), icon: "trash", danger: true, onSelect: () => onDo("discard") }]}
        />
      </>
    );
  }
  const cancellable =
    may.write && bill.status !== "cancelled" && (bill.bought ?? []).length === 0 && Number(bill.paid) === 0;
  return (
    <>
      {may.pay && Number(bill.due) > 0 && (
        <Button variant="primary" icon="money" onClick={() => onDo("pay")}>
          {t("bill.pay")}
        </Button>
      )}
      {cancellable && (
        <Menu
          trigger={<IconButton icon="more" variant="default" label={t("action.more")} />}
          items={[{ label: t("bill.cancel"), icon: "close", danger: true, onSelect: () => onDo("cancel") }]}
        />
      )}
    </>
  );
}
