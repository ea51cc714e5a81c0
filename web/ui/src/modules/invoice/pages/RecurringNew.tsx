import { addMonths, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { useInvoice, useTaxRates } from "../api.ts";
import { RecurringForm } from "../components/RecurringForm.tsx";
import { draftOf } from "../draft.ts";

/** The first month's date after today that the invoice's own day falls on: what was issued already is not issued twice. */
function nextMonthly(issuedOn: string | undefined): string {
  if (!issuedOn) return today();
  const since = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const months = since(today()) - since(issuedOn);
  const thisMonth = addMonths(issuedOn, months);
  return thisMonth > today() ? thisMonth : addMonths(issuedOn, months + 1);
}

/** Lets an invoice or a draft come again (`?invoice=`). */
export default function RecurringNew() {
  const t = useWords("invoice");
  const format = useFormat();
  const [url] = useUrlState({ invoice: "" });
  const mayIssue = useCan("invoice:issue");
  const source = useInvoice(url.invoice);
  const rates = useTaxRates();
  const back = url.invoice
    ? { href: `/invoices/${url.invoice}`, label: source.data?.number || t("list.draft") }
    : { href: "/invoices/recurring", label: t("recurring.title") };
  if (rates.isPending || (url.invoice && source.isPending)) return <SkeletonPage />;
  if (!source.data || !rates.data) {
    return (
      <Page title={t("recurring.new")} back={back}>
        {url.invoice ? (
          <ErrorState
            error={source.error ?? rates.error}
            onRetry={() => void Promise.all([source.refetch(), rates.refetch()])}
          />
        ) : (
          <EmptyState
            icon="invoice"
            title={t("recurring.none")}
            actions={<Button href="/invoices">{t("recurring.choose")}</Button>}
          >
            {t("recurring.noneText")}
          </EmptyState>
        )}
      </Page>
    );
  }
  return (
    <RecurringForm
      title={t("recurring.new")}
      initial={{ ...draftOf(source.data, format.locale), deliveredOn: "" }}
      schedule={{
        name: "",
        every: "1",
        unit: "month",
        firstOn: nextMonthly(source.data.issuedOn),
        ends: "never",
        lastOn: "",
        times: "",
        deed: mayIssue ? "issue" : "draft",
      }}
      rates={rates.data}
      back={back}
      known={source.data}
    />
  );
}
