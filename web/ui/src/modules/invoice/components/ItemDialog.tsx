import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Drawer } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Switch } from "@/ui/fields/Checkbox.tsx";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { type Item, type TaxRate, useSaveItem } from "../api.ts";
import { currencies } from "../currencies.ts";

interface ItemDialogProps {
  item: Item | undefined;
  rates: TaxRate[];
  onClose: () => void;
}

/** A product or service, new or known. */
export function ItemDialog({ item, rates, onClose }: ItemDialogProps) {
  const t = useWords("invoice");
  const me = useMe();
  const save = useSaveItem(item);
  const form = useForm({
    initial: {
      code: item?.code ?? "",
      name: item?.name ?? "",
      description: item?.description ?? "",
      unit: item?.unit ?? "",
      unitPrice: item?.unitPrice ?? "",
      currency: item?.currency ?? me.company.currency,
      priceMode: item?.priceMode ?? "exclusive",
      taxRateId: item?.taxRateId ?? rates.find(rate => rate.default)?.id ?? "",
      archived: item?.archived ?? false,
    },
    check: values => ({
      name: values.name.trim() ? undefined : t("item.nameMissing"),
      code: values.code.trim() ? undefined : t("item.codeMissing"),
      unitPrice: values.unitPrice ? undefined : t("item.priceMissing"),
    }),
    submit: async ({ taxRateId, priceMode, ...values }) => {
      await save.submitAsync({
        ...values,
        priceMode: priceMode as "exclusive",
        ...(taxRateId ? { taxRateId } : {}),
      });
      toast(t("item.saved", { name: values.name }));
      onClose();
    },
  });
  return (
    <Drawer
      open
      onClose={onClose}
      title={item ? item.name : t("item.new")}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <TextField label={t("item.name")} required autoFocus {...form.field("name")} />
        <TextField label={t("item.code")} required {...form.field("code")} />
        <MoneyField
          label={t("item.unitPrice")}
          required
          currency={form.values.currency}
          {...form.field("unitPrice")}
        />
        <Select
          label={t("field.currency")}
          options={currencies(form.values.currency)}
          {...form.field("currency")}
        />
        <Select
          label={t("item.taxRate")}
          empty={t("item.defaultRate")}
          options={rates.filter(rate => !rate.archived).map(rate => ({ value: rate.id, label: rate.name }))}
          {...form.field("taxRateId")}
        />
        <TextField label={t("item.unit")} hint={t("item.unitHint")} {...form.field("unit")} />
        <TextArea label={t("item.description")} {...form.field("description")} />
        {item && (
          <Switch label={t("field.archived")} hint={t("item.archivedHint")} {...form.toggle("archived")} />
        )}
      </Stack>
    </Drawer>
  );
}
