import { memo, useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Card } from "@/ui/Card.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { type Option, Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { FormGrid } from "@/ui/Page.tsx";
import { findCustomers } from "../api.ts";
import { currencies } from "../currencies.ts";
import { type Draft, sameAround } from "../draft.ts";
import { CustomerDialog } from "./CustomerDialog.tsx";
import { focusFirst } from "./LineRow.tsx";
import type { Refusal } from "./refusal.ts";

interface DraftDetailsProps {
  draft: Draft;
  known: { customerId?: string | undefined; customer?: string | undefined } | undefined;
  /** A new draft begins with the customer. */
  fresh: boolean;
  /** What recurs is not delivered on one day. */
  recurring?: boolean;
  refusal: Refusal;
  onChange: (set: Partial<Draft>) => void;
}

/** Who buys, in which money, and until when it is to be paid. */
export const DraftDetails = memo(function DraftDetails({
  draft,
  known,
  fresh,
  recurring = false,
  refusal,
  onChange,
}: DraftDetailsProps) {
  const t = useWords("invoice");
  const mayAdd = useCan("customer:write");
  const [adding, setAdding] = useState<string | undefined>();
  const [added, setAdded] = useState<Option | undefined>();
  const error = (path: string) => refusal.summary.find(one => one.path === path)?.message;
  const first = known?.customerId ? { value: known.customerId, label: known.customer ?? "" } : undefined;
  return (
    <Card>
      <FormGrid>
        <Combobox
          label={t("field.customer")}
          name="customerId"
          required
          autoFocus={fresh && draft.customerId === ""}
          value={draft.customerId}
          onChange={customerId => {
            onChange({ customerId });
            if (fresh && customerId) focusFirst();
          }}
          search={findCustomers}
          selected={added ?? first}
          error={error("customerId")}
          {...(mayAdd ? { onCreate: setAdding } : {})}
        />
        <TextField
          label={t("field.reference")}
          name="reference"
          value={draft.reference}
          onChange={reference => onChange({ reference })}
          maxLength={200}
          error={error("reference")}
        />
        <Select
          label={t("field.currency")}
          name="currency"
          value={draft.currency}
          onChange={currency => onChange({ currency })}
          options={currencies(draft.currency)}
        />
        <NumberField
          label={t("field.paymentDays")}
          name="paymentDays"
          digits={0}
          unit={t("field.days")}
          value={draft.paymentDays}
          placeholder={t("edit.asCustomer")}
          onChange={paymentDays => onChange({ paymentDays })}
          error={error("paymentDays")}
        />
        {!recurring && (
          <DateField
            label={t("field.deliveredOn")}
            name="deliveredOn"
            value={draft.deliveredOn}
            onChange={deliveredOn => onChange({ deliveredOn })}
          />
        )}
      </FormGrid>
      {adding !== undefined && (
        <CustomerDialog
          name={adding}
          onClose={() => setAdding(undefined)}
          onDone={customer => {
            setAdding(undefined);
            setAdded({ value: customer.id, label: customer.name });
            onChange({ customerId: customer.id });
          }}
        />
      )}
    </Card>
  );
}, sameAround);
