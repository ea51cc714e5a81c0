import { useState } from "react";
import { addMonths } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Row, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid, Wide } from "@/ui/Page.tsx";
import { useCategories, usePlaces } from "../api.ts";
import { PlanFields, PlanOf, takePlan } from "./AssetPlan.tsx";
import type { AssetValues } from "./assetValues.ts";
import { CategoryDialog } from "./CategoryDialog.tsx";

interface AssetFormProps {
  initial: AssetValues;
  /** A new asset takes its plan from the category until the person decides otherwise. */
  fresh: boolean;
  cancel: string;
  save: string;
  submit: (values: AssetValues) => Promise<unknown>;
}

export function AssetForm({ initial, fresh, cancel, save, submit }: AssetFormProps) {
  const t = useWords("asset");
  const categories = useCategories();
  const places = usePlaces();
  const mayConfigure = useCan("asset:configure");
  const [making, setMaking] = useState<string | undefined>();
  const [ownPlan, setOwnPlan] = useState(!fresh || initial.method !== "");
  const form = useForm<AssetValues>({
    initial,
    check: values => ({
      name: values.name.trim() ? undefined : t("form.nameMissing"),
      categoryId: values.categoryId ? undefined : t("form.categoryMissing"),
    }),
    submit,
  });
  const category = categories.list.find(one => one.id === form.values.categoryId);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack>
        <FormErrorSummary form={form} />
        <Card title={t("form.what")}>
          <FormGrid>
            <TextField label={t("field.name")} required autoFocus maxLength={200} {...form.field("name")} />
            <Combobox
              label={t("field.category")}
              required
              clearable={false}
              options={categories.list.map(one => ({ value: one.id, label: one.name, note: one.prefix }))}
              {...(mayConfigure ? { onCreate: (typed: string) => setMaking(typed) } : {})}
              {...form.field("categoryId")}
            />
            <TextField
              label={t("field.tag")}
              required={fresh ? false : undefined}
              maxLength={40}
              placeholder={
                fresh ? t(category ? "form.tagNext" : "form.tagGiven", { prefix: category?.prefix }) : ""
              }
              {...form.field("tag")}
            />
            <TextField label={t("field.serial")} required={false} maxLength={100} {...form.field("serial")} />
            <TextField label={t("field.model")} required={false} maxLength={100} {...form.field("model")} />
            <Combobox
              label={t("field.location")}
              required={false}
              icon="pin"
              options={places.list.map(one => ({ value: one.id, label: one.path }))}
              {...form.field("locationId")}
            />
          </FormGrid>
        </Card>
        <Card title={t("form.purchase")}>
          <FormGrid>
            <DateField label={t("field.purchasedOn")} required={false} {...form.field("purchasedOn")} />
            <MoneyField
              label={t("field.cost")}
              required={false}
              currency={form.values.currency || "EUR"}
              {...form.field("cost")}
            />
            <TextField
              label={t("field.supplier")}
              required={false}
              maxLength={200}
              {...form.field("supplier")}
            />
            <DateField
              label={t("field.warrantyUntil")}
              required={false}
              hint={
                <WarrantyYears
                  from={form.values.purchasedOn}
                  onPick={day => form.set("warrantyUntil", day)}
                />
              }
              {...form.field("warrantyUntil")}
            />
          </FormGrid>
        </Card>
        <Card
          title={t("form.plan")}
          actions={
            !ownPlan && (
              <Button
                size="sm"
                onClick={() => {
                  takePlan(form.set, category, form.values);
                  setOwnPlan(true);
                }}
              >
                {t("form.planChange")}
              </Button>
            )
          }
        >
          {ownPlan ? <PlanFields form={form} /> : <PlanOf category={category} values={form.values} />}
        </Card>
        <Card title={t("field.notes")}>
          <Wide>
            <TextArea label={t("field.notes")} hideLabel maxLength={4000} {...form.field("notes")} />
          </Wide>
        </Card>
        <FormFooter>
          <Button href={cancel}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {save}
          </Button>
        </FormFooter>
      </Stack>
      {making !== undefined && (
        <CategoryDialog
          name={making}
          onClose={() => setMaking(undefined)}
          onSaved={saved => form.set("categoryId", saved.id)}
        />
      )}
    </form>
  );
}

/** One, two or three years from the purchase, at a click. */
function WarrantyYears({ from, onPick }: { from: string; onPick: (day: string) => void }) {
  const t = useWords("asset");
  if (!/^\d{4}-\d\d-\d\d$/.test(from)) return null;
  return (
    <Row gap={4}>
      {[1, 2, 3].map(years => (
        <Button key={years} size="sm" variant="quiet" onClick={() => onPick(addMonths(from, 12 * years))}>
          {t("form.years", { count: years })}
        </Button>
      ))}
    </Row>
  );
}
