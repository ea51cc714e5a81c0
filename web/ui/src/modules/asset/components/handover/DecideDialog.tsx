import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { TextArea } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { type Handover, useVerdict } from "../../handovers.ts";

export type Asked = "refuse" | "paper" | "withdraw";

interface DecideDialogProps {
  one: Handover;
  asked: Asked;
  onClose: () => void;
}

/** Asks for what a decision needs beside the click: why, or the day of the signature. */
export function DecideDialog({ one, asked, onClose }: DecideDialogProps) {
  const t = useWords("asset");
  const verdict = useVerdict(one.id, () => {
    toast(t(`handover.${asked}.done`, { number: one.number }));
    onClose();
  });
  const form = useForm({
    initial: { reason: "", on: today() },
    check: values => ({
      reason: asked === "refuse" && !values.reason.trim() ? t("handover.reasonMissing") : undefined,
      on: asked === "paper" && !values.on ? t("handover.dayMissing") : undefined,
    }),
    submit: values =>
      verdict.submitAsync(
        asked === "refuse"
          ? { refuse: values.reason }
          : asked === "paper"
            ? { signedOn: values.on }
            : { withdraw: values.reason || undefined },
      ),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={t(`handover.${asked}.title`, { number: one.number })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant={asked === "paper" ? "primary" : "danger"} loading={form.busy}>
            {t(`handover.${asked}.verb`)}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        <FormErrorSummary form={form} />
        <p>{t(`handover.${asked}.text`, { name: one.personName })}</p>
        {asked === "paper" ? (
          <DateField
            label={t("handover.signedOn")}
            required
            min={one.on}
            max={today()}
            {...form.field("on")}
          />
        ) : (
          <TextArea
            label={t(asked === "refuse" ? "handover.whatIsWrong" : "handover.why")}
            required={asked === "refuse"}
            autoFocus
            maxLength={2000}
            rows={3}
            {...form.field("reason")}
          />
        )}
      </Stack>
    </Dialog>
  );
}
