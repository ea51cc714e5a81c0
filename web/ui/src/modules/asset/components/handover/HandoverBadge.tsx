import { useWords } from "@/lib/i18n.ts";
import { Badge } from "@/ui/Badge.tsx";
import { type HandoverRow, handoverTones } from "../../handovers.ts";

/** What became of a document, in a word. */
export function HandoverBadge({ state }: { state: HandoverRow["state"] }) {
  const t = useWords("asset");
  return <Badge tone={handoverTones[state]}>{t(`handover.state.${state}`)}</Badge>;
}
