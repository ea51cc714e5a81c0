import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { countries, currencies, currencyOf } from "@/lib/places.ts";
import { RadioCards } from "@/ui/fields/Checkbox.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { PasswordField, TextField } from "@/ui/fields/TextField.tsx";
import type { useForm } from "@/ui/form.ts";
import styles from "./session.module.css";

export interface SetUpValues extends Record<string, unknown> {
  company: { name: string; country: string; currency: string; taxId: string };
  administrator: { name: string; email: string; password: string; again: string };
  sample: string;
}

interface StepProps {
  form: ReturnType<typeof useForm<SetUpValues>>;
}

export function CompanyStep({ form, currencies: found }: StepProps & { currencies: string[] }) {
  const t = useWords("app");
  const { locale } = useFormat();
  return (
    <>
      <TextField
        label={t("setUp.company.name")}
        autoFocus
        autoComplete="organization"
        {...form.field("company.name")}
      />
      <div className={styles.two}>
        <Combobox
          label={t("setUp.company.country")}
          options={countries(locale)}
          clearable={false}
          {...form.field("company.country")}
          onChange={country => {
            form.set("company.country", country);
            const currency = currencyOf(country);
            if (currency && found.includes(currency)) form.set("company.currency", currency);
          }}
        />
        <Select
          label={t("setUp.company.currency")}
          options={currencies(found, locale)}
          {...form.field("company.currency")}
        />
      </div>
      <TextField
        label={t("setUp.company.taxId")}
        required={false}
        hint={t("setUp.company.taxIdHint")}
        {...form.field("company.taxId")}
      />
    </>
  );
}

export function AdministratorStep({ form }: StepProps) {
  const t = useWords("app");
  return (
    <>
      <div className={styles.two}>
        <TextField
          label={t("setUp.administrator.name")}
          autoFocus
          autoComplete="name"
          {...form.field("administrator.name")}
        />
        <TextField
          label={t("setUp.administrator.email")}
          type="email"
          inputMode="email"
          autoComplete="username"
          {...form.field("administrator.email")}
        />
      </div>
      <PasswordField
        label={t("setUp.administrator.password")}
        autoComplete="new-password"
        hint={t("setUp.administrator.passwordHint")}
        {...form.field("administrator.password")}
      />
      <PasswordField
        label={t("setUp.administrator.again")}
        autoComplete="new-password"
        {...form.field("administrator.again")}
      />
    </>
  );
}

export function BeginningStep({ form }: StepProps) {
  const t = useWords("app");
  return (
    <RadioCards
      label={t("setUp.beginning.question")}
      options={[
        { value: "empty", label: t("setUp.beginning.empty"), note: t("setUp.beginning.emptyNote") },
        { value: "sample", label: t("setUp.beginning.sample"), note: t("setUp.beginning.sampleNote") },
      ]}
      {...form.field("sample")}
    />
  );
}
