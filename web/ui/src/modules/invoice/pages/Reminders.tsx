import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { Link } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { toast } from "@/ui/toast.ts";
import styles from "../components/invoice.module.css";
import { Refused } from "../components/Refused.tsx";
import { type Reminder, useRemind, useReminders } from "../reminders.ts";

/** Who would be reminded of what: one letter a customer. Sent with one click. */
export default function Reminders() {
  const t = useWords("invoice");
  const found = useReminders();
  const remind = useRemind();
  const setsUp = useCan("invoice:setup");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const letters = found.data?.items ?? [];
  const chosen = letters.filter(one => !one.obstacle && !left.has(one.customerId));
  const ready = found.data?.configured === true && chosen.length > 0;
  useShortcuts(ready ? [{ keys: "mod+Enter", run: () => setAsking(true), always: true }] : []);
  const run = () =>
    void remind
      .submitAsync(left.size > 0 ? chosen.map(one => one.customerId) : undefined)
      .then(done => {
        toast(t("remind.done", { count: done.letters.length }));
        setAsking(false);
      })
      .catch(() => undefined); // shown in the dialog
  if (found.isPending) return <SkeletonPage />;
  return (
    <Page
      title={t("remind.title")}
      subtitle={t("remind.text")}
      width="form"
      actions={
        <>
          {setsUp && (
            <Button icon="settings" href="/invoices/reminders/setup">
              {t("remind.setup")}
            </Button>
          )}
          {ready && (
            <Button variant="primary" icon="send" onClick={() => setAsking(true)}>
              {t("remind.send", { count: chosen.length })}
            </Button>
          )}
        </>
      }
    >
      {!found.data ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Stack>
          {!found.data.configured && (
            <Callout tone="amber" title={t("send.noServer")}>
              {t("remind.noServer")}
            </Callout>
          )}
          {letters.length === 0 ? (
            <EmptyState icon="check" title={t("remind.none")}>
              {t("remind.noneText")}
            </EmptyState>
          ) : (
            <Letters letters={letters} left={left} onLeave={setLeft} />
          )}
          {found.data.more && <p className="dimmed">{t("remind.more")}</p>}
        </Stack>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={run}
        title={t("remind.ask", { count: chosen.length })}
        confirm={t("remind.confirm")}
        busy={remind.busy}
      >
        <Stack>
          <p>{t("remind.askText")}</p>
          <Refused error={remind.error} />
        </Stack>
      </ConfirmDialog>
    </Page>
  );
}

interface LettersProps {
  letters: Reminder[];
  left: ReadonlySet<string>;
  onLeave: (left: ReadonlySet<string>) => void;
}

function Letters({ letters, left, onLeave }: LettersProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const opens = useCan("customer:read");
  const choose = (id: string, on: boolean) => {
    const next = new Set(left);
    if (on) next.delete(id);
    else next.add(id);
    onLeave(next);
  };
  return (
    <Card flush>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("remind.title")}>
        <table className={`${styles.sheet} ${styles.letters}`}>
          <thead>
            <tr>
              <th>
                <span className="visually-hidden">{t("remind.choose")}</span>
              </th>
              <th>{t("field.customer")}</th>
              <th className={styles.right}>{t("remind.asks")}</th>
              <th>{t("remind.letter")}</th>
              <th>{t("list.title")}</th>
            </tr>
          </thead>
          <tbody>
            {letters.map(one => (
              <tr key={one.customerId}>
                <td>
                  {!one.obstacle && (
                    <Checkbox
                      hideLabel
                      label={t("remind.include", { name: one.customer })}
                      checked={!left.has(one.customerId)}
                      onChange={on => choose(one.customerId, on)}
                    />
                  )}
                </td>
                <td>
                  {opens ? (
                    <Link href={`/invoices/customers/${one.customerId}`}>{one.customer}</Link>
                  ) : (
                    one.customer
                  )}
                  <div className={styles.extra}>{one.to}</div>
                </td>
                <td className={styles.right}>
                  {one.totals.map(total => (
                    <div key={total.currency}>
                      <strong>{format.money(total.total, total.currency)}</strong>
                      {Number(total.fee) > 0 && (
                        <div className={styles.extra}>
                          {t("remind.fee", { amount: format.money(total.fee, total.currency) })}
                        </div>
                      )}
                      {Number(total.interest) > 0 && (
                        <div className={styles.extra}>
                          {t("remind.interest", { amount: format.money(total.interest, total.currency) })}
                        </div>
                      )}
                    </div>
                  ))}
                </td>
                <td>
                  {one.obstacle ? (
                    <Badge tone="amber">{t(`remind.obstacle.${one.obstacle}`)}</Badge>
                  ) : (
                    <Badge tone={one.level > 1 ? "red" : "blue"}>{one.title}</Badge>
                  )}
                </td>
                <td>
                  {one.invoices.slice(0, 4).map(invoice => (
                    <div key={invoice.id} className={styles.oneLine}>
                      <Link href={`/invoices/${invoice.id}`}>{invoice.number}</Link>{" "}
                      <span className="dimmed">{t("remind.days", { count: invoice.days })}</span>
                    </div>
                  ))}
                  {one.invoices.length > 4 && (
                    <div className={styles.extra}>
                      {t("remind.others", { count: one.invoices.length - 4 })}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
