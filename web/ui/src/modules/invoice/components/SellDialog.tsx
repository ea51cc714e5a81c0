import { useDeferredValue } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Drawer } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Segments } from "@/ui/fields/Checkbox.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { toast } from "@/ui/toast.ts";
import { findCustomers, useTaxRates } from "../api.ts";
import { type AssetSale, type SellInput, usePreviewSale, useSell } from "../sales.ts";

interface SellDialogProps {
  asset: { id: string; tag: string; name: string; currency: string };
  onClose: () => void;
}

/** Asks for buyer and price, shows gain or loss before anything happens, and sells. */
export default function SellDialog({ asset, onClose }: SellDialogProps) {
  const t = useWords("invoice");
  const rates = useTaxRates();
  const sell = useSell();
  const label = `${asset.tag} ${asset.name}`;
  const form = useForm({
    initial: { customerId: "", price: "", priceMode: "exclusive", taxRateId: "", note: "" },
    check: values => ({
      customerId: values.customerId ? undefined : t("sell.customerMissing"),
      price: values.price ? undefined : t("sell.priceMissing"),
    }),
    submit: async values => {
      const sale = await sell.submitAsync(asked(asset.id, values));
      const done = sale.state === "done";
      toast(t(done ? "sell.done" : "sell.waiting", { asset: asset.tag, number: sale.number }), {
        tone: "green",
      });
      onClose();
    },
  });
  const input = useDeferredValue(asked(asset.id, form.values));
  const preview = usePreviewSale(input, Boolean(input.customerId && input.price));
  return (
    <Drawer
      open
      onClose={onClose}
      title={t("sell.title", { asset: label })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" icon="money" loading={form.busy}>
            {t("sell.confirm")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <p>{t("sell.text")}</p>
        <Combobox
          label={t("sell.customer")}
          required
          autoFocus
          search={findCustomers}
          {...form.field("customerId")}
        />
        <MoneyField label={t("sell.price")} required currency={asset.currency} {...form.field("price")} />
        <Segments
          label={t("sell.mode")}
          options={[
            { value: "exclusive", label: t("sell.exclusive") },
            { value: "inclusive", label: t("sell.inclusive") },
          ]}
          {...form.field("priceMode")}
        />
        <Select
          label={t("sell.taxRate")}
          empty={t("item.defaultRate")}
          options={(rates.data ?? [])
            .filter(rate => !rate.archived)
            .map(rate => ({ value: rate.id, label: rate.name }))}
          {...form.field("taxRateId")}
        />
        <TextField label={t("sell.note")} maxLength={500} {...form.field("note")} />
        {preview.data && <SaleAmounts sale={preview.data} />}
        {preview.error && isProblem(preview.error) && preview.error.status === 409 && (
          <Callout tone="amber">{preview.error.message}</Callout>
        )}
      </Stack>
    </Drawer>
  );
}

function asked(
  assetId: string,
  values: { customerId: string; price: string; priceMode: string; taxRateId: string; note: string },
): SellInput {
  return {
    assetId,
    customerId: values.customerId,
    price: values.price,
    priceMode: values.priceMode as "exclusive",
    ...(values.taxRateId ? { taxRateId: values.taxRateId } : {}),
    ...(values.note.trim() ? { note: values.note.trim() } : {}),
  };
}

/** Proceeds against the value in the books. */
export function SaleAmounts({ sale }: { sale: AssetSale }) {
  const t = useWords("invoice");
  const format = useFormat();
  const money = (amount: string) => format.money(amount, sale.currency);
  const loss = sale.gain.startsWith("-");
  const even = Number(sale.gain) === 0;
  return (
    <>
      <PropertyList
        items={[
          { label: t("sell.net"), value: money(sale.net) },
          { label: t("sell.value"), value: money(sale.value) },
          { label: t("sell.tax"), value: money(sale.tax) },
          { label: t("sell.gross"), value: money(sale.gross) },
        ]}
      />
      <Callout
        tone={loss ? "amber" : even ? "neutral" : "green"}
        title={
          even
            ? t("sell.noGain")
            : `${t(loss ? "sell.loss" : "sell.gain")}: ${money(loss ? sale.gain.slice(1) : sale.gain)}`
        }
      />
    </>
  );
}
