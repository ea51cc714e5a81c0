import { useDeferredValue } from "react";
import { decimal, today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { useGo } from "@/ui/Link.tsx";
import { FormGrid, Page, Wide } from "@/ui/Page.tsx";
import { useTaxRates } from "../api.ts";
import { type Bill, type BillInput, usePreviewBill, useSaveBill } from "../bills.ts";
import { currencies } from "../currencies.ts";
import styles from "./bill.module.css";
import { Totals } from "./Totals.tsx";

interface Line {
  key: number;
  description: string;
  quantity: string;
  unitPrice: string;
  taxRateId: string;
}

interface Values extends Record<string, unknown> {
  supplier: string;
  number: string;
  billedOn: string;
  dueOn: string;
  currency: string;
  note: string;
  lines: Line[];
}

let nextKey = 1;
const emptyLine = (): Line => ({
  key: nextKey++,
  description: "",
  quantity: "1",
  unitPrice: "",
  taxRateId: "",
});

function valuesOf(bill: Bill | undefined, currency: string): Values {
  return {
    supplier: bill?.supplier ?? "",
    number: bill?.number ?? "",
    billedOn: bill?.billedOn ?? today(),
    dueOn: bill?.dueOn ?? "",
    currency: bill?.currency ?? currency,
    note: bill?.note ?? "",
    lines: bill
      ? bill.lines.map(line => ({
          key: nextKey++,
          description: line.description,
          quantity: line.quantity,
          unitPrice: line.unitPrice,
          taxRateId: line.tax.rateId ?? "",
        }))
      : [emptyLine()],
  };
}

function inputOf({ lines, dueOn, note, ...rest }: Values): BillInput {
  return {
    ...rest,
    ...(dueOn && { dueOn }),
    ...(note.trim() && { note }),
    lines: lines.map(({ description, quantity, unitPrice, taxRateId }) => ({
      description,
      quantity,
      unitPrice,
      ...(taxRateId && { taxRateId }),
    })),
  };
}

/** A vendor's bill as it is typed, with the totals to compare with the paper. */
export function BillForm({ bill }: { bill?: Bill }) {
  const t = useWords("invoice");
  const go = useGo();
  const me = useMe();
  const rates = useTaxRates();
  const save = useSaveBill(bill);
  const form = useForm<Values>({
    initial: valuesOf(bill, me.company.currency),
    check: values => ({
      supplier: values.supplier.trim() ? undefined : t("bill.supplierMissing"),
      number: values.number.trim() ? undefined : t("bill.numberMissing"),
      billedOn: values.billedOn ? undefined : t("bill.dayMissing"),
      ...Object.fromEntries(
        values.lines.flatMap((line, at) => [
          [`lines.${at}.description`, line.description.trim() ? undefined : t("bill.descriptionMissing")],
          [`lines.${at}.unitPrice`, decimal.valid(line.unitPrice) ? undefined : t("sell.priceMissing")],
        ]),
      ),
    }),
    submit: async values => {
      const saved = await save.submitAsync(inputOf(values));
      go(`/invoices/bills/${saved.id}`);
    },
  });
  const { lines, currency } = form.values;
  const input = useDeferredValue(inputOf(form.values));
  const complete =
    input.supplier.trim() !== "" &&
    input.number.trim() !== "" &&
    input.billedOn !== "" &&
    input.lines.every(
      line =>
        line.description.trim() !== "" &&
        decimal.valid(line.quantity) &&
        decimal.sign(line.quantity) !== 0 &&
        decimal.valid(line.unitPrice),
    );
  const preview = usePreviewBill(input, complete);
  const back = bill ? `/invoices/bills/${bill.id}` : "/invoices/bills";
  return (
    <Page
      title={bill ? t("bill.edit") : t("bill.new")}
      back={{ href: back, label: bill ? bill.number : t("bill.title") }}
      actions={
        <>
          <Button href={back}>{t("action.cancel")}</Button>
          <Button variant="primary" loading={form.busy} onClick={form.submit}>
            {t("bill.save")}
          </Button>
        </>
      }
    >
      <form noValidate onSubmit={form.onSubmit}>
        <Stack>
          <FormErrorSummary form={form} />
          <Card>
            <FormGrid>
              <TextField
                label={t("bill.supplier")}
                required
                autoFocus
                maxLength={200}
                {...form.field("supplier")}
              />
              <TextField label={t("bill.number")} required maxLength={100} {...form.field("number")} />
              <DateField label={t("bill.billedOn")} required {...form.field("billedOn")} />
              <DateField label={t("field.dueOn")} {...form.field("dueOn")} />
              <Select
                label={t("field.currency")}
                options={currencies(currency)}
                {...form.field("currency")}
              />
              <Wide>
                <TextField label={t("bill.note")} maxLength={5000} {...form.field("note")} />
              </Wide>
            </FormGrid>
          </Card>
          <Card title={t("field.lines")}>
            <ol className={styles.lines}>
              {lines.map((line, at) => (
                <li key={line.key} className={styles.line}>
                  <TextField
                    label={t("line.description")}
                    required
                    maxLength={2000}
                    {...form.field(`lines.${at}.description`)}
                  />
                  <NumberField label={t("line.quantity")} required {...form.field(`lines.${at}.quantity`)} />
                  <NumberField
                    label={t("line.unitPrice")}
                    required
                    unit={currency}
                    {...form.field(`lines.${at}.unitPrice`)}
                  />
                  <Select
                    label={t("line.taxRateId")}
                    empty={t("item.defaultRate")}
                    options={(rates.data ?? [])
                      .filter(rate => !rate.archived || rate.id === line.taxRateId)
                      .map(rate => ({ value: rate.id, label: rate.name }))}
                    {...form.field(`lines.${at}.taxRateId`)}
                  />
                  <IconButton
                    icon="trash"
                    label={t("bill.removeLine", { at: at + 1 })}
                    disabled={lines.length === 1}
                    onClick={() =>
                      form.set(
                        "lines",
                        lines.filter(one => one !== line),
                      )
                    }
                  />
                </li>
              ))}
            </ol>
            <div className={styles.below}>
              <Button variant="quiet" icon="plus" onClick={() => form.set("lines", [...lines, emptyLine()])}>
                {t("line.add")}
              </Button>
              {preview.data && (
                <Totals currency={currency} totals={preview.data.totals} taxes={preview.data.taxes} />
              )}
            </div>
          </Card>
        </Stack>
      </form>
    </Page>
  );
}
