import { useState } from "react";
import { today } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { findPeople } from "@/modules/employee/public.ts";
import { Button } from "@/ui/Button.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { useGo } from "@/ui/Link.tsx";
import { toast } from "@/ui/toast.ts";
import { type Asset, drawUpHref, useAssign, useReserve } from "../api.ts";

export type AssignMode = "assign" | "transfer" | "reserve";

interface AssignDialogProps {
  asset: Asset;
  mode: AssignMode;
  onClose: () => void;
}

/** Finds a person and hands the asset over: type a name, Enter, Enter. */
export function AssignDialog({ asset, mode, onClose }: AssignDialogProps) {
  const t = useWords("asset");
  const go = useGo();
  const drawsUp = useCan("handover:write");
  const [more, setMore] = useState(false);
  const done = (changed: Asset) => {
    const { holderId, holderName = "" } = changed;
    toast(t(`assign.done.${mode}`, { tag: changed.tag, name: holderName }), {
      ...(drawsUp && mode !== "reserve" && holderId
        ? { action: { label: t("handover.drawUp"), run: () => go(drawUpHref(holderId, holderName)) } }
        : {}),
    });
    onClose();
  };
  const assign = useAssign(done);
  const reserve = useReserve(done);
  const form = useForm({
    initial: { employeeId: "", dueOn: "", note: "" },
    check: values => ({ employeeId: values.employeeId ? undefined : t("assign.personMissing") }),
    submit: values =>
      mode === "reserve"
        ? reserve.submitAsync({ id: asset.id, ...values })
        : assign.submitAsync({ id: asset.id, ...values, ...(mode === "transfer" ? { transfer: true } : {}) }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`assign.title.${mode}`, { tag: asset.tag })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" variant="primary" loading={form.busy}>
            {t(`assign.verb.${mode}`)}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <p className="dimmed">
          {mode === "transfer" ? t("assign.from", { name: asset.holderName }) : asset.name}
        </p>
        <Combobox
          label={t("assign.person")}
          required
          autoFocus
          icon="person"
          search={findPeople}
          selected={
            asset.status === "reserved" && asset.holderId
              ? { value: asset.holderId, label: asset.holderName ?? "" }
              : undefined
          }
          {...form.field("employeeId")}
        />
        {mode !== "reserve" && more && (
          <DateField label={t("field.dueOn")} required={false} min={today()} {...form.field("dueOn")} />
        )}
        {more ? (
          <TextField label={t("field.note")} required={false} maxLength={2000} {...form.field("note")} />
        ) : (
          <div>
            <Button size="sm" variant="quiet" icon="plus" onClick={() => setMore(true)}>
              {t(mode === "reserve" ? "assign.addNote" : "assign.more")}
            </Button>
          </div>
        )}
      </Stack>
    </Dialog>
  );
}
