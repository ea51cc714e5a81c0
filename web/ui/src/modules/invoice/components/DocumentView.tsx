import { decimal, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Card, Stack } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import type { Invoice } from "../api.ts";
import styles from "./invoice.module.css";
import { Totals } from "./Totals.tsx";

/** The document as the customer gets it, with what is known of it beside. */
export function DocumentView({ invoice }: { invoice: Invoice }) {
  return (
    <div className={styles.columns}>
      <Card flush>
        {invoice.buyer && invoice.seller && (
          <div className={styles.parties}>
            <PartyView side="from" party={invoice.seller} />
            <PartyView side="to" party={invoice.buyer} />
          </div>
        )}
        <Lines invoice={invoice} />
        <div className={styles.below}>
          <div />
          <Totals
            currency={invoice.currency}
            totals={invoice.totals}
            taxes={invoice.taxes}
            paid={invoice.paid}
            credited={invoice.credited}
            writtenOff={invoice.writtenOff}
            due={invoice.due}
          />
        </div>
        {invoice.note && <div className={styles.note}>{invoice.note}</div>}
      </Card>
      <Facts invoice={invoice} />
    </div>
  );
}

function PartyView({ side, party }: { side: "from" | "to"; party: NonNullable<Invoice["buyer"]> }) {
  const t = useWords("invoice");
  const format = useFormat();
  return (
    <address className={styles.party}>
      <span className={styles.extra}>{t(`page.${side}`)}</span>
      <strong>{party.legalName || party.name}</strong>
      {(party.address ?? []).map(line => (
        <div key={line}>{line}</div>
      ))}
      {party.country && <div>{format.country(party.country)}</div>}
      {party.vatId && <div className={styles.extra}>{party.vatId}</div>}
    </address>
  );
}

/** What is sold, in the order of the document. */
export function Lines({ invoice }: { invoice: Pick<Invoice, "lines" | "currency"> }) {
  const t = useWords("invoice");
  const format = useFormat();
  return (
    <div className={styles.scroll}>
      <table className={styles.sheet}>
        <thead>
          <tr>
            <th>{t("line.description")}</th>
            <th className={styles.right}>{t("line.quantity")}</th>
            <th className={styles.right}>{t("line.unitPrice")}</th>
            <th className={`${styles.right} ${styles.wide}`}>{t("line.taxRateId")}</th>
            <th className={styles.right}>{t("line.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line, at) => (
            <tr key={at}>
              <td style={{ whiteSpace: "pre-line" }}>
                {line.description}
                {(line.adjustments ?? []).map(one => (
                  <div className={styles.extra} key={`${one.percent}${one.amount}${one.reason}`}>
                    {t(one.charge ? "line.surchargeOf" : "line.discountOf", {
                      what: one.percent
                        ? `${format.number(one.percent)} %`
                        : format.amount(one.amount ?? "0", invoice.currency),
                      reason: one.reason ?? "",
                    })}
                  </div>
                ))}
              </td>
              <td className={styles.right}>
                {format.number(line.quantity)} {line.unit}
              </td>
              <td className={styles.right}>
                {priceText(line.unitPrice, invoice.currency, format)}
                {line.baseQuantity && ` / ${format.number(line.baseQuantity)}`}
              </td>
              <td className={`${styles.right} ${styles.wide}`}>
                {line.tax.name || `${format.number(line.tax.percent)} %`}
              </td>
              <td className={styles.right}>{format.amount(line.amount, invoice.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A price shows more decimals than its currency only where they say something. */
function priceText(price: string, currency: string, format: ReturnType<typeof useFormat>): string {
  const rounded = decimal.round(price, 2);
  return decimal.cmp(rounded, price) === 0 ? format.amount(price, currency) : format.number(price);
}

function Facts({ invoice }: { invoice: Invoice }) {
  const t = useWords("invoice");
  const format = useFormat();
  const seesCustomers = useCan("customer:read");
  const day = (value: string | undefined) => (value ? format.date(value) : undefined);
  return (
    <Stack>
      <Card title={t("page.facts")}>
        <PropertyList
          items={[
            {
              label: t("field.customer"),
              value:
                invoice.customerId && seesCustomers ? (
                  <Link href={`/invoices/customers/${invoice.customerId}`}>{invoice.customer}</Link>
                ) : (
                  invoice.customer
                ),
            },
            { label: t("field.issuedOn"), value: day(invoice.issuedOn) },
            { label: t("field.dueOn"), value: day(invoice.dueOn) },
            { label: t("field.deliveredOn"), value: day(invoice.deliveredOn) },
            { label: t("field.paymentDays"), value: `${invoice.paymentDays} ${t("field.days")}` },
            { label: t("field.reference"), value: invoice.reference },
            { label: t("field.priceMode"), value: t(`edit.${invoice.priceMode}`) },
            { label: t("field.owner"), value: invoice.owner },
          ]}
        />
      </Card>
    </Stack>
  );
}
