import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { Link } from "@/ui/Link.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { useSalesOf } from "../sales.ts";
import { SaleAmounts } from "./SellDialog.tsx";

const tones = { running: "blue", undoing: "violet", stuck: "red", undone: "neutral", done: "green" } as const;

/** The last sale of an asset: to whom, on which invoice, with gain or loss; nothing when it was never sold. */
export default function AssetSaleCard({ assetId }: { assetId: string }) {
  const t = useWords("invoice");
  const format = useFormat();
  const may = useCan("invoice:sell-asset");
  const sale = useSalesOf(assetId, may).data?.[0];
  if (!sale?.state) return null;
  return (
    <Card
      title={t("sell.card")}
      note={<Badge tone={tones[sale.state]}>{t(`sell.state.${sale.state}`)}</Badge>}
    >
      <Stack>
        {sale.failure && <Callout tone="amber">{t("sell.undone", { why: sale.failure })}</Callout>}
        <PropertyList
          items={[
            {
              label: t("sell.soldTo"),
              value: <Link href={`/invoices/customers/${sale.customerId}`}>{sale.customer}</Link>,
            },
            { label: t("sell.soldOn"), value: format.date(sale.soldOn) },
            sale.number
              ? {
                  label: t("sell.invoice"),
                  value: <Link href={`/invoices/${sale.invoiceId ?? ""}`}>{sale.number}</Link>,
                }
              : undefined,
          ]}
        />
        {sale.state !== "undone" && <SaleAmounts sale={sale} />}
      </Stack>
    </Card>
  );
}
