import { useState } from "react";
import { decimal, digitsOf, today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { useUrlState } from "@/lib/url.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { MoneyField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { useGo } from "@/ui/Link.tsx";
import { FormFooter, FormGrid, Page } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { restOf, setAgainst } from "../allocation.ts";
import { findCustomers, useCustomer, useInvoices, useRecordPayment } from "../api.ts";
import { AllocationTable } from "../components/AllocationTable.tsx";
import { currencies } from "../currencies.ts";
import { methods } from "../methods.ts";

/** Money came in: for whom, how much, and against which invoices. */
export default function PaymentNew() {
  const t = useWords("invoice");
  const format = useFormat();
  const go = useGo();
  const me = useMe();
  const [url] = useUrlState({ customer: "" });
  const known = useCustomer(url.customer);
  const record = useRecordPayment();
  const [own, setOwn] = useState<Record<string, string> | undefined>();
  const form = useForm({
    initial: {
      customerId: url.customer,
      receivedOn: today(),
      currency: me.company.currency,
      amount: "",
      method: "bank",
      reference: "",
    },
    check: values => ({
      customerId: values.customerId ? undefined : t("payment.customerMissing"),
      amount:
        decimal.valid(values.amount) && decimal.sign(values.amount) > 0
          ? undefined
          : t("payment.amountMissing"),
      allocations: decimal.sign(rest) < 0 ? t("payment.tooMuch") : undefined,
    }),
    submit: async values => {
      const allocations = Object.entries(parts)
        .filter(([, amount]) => decimal.valid(amount) && decimal.sign(amount) > 0)
        .map(([invoiceId, amount]) => ({ invoiceId, amount }));
      await record.submitAsync({ ...values, method: values.method as "bank", allocations });
      toast(t("payment.recorded", { amount: format.money(values.amount, values.currency) }));
      go(allocations.length === 1 ? `/invoices/${allocations[0]?.invoiceId}` : "/invoices/payments");
    },
  });
  const { customerId, currency, amount } = form.values;
  const open = useInvoices({ customerId, status: "open", sort: "dueOn" }, customerId !== "");
  const rows = customerId === "" ? [] : open.rows.filter(row => row.currency === currency);
  const parts = own ?? setAgainst(amount, rows).parts;
  const rest = restOf(amount, parts);
  return (
    <Page
      title={t("payment.record")}
      width="form"
      back={{ href: "/invoices/payments", label: t("payment.list") }}
    >
      <form onSubmit={form.onSubmit} noValidate>
        <Stack>
          <FormErrorSummary form={form} />
          <Card>
            <FormGrid>
              <Combobox
                label={t("field.customer")}
                required
                autoFocus={!url.customer}
                search={findCustomers}
                selected={known.data ? { value: known.data.id, label: known.data.name } : undefined}
                {...form.field("customerId")}
              />
              <MoneyField
                label={t("payment.amount")}
                required
                currency={currency}
                autoFocus={Boolean(url.customer)}
                {...form.field("amount")}
              />
              <DateField label={t("payment.receivedOn")} max={today()} {...form.field("receivedOn")} />
              <Select label={t("payment.method")} options={methods(t)} {...form.field("method")} />
              <Select
                label={t("field.currency")}
                options={currencies(currency)}
                {...form.field("currency")}
              />
              <TextField label={t("payment.reference")} maxLength={200} {...form.field("reference")} />
            </FormGrid>
          </Card>
          {customerId !== "" && (
            <AllocationTable
              rows={rows}
              loading={open.loading}
              currency={currency}
              digits={digitsOf(currency)}
              parts={parts}
              rest={rest}
              onChange={setOwn}
              {...(own ? { onAutomatic: () => setOwn(undefined) } : {})}
            />
          )}
          <FormFooter>
            <Button href="/invoices/payments">{t("action.cancel")}</Button>
            <Button type="submit" variant="primary" loading={form.busy}>
              {t("payment.record")}
            </Button>
          </FormFooter>
        </Stack>
      </form>
    </Page>
  );
}
