import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Switch } from "@/ui/fields/Checkbox.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { type TaxRate, useSaveTaxRate } from "../api.ts";

const categories = ["S", "Z", "E", "AE", "K", "G", "O"] as const;

/** A tax rate: its kind and percentage are chosen once, for they stand on documents. */
export function TaxRateDialog({ rate, onClose }: { rate: TaxRate | undefined; onClose: () => void }) {
  const t = useWords("invoice");
  const save = useSaveTaxRate(rate);
  const form = useForm({
    initial: {
      name: rate?.name ?? "",
      category: rate?.category ?? "S",
      percent: rate?.percent ?? "",
      reason: rate?.reason ?? "",
      default: rate?.default ?? false,
      archived: rate?.archived ?? false,
    },
    check: values => ({ name: values.name.trim() ? undefined : t("rate.nameMissing") }),
    submit: async ({ percent, category, ...values }) => {
      const taxed = category === "S" && percent !== "";
      await save.submitAsync({ ...values, category: category as "S", ...(taxed ? { percent } : {}) });
      toast(t("rate.saved", { name: values.name }));
      onClose();
    },
  });
  const taxed = form.values.category === "S";
  return (
    <Dialog
      open
      onClose={onClose}
      title={rate ? rate.name : t("rate.new")}
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
        <TextField label={t("rate.name")} required autoFocus {...form.field("name")} />
        <Select
          label={t("rate.category")}
          disabled={rate !== undefined}
          hint={rate && t("rate.fixed")}
          options={categories.map(value => ({ value, label: t(`category.${value}`) }))}
          {...form.field("category")}
        />
        {taxed ? (
          <NumberField
            label={t("rate.percent")}
            unit="%"
            disabled={rate !== undefined}
            {...form.field("percent")}
          />
        ) : (
          <TextField
            label={t("rate.reason")}
            hint={t("rate.reasonHint")}
            maxLength={500}
            {...form.field("reason")}
          />
        )}
        <Switch label={t("rate.makeDefault")} {...form.toggle("default")} />
        {rate && <Switch label={t("field.archived")} {...form.toggle("archived")} />}
      </Stack>
    </Dialog>
  );
}
