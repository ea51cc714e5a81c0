import { useEffect } from "react";
import { decimal, digitsOf, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Callout } from "@/ui/Callout.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { MoneyField, NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import type { useForm } from "@/ui/form.ts";
import { FormGrid, Wide } from "@/ui/Page.tsx";
import type { Category } from "../api.ts";
import type { AssetValues } from "./assetValues.ts";
import { conventions, inSentence, methods } from "./words.ts";

type Set = (path: string, value: unknown) => void;

/** Writes the category's plan into the fields, where the person can change it. */
export function takePlan(set: Set, category: Category | undefined, values: AssetValues) {
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
export function PlanOf({ category, values }: { category: Category | undefined; values: AssetValues }) {
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

export function PlanFields({ form }: { form: FormOf }) {
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
