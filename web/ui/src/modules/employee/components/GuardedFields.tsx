import { useWords } from "@/lib/i18n.ts";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import type { useForm } from "@/ui/form.ts";
import type { GuardedGroup } from "../api.ts";

export const guardedFields: Record<GuardedGroup, string[]> = {
  identity: [
    "birthDate",
    "nationality",
    "nationalId",
    "taxId",
    "document",
    "documentNumber",
    "documentCountry",
    "documentExpiresOn",
  ],
  bank: ["holder", "iban", "bic"],
};
const days = ["birthDate", "documentExpiresOn"];
const countries = ["nationality", "documentCountry"];
const documents = ["passport", "identity-card", "residence-permit"];

interface Props {
  group: GuardedGroup;
  form: Pick<ReturnType<typeof useForm<Record<string, string>>>, "field">;
  /** Where they stand in a larger form: "identity.". */
  at?: string;
}

/** Papers, or the account for pay. */
export function GuardedFields({ group, form, at = "" }: Props) {
  const t = useWords("employee");
  const label = (name: string) => t(`${group}.${name}`);
  return guardedFields[group].map(name =>
    days.includes(name) ? (
      <DateField key={name} label={label(name)} {...form.field(`${at}${name}`)} />
    ) : name === "document" ? (
      <Select
        key={name}
        label={label(name)}
        empty="–"
        options={documents.map(value => ({ value, label: t(`identity.kind.${value}`) }))}
        {...form.field(`${at}${name}`)}
      />
    ) : (
      <TextField
        key={name}
        label={label(name)}
        autoComplete="off"
        maxLength={countries.includes(name) ? 2 : undefined}
        hint={countries.includes(name) ? t("contact.countryHint") : undefined}
        {...form.field(`${at}${name}`)}
      />
    ),
  );
}
