import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { usePath, useUrlState } from "@/lib/url.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { type Invoice, useInvoice } from "../api.ts";
import { DocumentView } from "../components/DocumentView.tsx";
import { InvoiceActions } from "../components/InvoiceActions.tsx";
import { type Doing, InvoiceDialogs } from "../components/InvoiceDialogs.tsx";
import { InvoiceHistory } from "../components/InvoiceHistory.tsx";
import { InvoicePayments } from "../components/InvoicePayments.tsx";
import { InvoiceLetters } from "../components/Letters.tsx";
import { StatusBadge } from "../components/StatusBadge.tsx";

export default function InvoicePage() {
  const { id = "" } = usePath();
  const t = useWords("invoice");
  const invoice = useInvoice(id);
  if (invoice.isPending) return <SkeletonPage />;
  if (!invoice.data) {
    return (
      <Page title={t("list.title")} back={{ href: "/invoices", label: t("list.title") }}>
        <ErrorState error={invoice.error} onRetry={() => void invoice.refetch()} />
      </Page>
    );
  }
  return <Known invoice={invoice.data} key={id} />;
}

function Known({ invoice }: { invoice: Invoice }) {
  const t = useWords("invoice");
  const format = useFormat();
  const { i18n } = useTranslation();
  const [url, setUrl] = useUrlState({ tab: "document", send: "" });
  const [doing, setDoing] = useState<Doing | undefined>(url.send ? "send" : undefined);
  const draft = invoice.status === "draft";
  const payments = invoice.allocations ?? [];
  return (
    <Page
      title={invoice.number || t("list.draft")}
      status={<StatusBadge status={invoice.status} />}
      subtitle={[
        invoice.kind === "credit-note" ? t("kind.credit-note") : undefined,
        invoice.customer,
        format.money(invoice.totals.gross, invoice.currency),
      ]
        .filter(Boolean)
        .join(" · ")}
      back={{ href: "/invoices", label: t("list.title") }}
      actions={<InvoiceActions invoice={invoice} language={i18n.language} onDo={setDoing} />}
    >
      <Relations invoice={invoice} />
      {invoice.recurring && (
        <Callout tone="neutral">
          <Link href={`/invoices/recurring/${invoice.recurring.id}`}>
            {t("recurring.madeThis", { on: format.date(invoice.recurring.on) })}
          </Link>
        </Callout>
      )}
      {invoice.dispute && (
        <Callout tone="amber" title={t("dispute.title", { by: invoice.dispute.by })}>
          {invoice.dispute.reason}
        </Callout>
      )}
      <Tabs
        label={t("page.parts")}
        value={url.tab}
        onChange={tab => setUrl({ tab })}
        tabs={[
          { value: "document", label: t("page.document") },
          ...(draft || invoice.kind === "credit-note"
            ? []
            : [{ value: "payments", label: t("payment.list"), count: payments.length }]),
          { value: "history", label: t("page.history") },
        ]}
      >
        {url.tab === "history" ? (
          <Stack>
            <InvoiceLetters id={invoice.id} />
            <InvoiceHistory invoice={invoice} />
          </Stack>
        ) : url.tab === "payments" && !draft ? (
          <InvoicePayments invoice={invoice} onDo={setDoing} />
        ) : (
          <DocumentView invoice={invoice} />
        )}
      </Tabs>
      <InvoiceDialogs
        doing={doing}
        invoice={invoice}
        onClose={() => {
          setDoing(undefined);
          if (url.send) setUrl({ send: "" });
        }}
      />
    </Page>
  );
}

/** What this document takes back, or was taken back by. */
function Relations({ invoice }: { invoice: Invoice }) {
  const t = useWords("invoice");
  if (invoice.creditNotes) {
    return (
      <Callout
        tone="neutral"
        title={t(invoice.status === "credited" ? "page.credited" : "page.creditedPart")}
      >
        {invoice.creditNotes.map((one, at) => (
          <span key={one.id}>
            {at > 0 && ", "}
            <Link href={`/invoices/${one.id}`}>{one.number}</Link>
          </span>
        ))}
      </Callout>
    );
  }
  if (invoice.creditOf) {
    return (
      <Callout tone="neutral" title={t("page.creditOf")}>
        <Link href={`/invoices/${invoice.creditOf.id}`}>{invoice.creditOf.number}</Link>
      </Callout>
    );
  }
  return null;
}
