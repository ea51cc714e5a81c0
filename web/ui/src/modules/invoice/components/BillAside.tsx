import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { TextButton } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { Timeline } from "@/ui/Timeline.tsx";
import { type Bill, useAssetsOf, useBillHistory } from "../bills.ts";
import styles from "./bill.module.css";

/** What is known of a bill beside its lines: dates, payments, and the assets that it became. */
export function BillAside({ bill, onVoid }: { bill: Bill; onVoid: (payment: number) => void }) {
  const t = useWords("invoice");
  const format = useFormat();
  const mayPay = useCan("bill:pay");
  const seesAssets = useCan("asset:read") && (bill.bought ?? []).length > 0;
  const assets = useAssetsOf(bill.id, seesAssets);
  const history = useBillHistory(bill.id);
  const payments = bill.payments ?? [];
  return (
    <Stack>
      <Card title={t("page.facts")}>
        <PropertyList
          items={[
            { label: t("bill.supplier"), value: bill.supplier },
            { label: t("bill.billedOn"), value: format.date(bill.billedOn) },
            { label: t("field.dueOn"), value: format.date(bill.dueOn) },
            { label: t("field.priceMode"), value: t(`edit.${bill.priceMode}`) },
          ]}
        />
      </Card>
      {payments.length > 0 && (
        <Card title={t("bill.payments")}>
          <ul className={styles.plain}>
            {payments.map(one => (
              <li key={one.number}>
                <span data-voided={one.voided || undefined}>
                  {format.money(one.amount, bill.currency)} · {format.date(one.paidOn)} ·{" "}
                  {t(`method.${one.method}`)}
                  {one.reference && ` · ${one.reference}`}
                </span>
                {one.voided ? (
                  <span className="dimmed">{t("bill.voided", { reason: one.voided })}</span>
                ) : (
                  mayPay && <TextButton onClick={() => onVoid(one.number)}>{t("bill.void")}</TextButton>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {seesAssets && (
        <Card title={t("bill.became")}>
          {assets.error ? (
            <Callout tone="amber">{t("bill.assetsAway")}</Callout>
          ) : (
            <ul className={styles.plain}>
              {assets.rows.map(one => (
                <li key={one.id}>
                  <Link href={`/assets/${one.id}`}>
                    {one.tag} {one.name}
                  </Link>
                  <span className="dimmed">
                    {format.money(one.cost, one.currency)}
                    {one.holderName && ` · ${one.holderName}`}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
      )}
      {history.data && (
        <Card title={t("page.history")}>
          <Timeline
            moments={[...history.data].reverse().map(one => ({
              id: String(one.version),
              icon: "check",
              tone: one.kind === "paid" ? "green" : "neutral",
              text: t(`bill.history.${one.kind}`, {
                amount: one.amount ? format.money(one.amount, bill.currency) : "",
              }),
              at: one.at,
              by: one.actor,
              ...(one.detail ? { detail: one.detail } : {}),
            }))}
          />
        </Card>
      )}
    </Stack>
  );
}
