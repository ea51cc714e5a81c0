import { api } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { countries, currencies as named, timeZones } from "@/lib/places.ts";
import { useSubmit } from "@/lib/query.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormFooter, FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import type { Company } from "../api.ts";

/** What the form knows, in its order. */
export const fields = [
  "name",
  "legalName",
  "line1",
  "line2",
  "postalCode",
  "city",
  "country",
  "email",
  "phone",
  "website",
  "taxId",
  "vatId",
  "iban",
  "bic",
  "bankName",
  "currency",
  "language",
  "timeZone",
] as const;

type Values = Record<(typeof fields)[number], string>;

export interface CompanyFormProps {
  company: Company;
  currencies: string[];
  locale: string;
  onSaved: () => void;
  /** Somebody else was faster; throws what it cannot settle. */
  onStale: (mine: Company, error: unknown) => Promise<void>;
}

export function CompanyForm({ company, currencies, locale, onSaved, onStale }: CompanyFormProps) {
  const t = useWords("platform");
  const save = useSubmit({
    run: (values: Values, key) => {
      const filled = Object.fromEntries(
        Object.entries(values).filter(([, value]) => value.trim() !== ""),
      ) as Partial<Values>;
      return api.put("/api/v1/company", {
        body: {
          ...filled,
          name: values.name,
          country: values.country,
          currency: values.currency,
          timeZone: values.timeZone,
          language: values.language as "en",
        },
        ifMatch: company.version,
        idempotencyKey: key,
      });
    },
    changes: [["platform", "company"], ["me"]],
    onDone: () => {
      toast(t("company.saved"));
      onSaved();
    },
  });
  const form = useForm({
    initial: Object.fromEntries(fields.map(name => [name, company[name] ?? ""])) as Values,
    check: values => ({ name: values.name.trim() ? undefined : t("company.nameMissing") }),
    submit: values =>
      save
        .submitAsync(values)
        .catch((error: unknown) =>
          onStale({ ...company, ...values, language: values.language as "en" }, error),
        ),
  });
  const text = (name: (typeof fields)[number]) => ({ label: t(`company.${name}`), ...form.field(name) });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack>
        <FormErrorSummary form={form} />
        <Card title={t("company.identity")}>
          <FormGrid>
            <TextField required autoComplete="organization" {...text("name")} />
            <TextField hint={t("company.legalNameHint")} {...text("legalName")} />
            <TextField autoComplete="address-line1" {...text("line1")} />
            <TextField autoComplete="address-line2" {...text("line2")} />
            <TextField autoComplete="postal-code" {...text("postalCode")} />
            <TextField autoComplete="address-level2" {...text("city")} />
            <Combobox options={countries(locale)} clearable={false} {...text("country")} />
            <TextField type="email" inputMode="email" {...text("email")} />
            <TextField type="tel" inputMode="tel" {...text("phone")} />
            <TextField type="url" inputMode="url" {...text("website")} />
          </FormGrid>
        </Card>
        <Card title={t("company.money")}>
          <FormGrid>
            <TextField {...text("taxId")} />
            <TextField {...text("vatId")} />
            <TextField {...text("iban")} />
            <TextField {...text("bic")} />
            <TextField {...text("bankName")} />
            <Select
              hint={t("company.currencyHint")}
              options={named(currencies, locale)}
              {...text("currency")}
            />
          </FormGrid>
        </Card>
        <Card title={t("company.region")}>
          <FormGrid>
            <Select
              options={["en", "de"].map(value => ({ value, label: t(`company.languages.${value}`) }))}
              hint={t("company.languageHint")}
              {...text("language")}
            />
            <Combobox options={timeZones(company.timeZone)} clearable={false} {...text("timeZone")} />
          </FormGrid>
        </Card>
        <FormFooter>
          {form.dirty && <Button onClick={() => form.reset()}>{t("discard")}</Button>}
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("save")}
          </Button>
        </FormFooter>
      </Stack>
    </form>
  );
}
