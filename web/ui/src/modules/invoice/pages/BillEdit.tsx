import { useWords } from "@/lib/i18n.ts";
import { usePath } from "@/lib/url.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Page } from "@/ui/Page.tsx";
import { SkeletonPage } from "@/ui/Skeleton.tsx";
import { ErrorState } from "@/ui/States.tsx";
import { useBill } from "../bills.ts";
import { BillForm } from "../components/BillForm.tsx";

export default function BillEdit() {
  const { id = "" } = usePath();
  const t = useWords("invoice");
  const bill = useBill(id);
  if (bill.isPending) return <SkeletonPage />;
  if (bill.data?.status === "draft") return <BillForm key={id} bill={bill.data} />;
  return (
    <Page title={t("bill.edit")} back={{ href: `/invoices/bills/${id}`, label: t("bill.title") }}>
      {bill.data ? (
        <Callout tone="amber" title={t("bill.final")}>
          {t("bill.finalText")}
        </Callout>
      ) : (
        <ErrorState error={bill.error} onRetry={() => void bill.refetch()} />
      )}
    </Page>
  );
}
