import { useWords } from "@/lib/i18n.ts";
import { Card } from "@/ui/Card.tsx";
import type { Recurring } from "../recurring.ts";
import { Lines } from "./DocumentView.tsx";
import styles from "./invoice.module.css";
import { Totals } from "./Totals.tsx";

/** What each invoice says; words in braces become those of its period. */
export function RecurringLines({ one }: { one: Recurring }) {
  const t = useWords("invoice");
  return (
    <Card flush title={t("recurring.says")}>
      <Lines invoice={one} />
      <div className={styles.below}>
        <div />
        <Totals currency={one.currency} totals={one.totals} taxes={one.taxes} />
      </div>
      {one.note && <div className={styles.note}>{one.note}</div>}
    </Card>
  );
}
