import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { usePath } from "@/lib/url.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { useInvoice, useTaxRates } from "../api.ts";
import { Editor } from "../components/Editor.tsx";
import { draftOf } from "../draft.ts";

export default function InvoiceEdit() {
  const { id = "" } = usePath();
  const t = useWords("invoice");
  const format = useFormat();
  const invoice = useInvoice(id);
  const rates = useTaxRates();
  const [round, setRound] = useState(0); // only what the person asks for replaces what was typed
  const back = { href: `/invoices/${id}`, label: t("edit.back") };
  if (invoice.isPending || rates.isPending) return <SkeletonPage />;
  if (!invoice.data || !rates.data || invoice.data.status !== "draft") {
    return (
      <Page title={t("edit.change")} back={back}>
        {invoice.data && invoice.data.status !== "draft" ? (
          <Callout tone="amber" title={t("edit.final")}>
            {t("edit.finalText")}
          </Callout>
        ) : (
          <ErrorState
            error={invoice.error ?? rates.error}
            onRetry={() => void Promise.all([invoice.refetch(), rates.refetch()])}
          />
        )}
      </Page>
    );
  }
  return (
    <Editor
      key={round}
      title={t("edit.change")}
      invoice={invoice.data}
      initial={draftOf(invoice.data, format.locale)}
      rates={rates.data}
      back={back}
      known={invoice.data}
      onReload={() => void invoice.refetch().then(() => setRound(round + 1))}
    />
  );
}
