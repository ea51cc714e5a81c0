import { useState } from "react";
import { today, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Button } from "@/ui/Button.tsx";
import { Row, Stack } from "@/ui/Card.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useForm } from "@/ui/form.ts";
import { toast } from "@/ui/toast.ts";
import { useHolidays } from "../leave.ts";
import { useRemoveHoliday, useSetHoliday } from "../setup.ts";
import { SetupDialog } from "./SetupDialog.tsx";
import { SetupList } from "./SetupList.tsx";

/** The days of a year on which nobody works, and which leave does not use up. */
export function Holidays() {
  const t = useWords("employee");
  const format = useFormat();
  const [year, setYear] = useState(Number(today().slice(0, 4)));
  const holidays = useHolidays(year);
  const remove = useRemoveHoliday();
  return (
    <Stack>
      <Row>
        <Button size="sm" icon="chevron-left" onClick={() => setYear(year - 1)}>
          {String(year - 1)}
        </Button>
        <strong>{year}</strong>
        <Button size="sm" icon="chevron-right" onClick={() => setYear(year + 1)}>
          {String(year + 1)}
        </Button>
      </Row>
      <SetupList
        words="holidays"
        entries={holidays.data?.map(one => ({
          id: one.day,
          version: 0,
          name: one.name,
          note: format.date(one.day),
        }))}
        error={holidays.error}
        onRetry={() => void holidays.refetch()}
        editor={(entry, close) => (
          <Editor day={entry?.id ?? ""} name={entry?.name ?? ""} onClose={close} key={entry?.id ?? "new"} />
        )}
        remove={entry => remove.submitAsync(entry.id)}
        removeText={t("setup.holidays.removeText")}
      />
    </Stack>
  );
}

function Editor({ day, name, onClose }: { day: string; name: string; onClose: () => void }) {
  const t = useWords("employee");
  const set = useSetHoliday();
  const form = useForm({
    initial: { day, name },
    check: values => ({
      day: values.day ? undefined : t("form.dayMissing"),
      name: values.name.trim() ? undefined : t("form.nameMissing"),
    }),
    submit: async values => {
      await set.submitAsync(values);
      toast(t("edit.done"));
      onClose();
    },
  });
  return (
    <SetupDialog
      title={day ? t("setup.changeOne", { name }) : t("setup.holidays.add")}
      form={form}
      onClose={onClose}
    >
      <DateField label={t("setup.holidays.day")} required disabled={day !== ""} {...form.field("day")} />
      <TextField label={t("setup.name")} required maxLength={100} {...form.field("name")} />
    </SetupDialog>
  );
}
