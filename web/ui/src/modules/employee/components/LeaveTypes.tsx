import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Checkbox } from "@/ui/fields/Checkbox.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { Wide } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import { type LeaveType, useLeaveTypes } from "../leave.ts";
import { useSaveLeaveType } from "../setup.ts";
import { SetupDialog } from "./SetupDialog.tsx";
import { SetupList } from "./SetupList.tsx";

/** The kinds of leave: how many days a year, and how many of them go on to the next. */
export function LeaveTypes() {
  const t = useWords("employee");
  const format = useFormat();
  const types = useLeaveTypes();
  const save = useSaveLeaveType();
  const days = (count: number) => format.number(String(count));
  return (
    <SetupList
      words="leave"
      entries={types.data?.map(one => ({
        ...one,
        note: one.unlimited
          ? t("setup.leave.isUnlimited")
          : t(one.monthly ? "setup.leave.byMonth" : "setup.leave.byYear", {
              days: days(one.days),
              carryOver: days(one.carryOver),
            }),
      }))}
      error={types.error}
      onRetry={() => void types.refetch()}
      editor={(entry, close) => <Editor type={entry} onClose={close} key={entry?.id ?? "new"} />}
      archive={({ id, version, name, days, carryOver, monthly, unlimited }, archived) =>
        save.submitAsync({ id, version, body: { name, days, carryOver, monthly, unlimited, archived } })
      }
    />
  );
}

function Editor({ type, onClose }: { type: LeaveType | undefined; onClose: () => void }) {
  const t = useWords("employee");
  const save = useSaveLeaveType();
  const form = useForm({
    initial: {
      name: type?.name ?? "",
      days: type ? String(type.days) : "",
      carryOver: type ? String(type.carryOver) : "",
      monthly: type?.monthly ?? false,
      unlimited: type?.unlimited ?? false,
    },
    check: values => ({ name: values.name.trim() ? undefined : t("form.nameMissing") }),
    submit: async ({ days, carryOver, ...values }) => {
      const limited = { days: Number(days), carryOver: Number(carryOver) };
      const body = {
        ...values,
        ...(values.unlimited ? { days: 0, carryOver: 0, monthly: false } : limited),
        ...(type?.archived && { archived: true }),
      };
      await save.submitAsync({ id: type?.id, version: type?.version, body });
      toast(t("edit.done"));
      onClose();
    },
  });
  return (
    <SetupDialog
      title={type ? t("setup.changeOne", { name: type.name }) : t("setup.leave.add")}
      form={form}
      onClose={onClose}
    >
      <Wide>
        <TextField label={t("setup.name")} required autoFocus maxLength={100} {...form.field("name")} />
      </Wide>
      <Wide>
        <Checkbox
          label={t("setup.leave.unlimited")}
          hint={t("setup.leave.unlimitedHint")}
          checked={form.values.unlimited}
          onChange={on => form.set("unlimited", on)}
        />
      </Wide>
      {!form.values.unlimited && (
        <>
          <NumberField label={t("setup.leave.days")} {...form.field("days")} />
          <NumberField
            label={t("setup.leave.carryOver")}
            hint={t("setup.leave.carryOverHint")}
            {...form.field("carryOver")}
          />
          <Wide>
            <Checkbox
              label={t("setup.leave.monthly")}
              checked={form.values.monthly}
              onChange={on => form.set("monthly", on)}
            />
          </Wide>
        </>
      )}
    </SetupDialog>
  );
}
