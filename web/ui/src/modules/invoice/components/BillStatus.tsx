import { useWords } from "@/lib/i18n.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import type { BillRow } from "../bills.ts";

const tones: Record<BillRow["status"], Tone> = {
  draft: "neutral",
  recorded: "blue",
  "partly-paid": "amber",
  paid: "green",
  overdue: "red",
  cancelled: "neutral",
};

export const billStatuses = Object.keys(tones) as BillRow["status"][];

export function BillStatus({ status }: { status: BillRow["status"] }) {
  const t = useWords("invoice");
  return (
    <Badge tone={tones[status]} dot>
      {t(`bill.is.${status}`)}
    </Badge>
  );
}
