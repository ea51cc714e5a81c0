import { useWords } from "@/lib/i18n.ts";
import { Badge, type Tone } from "@/ui/Badge.tsx";
import type { InvoiceRow } from "../api.ts";

const tones: Record<InvoiceRow["status"], Tone> = {
  draft: "neutral",
  issued: "blue",
  "partly-paid": "amber",
  paid: "green",
  overdue: "red",
  credited: "violet",
  "written-off": "neutral",
  settled: "violet",
};

export const statuses = Object.keys(tones) as InvoiceRow["status"][];

export function StatusBadge({ status }: { status: InvoiceRow["status"] }) {
  const t = useWords("invoice");
  return (
    <Badge tone={tones[status]} dot>
      {t(`status.${status}`)}
    </Badge>
  );
}
