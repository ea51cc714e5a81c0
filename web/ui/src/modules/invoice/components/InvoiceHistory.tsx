import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Card } from "@/ui/Card.tsx";
import type { IconName } from "@/ui/Icon.tsx";
import { SkeletonText } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { Timeline } from "@/ui/Timeline.tsx";
import { type HistoryEntry, type Invoice, useHistory } from "../api.ts";

const icons: Record<HistoryEntry["kind"], IconName> = {
  drafted: "plus",
  revised: "edit",
  reassigned: "person",
  discarded: "trash",
  issued: "check",
  "payment-allocated": "money",
  "payment-unallocated": "undo",
  credited: "undo",
  "written-off": "close",
};

/** The document's facts as they happened, newest first: the ledger itself, not a log beside it. */
export function InvoiceHistory({ invoice }: { invoice: Invoice }) {
  const t = useWords("invoice");
  const format = useFormat();
  const history = useHistory(invoice.id);
  if (history.isPending) return <SkeletonText lines={5} />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <Card>
      <Timeline
        moments={[...history.data].reverse().map(one => ({
          id: String(one.version),
          icon: icons[one.kind],
          tone: one.kind === "payment-allocated" ? "green" : one.kind === "issued" ? "blue" : "neutral",
          text: t(`history.${one.kind}`, {
            amount: one.amount ? format.money(one.amount, invoice.currency) : "",
            number: one.number ?? "",
          }),
          at: one.at,
          by: one.actor,
          ...(one.detail ? { detail: one.detail } : {}),
        }))}
      />
    </Card>
  );
}
