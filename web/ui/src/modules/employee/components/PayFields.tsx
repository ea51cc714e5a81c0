import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import type { useForm } from "@/ui/form.ts";

export interface PayValues extends Record<string, unknown> {
  amount: string;
  currency: string;
  period: "year" | "month" | "hour";
}

interface Props {
  form: Pick<ReturnType<typeof useForm<PayValues>>, "field">;
  /** Where the three stand in a larger form: "compensation.". */
  at?: string;
}

/** An amount, its currency, and for how long it is paid. */
export function PayFields({ form, at = "" }: Props) {
  const t = useWords("employee");
  const me = useMe();
  const currency = form.field(`${at}currency`);
  return (
    <>
      <MoneyField
        label={t("pay.amount")}
        currency={currency.value || me.company.currency}
        {...form.field(`${at}amount`)}
      />
      <Select
        label={t("pay.period")}
        options={["year", "month", "hour"].map(value => ({ value, label: t(`pay.per.${value}`) }))}
        {...form.field(`${at}period`)}
      />
      <TextField
        label={t("pay.currency")}
        maxLength={3}
        {...currency}
        onChange={value => currency.onChange(value.toUpperCase())}
      />
    </>
  );
}
