import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import { digitsOf, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import type { TaxRate } from "../api.ts";
import { type Draft, inputOf, totalsOf } from "../draft.ts";
import { reduceDraft } from "../editing.ts";
import {
  type Recurring,
  type RecurringInput,
  readRecurring,
  usePreviewRecurring,
  useSaveRecurring,
} from "../recurring.ts";
import { DraftDetails } from "./DraftDetails.tsx";
import { DraftDiscount } from "./DraftDiscount.tsx";
import styles from "./invoice.module.css";
import { LineTable } from "./LineTable.tsx";
import { useRhythmWords } from "./RecurringStatus.tsx";
import { RhythmFields, type Schedule, scheduleInput } from "./RhythmFields.tsx";
import { type Refusal, refusalOf } from "./refusal.ts";
import { Totals } from "./Totals.tsx";

interface RecurringFormProps {
  title: string;
  /** The one that is changed; none for a new one. */
  one?: Recurring;
  initial: Draft;
  schedule: Schedule;
  rates: TaxRate[];
  back: { href: string; label: string };
  known: { customerId?: string | undefined; customer?: string | undefined };
  onReload?: () => void;
}

/** When an invoice comes again, what happens then, and what it says. */
export function RecurringForm({ one, initial, rates, onReload, ...props }: RecurringFormProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const rhythm = useRhythmWords();
  const go = useGo();
  const [draft, change] = useReducer(reduceDraft, initial);
  const [schedule, setSchedule] = useState(props.schedule);
  const [refusal, setRefusal] = useState<Refusal>({ summary: [], problem: undefined, attempt: 0, lines: {} });
  const [version, setVersion] = useState(one?.version ?? 0);
  const [theirs, setTheirs] = useState<Recurring | undefined>();
  const save = useSaveRecurring(one?.id);
  const digits = digitsOf(draft.currency);
  const sums = useMemo(
    () => totalsOf(draft, rates, digits, format.locale),
    [draft, rates, digits, format.locale],
  );
  const amounts = sums.lines.map(line => format.amount(line.amount, draft.currency));
  const input = (): { body: RecurringInput; rows: number[] } => {
    const { body, rows } = inputOf({ ...draft, deliveredOn: "" }, format.locale);
    return { body: { ...scheduleInput(schedule), draft: body }, rows };
  };
  const calm = useCalm(input().body);
  const ready = calm.rhythm.every > 0 && calm.rhythm.firstOn !== "" && (calm.draft.customerId ?? "") !== "";
  const preview = usePreviewRecurring(calm, ready);
  const goesOn =
    one?.rhythm.every === calm.rhythm.every &&
    one.rhythm.unit === calm.rhythm.unit &&
    one.rhythm.firstOn === calm.rhythm.firstOn;
  const keep = async (over: number) => {
    const { body, rows } = input();
    try {
      const kept = await save.submitAsync({ body, version: over });
      toast(t("recurring.saved", { name: kept.name }));
      go(`/invoices/recurring/${kept.id}`);
    } catch (error) {
      if (isProblem(error, 412) && one) {
        setTheirs(await readRecurring(one.id));
        return;
      }
      setTheirs(undefined);
      const label = (cell: string, row: number) => t("line.label", { field: t(`line.${cell}`), n: row + 1 });
      setRefusal(before => refusalOf(error, rows, before.attempt + 1, label));
    }
  };
  const onLine = useCallback((at: number, line: Partial<Draft["lines"][number]>) => change({ at, line }), []);
  const onSet = useCallback((set: Partial<Omit<Draft, "lines">>) => change({ set }), []);
  const onSchedule = useCallback((set: Partial<Schedule>) => setSchedule(is => ({ ...is, ...set })), []);
  useShortcuts([
    { keys: "mod+Enter", run: () => void keep(version), always: true },
    { keys: "mod+s", run: () => void keep(version), always: true },
  ]);
  return (
    <Page
      title={props.title}
      back={props.back}
      width="form"
      actions={
        <>
          <Button href={props.back.href}>{t("action.cancel")}</Button>
          <Button variant="primary" icon="check" loading={save.busy} onClick={() => void keep(version)}>
            {t(one ? "recurring.save" : "recurring.start")}
          </Button>
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={refusal} />
        <RhythmFields
          schedule={schedule}
          dates={goesOn ? one?.next : ready ? preview.data?.dates : undefined}
          refusal={refusal}
          onChange={onSchedule}
        />
        <DraftDetails
          draft={draft}
          known={props.known}
          fresh={false}
          recurring
          refusal={refusal}
          onChange={onSet}
        />
        <Callout tone="neutral" title={t("recurring.words")}>
          {t("recurring.wordsText", { words: "{month} {quarter} {year} {period} {last-period}" })}
          {ready && preview.data && (
            <p>
              {t("recurring.reads", {
                on: format.date(preview.data.dates[0] ?? ""),
                text: preview.data.first.lines.map(line => line.description).join(" · "),
              })}
            </p>
          )}
        </Callout>
        <Card flush>
          <LineTable
            lines={draft.lines}
            amounts={amounts}
            rates={rates}
            problems={refusal.lines}
            locale={format.locale}
            onChange={onLine}
            onEdit={change}
          />
          <div className={styles.below}>
            <DraftDiscount draft={draft} onChange={onSet} />
            <Totals currency={draft.currency} totals={sums.totals} taxes={sums.taxes} />
          </div>
        </Card>
      </Stack>
      <ConflictDialog
        open={theirs !== undefined}
        differences={
          theirs
            ? [
                {
                  label: t("recurring.rhythm"),
                  mine: rhythm(Number(schedule.every) || 1, schedule.unit),
                  theirs: rhythm(theirs.rhythm.every, theirs.rhythm.unit),
                },
                { label: t("recurring.made"), mine: one?.made ?? 0, theirs: theirs.made },
                {
                  label: t("field.gross"),
                  mine: format.money(sums.totals.gross, draft.currency),
                  theirs: format.money(theirs.totals.gross, theirs.currency),
                },
              ]
            : []
        }
        onClose={() => setTheirs(undefined)}
        onTakeTheirs={() => {
          setTheirs(undefined);
          onReload?.();
        }}
        onKeepMine={() => {
          const over = theirs?.version ?? version;
          setVersion(over);
          void keep(over);
        }}
        busy={save.busy}
      />
    </Page>
  );
}

/** A value that follows when nothing was typed for a moment. */
function useCalm(value: RecurringInput): RecurringInput {
  const text = JSON.stringify(value);
  const [calm, setCalm] = useState(text);
  useEffect(() => {
    const later = setTimeout(() => setCalm(text), 400);
    return () => clearTimeout(later);
  }, [text]);
  return useMemo(() => JSON.parse(calm) as RecurringInput, [calm]);
}
