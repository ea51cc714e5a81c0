import { today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { Combobox } from "@/ui/fields/Combobox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { FormGrid, Wide } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type Person, useBeginCase, useOffboard, useOffboarding } from "../api.ts";
import { findPeople } from "../public.ts";
import styles from "./LeaveDialog.module.css";

/** Lets somebody leave: when, why, who takes over, and what will happen by it. */
export function LeaveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useWords("employee");
  const format = useFormat();
  const offboard = useOffboard(person.id);
  const beginCase = useBeginCase(person.id);
  const open = useOffboarding(person.id, true);
  const form = useForm({
    initial: { leftOn: person.leftOn ?? today(), reason: "", successorId: "", way: "return" },
    check: values => ({ leftOn: values.leftOn ? undefined : t("form.dayMissing") }),
    submit: async ({ leftOn, reason, successorId, way }) => {
      const waits = way === "settle";
      const { submitAsync } = waits ? beginCase : offboard;
      await submitAsync({ leftOn, ...(reason && { reason }), ...(successorId && { successorId }) });
      const done = leftOn > today() ? "leave.planned" : "leave.done";
      toast(t(waits ? "leave.waits" : done, { name: person.displayName }));
      onClose();
    },
  });
  const waits = form.values.way === "settle";
  const later = form.values.leftOn > today();
  const held = open.data?.open ?? [];
  const items = waits ? held : held.filter(item => item.kind === "asset");
  const reports = open.data?.reports ?? 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("leave.title", { name: person.displayName })}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
          <Button type="submit" variant={waits ? "primary" : "danger"} loading={form.busy}>
            {t(waits ? "leave.begin" : later ? "leave.plan" : "leave.now")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={form} />
        <FormGrid>
          <DateField
            label={t("leave.lastDay")}
            required
            min={person.hiredOn}
            autoFocus
            {...form.field("leftOn")}
          />
          <TextField label={t("leave.reason")} maxLength={500} {...form.field("reason")} />
          {reports > 0 && (
            <Wide>
              <Combobox
                label={t("leave.successor", { count: reports })}
                hint={person.manager ? t("leave.successorHint", { name: person.manager }) : undefined}
                icon="person"
                search={async (query, signal) =>
                  (await findPeople(query, signal)).filter(one => one.value !== person.id)
                }
                {...form.field("successorId")}
              />
            </Wide>
          )}
          {held.length > 0 && (
            <Wide>
              <Select
                label={t("leave.way")}
                options={[
                  { value: "return", label: t("leave.wayReturn") },
                  { value: "settle", label: t("leave.waySettle") },
                ]}
                {...form.field("way")}
              />
            </Wide>
          )}
        </FormGrid>
        <section aria-label={t("leave.happens")} className={styles.happens}>
          <h3>
            {later ? t("leave.happensOn", { day: format.date(form.values.leftOn) }) : t("leave.happens")}
          </h3>
          <ul>
            <li>{t("leave.access")}</li>
            {items.length > 0 ? (
              <li>
                {t(waits ? "case.toSettle" : "leave.assets", { count: items.length })}
                <ul className={styles.items}>
                  {items.slice(0, 8).map(item => (
                    <li key={item.id}>{item.label}</li>
                  ))}
                  {items.length > 8 && <li>{t("leave.more", { count: items.length - 8 })}</li>}
                </ul>
              </li>
            ) : (
              <li>{t("leave.noAssets")}</li>
            )}
            {reports > 0 && <li>{t("leave.reports", { count: reports })}</li>}
            {waits && <li>{t("leave.settleFirst")}</li>}
            <li>{t("leave.record")}</li>
          </ul>
        </section>
        {(open.data?.unknown ?? []).length > 0 && <Callout tone="amber">{t("leave.unknown")}</Callout>}
      </Stack>
    </Dialog>
  );
}
