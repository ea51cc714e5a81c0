import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextArea, TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid, Wide } from "@/ui/Page.tsx";
import { type Customer, type CustomerInput, useSaveCustomer } from "../api.ts";
import { currencies } from "../currencies.ts";
import styles from "./invoice.module.css";

export interface CustomerValues extends Record<string, unknown> {
  number: string;
  name: string;
  email: string;
  phone: string;
  street: string;
  postalCode: string;
  city: string;
  country: string;
  vatId: string;
  taxId: string;
  currency: string;
  paymentDays: string;
  language: string;
  noReminders: boolean;
  note: string;
  contacts: { name: string; role: string; email: string; phone: string }[];
}

const nobody = { name: "", role: "", email: "", phone: "" };

/** State of the form for a new customer or a known one. */
export function useCustomerForm(
  customer: Customer | undefined,
  name: string,
  onDone: (made: Customer) => void,
) {
  const t = useWords("invoice");
  const me = useMe();
  const save = useSaveCustomer(customer);
  return useForm<CustomerValues>({
    initial: {
      number: customer?.number ?? "",
      name: customer?.name ?? name,
      email: customer?.email ?? "",
      phone: customer?.phone ?? "",
      street: customer?.street ?? "",
      postalCode: customer?.postalCode ?? "",
      city: customer?.city ?? "",
      country: customer?.country ?? me.company.country,
      vatId: customer?.vatId ?? "",
      taxId: customer?.taxId ?? "",
      currency: customer?.currency ?? "",
      paymentDays: String(customer?.paymentDays ?? 30),
      language: customer?.language ?? "",
      noReminders: customer?.noReminders ?? false,
      note: customer?.note ?? "",
      contacts: (customer?.contacts ?? []).map(one => ({ ...nobody, ...one })),
    },
    check: values => ({ name: values.name.trim() ? undefined : t("customer.nameMissing") }),
    submit: async values => onDone(await save.submitAsync(bodyOf(values, customer?.archived ?? false))),
  });
}

export function bodyOf(values: CustomerValues, archived: boolean): CustomerInput {
  const { paymentDays, language, ...rest } = values;
  return {
    ...rest,
    ...(language ? { language: language as "en" | "de" } : {}),
    ...(paymentDays !== "" ? { paymentDays: Number(paymentDays) } : {}),
    archived,
    contacts: values.contacts.filter(one => one.name.trim() !== "" || one.email.trim() !== ""),
  };
}

type Form = ReturnType<typeof useCustomerForm>;

export function CustomerFields({ form, short }: { form: Form; short?: boolean }) {
  const t = useWords("invoice");
  return (
    <Stack>
      <FormGrid>
        <TextField label={t("customer.name")} required autoFocus {...form.field("name")} />
        {!short && (
          <TextField label={t("customer.number")} hint={t("customer.numberHint")} {...form.field("number")} />
        )}
        <TextField label={t("customer.email")} type="email" {...form.field("email")} />
        {!short && <TextField label={t("customer.phone")} type="tel" {...form.field("phone")} />}
        <TextField label={t("customer.street")} {...form.field("street")} />
        <TextField label={t("customer.postalCode")} {...form.field("postalCode")} />
        <TextField label={t("customer.city")} {...form.field("city")} />
        <TextField
          label={t("customer.country")}
          hint={t("customer.countryHint")}
          maxLength={2}
          {...form.field("country")}
        />
        <TextField label={t("customer.vatId")} {...form.field("vatId")} />
        {!short && <TextField label={t("customer.taxId")} {...form.field("taxId")} />}
        {!short && (
          <Select
            label={t("field.currency")}
            empty={t("customer.companyCurrency")}
            options={currencies(form.values.currency)}
            {...form.field("currency")}
          />
        )}
        <NumberField
          label={t("field.paymentDays")}
          digits={0}
          unit={t("field.days")}
          {...form.field("paymentDays")}
        />
        {!short && (
          <Select
            label={t("customer.language")}
            empty={t("customer.companyLanguage")}
            options={[
              { value: "en", label: "English" },
              { value: "de", label: "Deutsch" },
            ]}
            {...form.field("language")}
          />
        )}
        {!short && (
          <Wide>
            <Checkbox
              label={t("customer.noReminders")}
              hint={t("customer.noRemindersHint")}
              checked={form.values.noReminders}
              onChange={on => form.set("noReminders", on)}
            />
          </Wide>
        )}
        {!short && (
          <Wide>
            <TextArea label={t("customer.note")} {...form.field("note")} />
          </Wide>
        )}
      </FormGrid>
      {!short && <Contacts form={form} />}
    </Stack>
  );
}

function Contacts({ form }: { form: Form }) {
  const t = useWords("invoice");
  const { contacts } = form.values;
  return (
    <Stack gap={8}>
      <strong>{t("customer.contacts")}</strong>
      {contacts.map((_, at) => (
        <div className={styles.contact} key={at}>
          <TextField label={t("customer.name")} {...form.field(`contacts.${at}.name`)} />
          <TextField label={t("customer.role")} {...form.field(`contacts.${at}.role`)} />
          <TextField label={t("customer.email")} type="email" {...form.field(`contacts.${at}.email`)} />
          <TextField label={t("customer.phone")} type="tel" {...form.field(`contacts.${at}.phone`)} />
          <IconButton
            icon="trash"
            label={t("customer.removeContact", { name: contacts[at]?.name ?? "" })}
            onClick={() =>
              form.set(
                "contacts",
                contacts.filter((__, index) => index !== at),
              )
            }
          />
        </div>
      ))}
      <div>
        <Button icon="plus" onClick={() => form.set("contacts", [...contacts, nobody])}>
          {t("customer.addContact")}
        </Button>
      </div>
    </Stack>
  );
}
