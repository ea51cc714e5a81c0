import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { useLeaveTypes, useRequestLeave } from "../leave.ts";

/** Asks for leave: of which kind, from when until when. */
export function LeaveRequestDialog({ onClose }: { onClose: () => void }) {
  const t = useWords("employee");
  const types = (useLeaveTypes().data ?? []).filter(one => !one.archived);
  const request = useRequestLeave();
  const usual = types.find(one => !one.unlimited) ?? types[0];
  const form = useForm({
    initial: { typeId: "", first: today(), last: "", halfFirst: false, halfLast: false, note: "" },
    check: values => ({ first: values.first ? undefined : t("form.dayMissing") }),
    submit: async ({ last, typeId, ...values }) => {
      await request.submitAsync({
        ...values,
        typeId: typeId || (usual?.id ?? ""),
        ...(last ? { last } : {}),
      });
      toast(t("absence.requested"));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("absence.request")}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t("absence.ask")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <FormGrid>
          <DateField label={t("absence.first")} required autoFocus {...form.field("first")} />
          <DateField label={t("absence.last")} hint={t("absence.lastHint")} {...form.field("last")} />
          <Select
            label={t("absence.type")}
            options={types.map(one => ({ value: one.id, label: one.name }))}
            {...form.field("typeId")}
            value={form.values.typeId || (usual?.id ?? "")}
          />
          <TextField label={t("absence.note")} maxLength={500} {...form.field("note")} />
        </FormGrid>
        <Checkbox label={t("absence.halfFirst")} {...form.toggle("halfFirst")} />
        <Checkbox label={t("absence.halfLast")} {...form.toggle("halfLast")} />
      </Stack>
    </Dialog>
  );
}
