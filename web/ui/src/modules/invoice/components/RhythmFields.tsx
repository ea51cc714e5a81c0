import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { Card, Stack } from "@/ui/Card.tsx";
import { RadioCards } from "@/ui/fields/Checkbox.tsx";
import { DateField } from "@/ui/fields/DateField.tsx";
import { NumberField } from "@/ui/fields/NumberField.tsx";
import { Select } from "@/ui/fields/Select.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { FormGrid } from "@/ui/Page.tsx";
import type { Recurring, RecurringInput, Rhythm } from "../recurring.ts";
import styles from "./invoice.module.css";
import type { Refusal } from "./refusal.ts";

/** When it recurs and what happens then, as it is typed. */
export interface Schedule {
  name: string;
  every: string;
  unit: Rhythm["unit"];
  firstOn: string;
  ends: "never" | "on" | "after";
  lastOn: string;
  times: string;
  deed: Recurring["deed"];
}

export function scheduleInput(s: Schedule): Omit<RecurringInput, "draft"> {
  return {
    name: s.name.trim(),
    deed: s.deed,
    rhythm: {
      every: Number(s.every) || 0,
      unit: s.unit,
      firstOn: s.firstOn,
      ...(s.ends === "on" && s.lastOn ? { lastOn: s.lastOn } : {}),
      ...(s.ends === "after" && s.times ? { times: Number(s.times) || 0 } : {}),
    },
  };
}

interface RhythmFieldsProps {
  schedule: Schedule;
  /** The first dates as the server counts them. */
  dates: string[] | undefined;
  refusal: Refusal;
  onChange: (set: Partial<Schedule>) => void;
}

export function RhythmFields({ schedule, dates, refusal, onChange }: RhythmFieldsProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const error = (path: string) => refusal.summary.find(one => one.path === path)?.message;
  const may = { issue: useCan("invoice:issue"), send: useCan("invoice:send") };
  const deeds: Recurring["deed"][] = ["draft", ...(may.issue ? (["issue"] as const) : [])];
  if (may.issue && may.send) deeds.push("send");
  if (!deeds.includes(schedule.deed)) deeds.push(schedule.deed);
  return (
    <Card title={t("recurring.when")}>
      <Stack>
        <FormGrid>
          <TextField
            label={t("recurring.name")}
            name="name"
            maxLength={100}
            hint={t("recurring.nameHint")}
            value={schedule.name}
            onChange={name => onChange({ name })}
            error={error("name")}
          />
          <NumberField
            label={t("recurring.everyLabel")}
            name="rhythm.every"
            digits={0}
            required
            value={schedule.every}
            onChange={every => onChange({ every })}
            error={error("rhythm.every")}
          />
          <Select
            label={t("recurring.unit")}
            name="rhythm.unit"
            value={schedule.unit}
            onChange={unit => onChange({ unit: unit as Rhythm["unit"] })}
            options={(["week", "month", "quarter", "year"] as const).map(value => ({
              value,
              label: t(`recurring.units.${value}`),
            }))}
          />
          <DateField
            label={t("recurring.firstOn")}
            name="rhythm.firstOn"
            required
            value={schedule.firstOn}
            onChange={firstOn => onChange({ firstOn })}
            error={error("rhythm.firstOn")}
          />
          <Select
            label={t("recurring.ends")}
            value={schedule.ends}
            onChange={ends => onChange({ ends: ends as Schedule["ends"] })}
            options={(["never", "on", "after"] as const).map(value => ({
              value,
              label: t(`recurring.end.${value}`),
            }))}
          />
          {schedule.ends === "on" && (
            <DateField
              label={t("recurring.lastOn")}
              name="rhythm.lastOn"
              required
              value={schedule.lastOn}
              onChange={lastOn => onChange({ lastOn })}
              error={error("rhythm.lastOn")}
            />
          )}
          {schedule.ends === "after" && (
            <NumberField
              label={t("recurring.times")}
              name="rhythm.times"
              digits={0}
              required
              value={schedule.times}
              onChange={times => onChange({ times })}
              error={error("rhythm.times")}
            />
          )}
        </FormGrid>
        <RadioCards
          label={t("recurring.deed")}
          name="deed"
          value={schedule.deed}
          onChange={deed => onChange({ deed: deed as Recurring["deed"] })}
          options={deeds.map(value => ({
            value,
            label: t(`recurring.do.${value}.title`),
            note: t(`recurring.do.${value}.note`),
          }))}
        />
        {error("deed") && <p className={styles.wrong}>{error("deed")}</p>}
        {dates && (
          <p className="dimmed" aria-live="polite">
            {t("recurring.dates", {
              dates: dates
                .slice(0, 6)
                .map(on => format.date(on))
                .join(", "),
            })}
            {dates.length > 6 && " …"}
          </p>
        )}
      </Stack>
    </Card>
  );
}
