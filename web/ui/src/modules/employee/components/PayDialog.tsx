import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useMe } from "@/lib/permissions.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Person, useChangePay } from "../api.ts";
import { PayFields, type PayValues } from "./PayFields.tsx";
import { useVersioned } from "./useVersioned.ts";

interface Values extends PayValues {
  from: string;
}

/** What somebody earns from a day on. */
export function PayDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useWords("employee");
  const me = useMe();
  const change = useChangePay(person.id);
  const versioned = useVersioned<Values>(person, (body, version) => change.submitAsync({ body, version }));
  const form = useForm<Values>({
    initial: {
      from: person.hiredOn > today() ? person.hiredOn : today(),
      amount: person.compensation?.amount ?? "",
      currency: person.compensation?.currency ?? me.company.currency,
      period: person.compensation?.period ?? "year",
    },
    check: values => ({
      from: values.from ? undefined : t("form.dayMissing"),
      amount: values.amount ? undefined : t("form.amountMissing"),
    }),
    submit: async values => {
      // Somebody changed another fact of the record meanwhile: a pay has its own day, so it is added to that version.
      if (!((await versioned.save(values)) || (await versioned.save(values)))) return;
      toast(t("edit.done"));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("pay.edit", { name: person.displayName })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("form.save")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <FormGrid>
          <DateField
            label={t("pay.from")}
            hint={t("transfer.fromHint")}
            required
            min={person.hiredOn}
            {...form.field("from")}
          />
          <PayFields form={form} />
        </FormGrid>
      </Stack>
    </Dialog>
  );
}
