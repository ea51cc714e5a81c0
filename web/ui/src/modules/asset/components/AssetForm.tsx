import { useEffect, useState } from "react";
import { addMonths, decimal, digitsOf, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Row, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { MoneyField, NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid, Wide } from "@/ui/Page.tsx";
import { type Asset, type AssetInput, type Category, useCategories, usePlaces } from "../api.ts";
import { CategoryDialog } from "./CategoryDialog.tsx";
import { conventions, inSentence, methods } from "./words.ts";

export interface AssetValues extends Record<string, unknown> {
  tag: string;
  name: string;
  serial: string;
  model: string;
  supplier: string;
  notes: string;
  categoryId: string;
  locationId: string;
  purchasedOn: string;
  cost: string;
  currency: string;
  warrantyUntil: string;
  method: string;
  convention: string;
  lifeMonths: string;
  salvage: string;
  inServiceOn: string;
}

/** What a form begins with: a record, its copy, or nothing. */
export function valuesOf(asset: Asset | undefined, currency: string): AssetValues {
  return {
    tag: asset?.tag ?? "",
    name: asset?.name ?? "",
    serial: asset?.serial ?? "",
    model: asset?.model ?? "",
    supplier: asset?.supplier ?? "",
    notes: asset?.notes ?? "",
    categoryId: asset?.categoryId ?? "",
    locationId: asset?.locationId ?? "",
    purchasedOn: asset?.purchasedOn ?? "",
    cost: asset?.cost ?? "",
    currency: asset?.currency ?? currency,
    warrantyUntil: asset?.warrantyUntil ?? "",
    method: asset?.method ?? "",
    convention: asset?.convention ?? "full-month",
    lifeMonths: asset?.lifeMonths ? String(asset.lifeMonths) : "",
    salvage: asset && asset.method !== "none" ? asset.salvage : "",
    inServiceOn: asset?.inServiceOn ?? "",
  };
}

/** The request body: what is empty stays out, so that the category's defaults or "none" apply. */
export function bodyOf(values: AssetValues): AssetInput {
  const filled = Object.entries(values).filter(
    ([name, value]) => value !== "" && (name !== "convention" || values.method !== ""),
  );
  const body = Object.fromEntries(filled) as Record<string, unknown>;
  if (body.lifeMonths !== undefined) body.lifeMonths = Number(body.lifeMonths);
  if (values.method === "none") {
    delete body.lifeMonths;
    delete body.salvage;
  }
  return body as unknown as AssetInput;
}

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

type Set = (path: string, value: unknown) => void;

/** Writes the category's plan into the fields, where the person can change it. */
function takePlan(set: Set, category: Category | undefined, values: AssetValues) {
  set("method", category?.method ?? "straight-line");
  set("convention", category?.convention ?? "full-month");
  set("lifeMonths", category && category.lifeMonths > 0 ? String(category.lifeMonths) : "36");
  set("salvage", category ? salvageOf(category, values) : "");
  set("inServiceOn", values.inServiceOn || values.purchasedOn);
}

function salvageOf(category: Category, values: AssetValues): string {
  if (!decimal.valid(values.cost) || decimal.sign(category.salvagePercent) === 0) return "";
  const share = decimal.mul(decimal.mul(values.cost, category.salvagePercent), "0.01");
  return decimal.round(share, digitsOf(values.currency || "EUR"));
}

/** What the category decides, in a sentence. */
function PlanOf({ category, values }: { category: Category | undefined; values: AssetValues }) {
  const t = useWords("asset");
  const format = useFormat();
  if (!category) return <span className="dimmed">{t("form.planChoose")}</span>;
  if (category.method === "none")
    return <span className="dimmed">{t("form.planNone", { category: category.name })}</span>;
  const salvage = salvageOf(category, values);
  return (
    <span className="dimmed">
      {t("form.planFrom", {
        category: category.name,
        method: t(`method.${category.method}`),
        count: category.lifeMonths,
        convention: inSentence(t(`convention.${category.convention}`)),
      })}{" "}
      {salvage && t("form.planSalvage", { amount: format.money(salvage, values.currency || "EUR") })}{" "}
      {!values.purchasedOn && t("form.planNoDate")}
    </span>
  );
}

type FormOf = ReturnType<typeof useForm<AssetValues>>;

function PlanFields({ form }: { form: FormOf }) {
  const t = useWords("asset");
  const { method, purchasedOn, inServiceOn } = form.values;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a first purchase date proposes the first day of service
  useEffect(() => {
    if (method !== "none" && purchasedOn && !inServiceOn) form.set("inServiceOn", purchasedOn);
  }, [purchasedOn]);
  return (
    <FormGrid>
      <Select
        label={t("field.method")}
        options={methods.map(value => ({ value, label: t(`method.${value}`) }))}
        {...form.field("method")}
      />
      {method !== "none" && (
        <>
          <Select
            label={t("field.convention")}
            options={conventions
              .filter(
                value => method === "straight-line" || value === "full-month" || value === "following-month",
              )
              .map(value => ({ value, label: t(`convention.${value}`) }))}
            {...form.field("convention")}
          />
          <NumberField
            label={t("field.lifeMonths")}
            digits={0}
            unit={t("months")}
            {...form.field("lifeMonths")}
          />
          <MoneyField
            label={t("field.salvage")}
            required={false}
            currency={form.values.currency || "EUR"}
            {...form.field("salvage")}
          />
          <DateField
            label={t("field.inServiceOn")}
            required={false}
            hint={t("form.inServiceHint")}
            {...form.field("inServiceOn")}
          />
        </>
      )}
      {method === "none" && (
        <Wide>
          <Callout>{t("form.noDepreciation")}</Callout>
        </Wide>
      )}
    </FormGrid>
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
