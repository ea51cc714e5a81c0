import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { type Invoice, useCustomer, useInvoice, useTaxRates } from "../api.ts";
import { Editor } from "../components/Editor.tsx";
import { type Draft, draftOf, emptyDraft } from "../draft.ts";

/** A new invoice: empty, for a customer (`?customer=`), or a copy of another (`?copy=`). */
export default function InvoiceNew() {
  const t = useWords("invoice");
  const format = useFormat();
  const me = useMe();
  const [url] = useUrlState({ copy: "", customer: "" });
  const rates = useTaxRates();
  const copied = useInvoice(url.copy);
  const customer = useCustomer(url.customer);
  const waiting = (url.copy && copied.isPending) || (url.customer && customer.isPending);
  if (rates.isPending || waiting) return <SkeletonPage />;
  const back = { href: "/invoices", label: t("list.title") };
  if (rates.isError || !rates.data) {
    return (
      <Page title={t("edit.new")} back={back}>
        <ErrorState error={rates.error} onRetry={() => void rates.refetch()} />
      </Page>
    );
  }
  const usual = rates.data.find(rate => rate.default && !rate.archived)?.id ?? "";
  const begin = (): Draft => {
    if (copied.data) return { ...draftOf(positive(copied.data), format.locale), deliveredOn: "" };
    const empty = emptyDraft(customer.data?.currency || me.company.currency, usual);
    return { ...empty, customerId: customer.data?.id ?? "" };
  };
  const known = customer.data && { customerId: customer.data.id, customer: customer.data.name };
  return (
    <Editor
      key={`${url.copy}${url.customer}`}
      title={t("edit.new")}
      initial={begin()}
      rates={rates.data}
      back={back}
      known={known ?? copied.data}
    />
  );
}

/** A copy of a credit note sells again what was taken back. */
function positive(invoice: Invoice): Invoice {
  if (invoice.kind !== "credit-note") return invoice;
  const flip = (value: string) => (value.startsWith("-") ? value.slice(1) : `-${value}`);
  return { ...invoice, lines: invoice.lines.map(line => ({ ...line, quantity: flip(line.quantity) })) };
}
