import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { usePath } from "@/lib/url.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { useTaxRates } from "../api.ts";
import { RecurringForm } from "../components/RecurringForm.tsx";
import { draftOf } from "../draft.ts";
import { useRecurring } from "../recurring.ts";

export default function RecurringEdit() {
  const { id = "" } = usePath();
  const t = useWords("invoice");
  const format = useFormat();
  const one = useRecurring(id);
  const rates = useTaxRates();
  const [round, setRound] = useState(0); // only what the person asks for replaces what was typed
  const back = { href: `/invoices/recurring/${id}`, label: one.data?.name ?? t("recurring.title") };
  if (one.isPending || rates.isPending) return <SkeletonPage />;
  if (!one.data || !rates.data || one.data.status === "ended") {
    return (
      <Page title={t("recurring.edit")} back={back}>
        {one.data?.status === "ended" ? (
          <Callout tone="neutral" title={t("recurring.ended")}>
            {t("recurring.endedText")}
          </Callout>
        ) : (
          <ErrorState
            error={one.error ?? rates.error}
            onRetry={() => void Promise.all([one.refetch(), rates.refetch()])}
          />
        )}
      </Page>
    );
  }
  const { rhythm, name, deed } = one.data;
  return (
    <RecurringForm
      key={round}
      title={t("recurring.edit")}
      one={one.data}
      initial={draftOf(one.data, format.locale)}
      schedule={{
        name,
        deed,
        every: String(rhythm.every),
        unit: rhythm.unit,
        firstOn: rhythm.firstOn,
        ends: rhythm.lastOn ? "on" : rhythm.times ? "after" : "never",
        lastOn: rhythm.lastOn ?? "",
        times: rhythm.times ? String(rhythm.times) : "",
      }}
      rates={rates.data}
      back={back}
      known={one.data}
      onReload={() => void one.refetch().then(() => setRound(round + 1))}
    />
  );
}
