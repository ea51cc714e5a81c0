import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Card, Stack } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import type { Recurring } from "../recurring.ts";
import styles from "./bill.module.css";
import { useRhythmWords } from "./RecurringStatus.tsx";

/** When it comes next, what happens then, and in whose name. */
export function RecurringAside({ one }: { one: Recurring }) {
  const t = useWords("invoice");
  const format = useFormat();
  const rhythm = useRhythmWords();
  const seesCustomers = useCan("customer:read");
  const { every, unit, firstOn, lastOn, times } = one.rhythm;
  const next = one.next ?? [];
  return (
    <Stack>
      {next.length > 0 && (
        <Card title={t(one.status === "paused" ? "recurring.wouldBe" : "recurring.next")}>
          <ul className={styles.plain}>
            {next.slice(0, 6).map(on => (
              <li key={on}>{format.date(on)}</li>
            ))}
          </ul>
        </Card>
      )}
      <Card title={t("page.facts")}>
        <PropertyList
          items={[
            {
              label: t("field.customer"),
              value: seesCustomers ? (
                <Link href={`/invoices/customers/${one.customerId}`}>{one.customer}</Link>
              ) : (
                one.customer
              ),
            },
            { label: t("recurring.rhythm"), value: rhythm(every, unit) },
            { label: t("recurring.firstOn"), value: format.date(firstOn) },
            {
              label: t("recurring.ends"),
              value: lastOn
                ? t("recurring.endsOn", { on: format.date(lastOn) })
                : times
                  ? t("recurring.endsAfter", { count: times })
                  : t("recurring.end.never"),
            },
            { label: t("recurring.deed"), value: t(`recurring.do.${one.deed}.title`) },
            { label: t("recurring.by"), value: one.by },
            { label: t("field.paymentDays"), value: `${one.paymentDays} ${t("field.days")}` },
            { label: t("field.reference"), value: one.reference },
          ]}
        />
      </Card>
    </Stack>
  );
}
