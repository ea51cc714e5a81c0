import { useForm as useKitForm } from "@mantine/form";
import { useRef, useState } from "react";
import { isProblem, type Problem } from "@/lib/problem.ts";

type Values = Record<string, unknown>;
type Path<T> = (keyof T & string) | (string & {});

export interface SummaryEntry {
  path: string;
  message: string;
}

export interface FormOptions<T extends Values> {
  initial: T;
  /** Problems by path, found here before anything travels: `{ name: t("...") }`. Leave out what is fine. */
  check?: (values: T) => Record<string, string | undefined>;
  /** Sends the values; a Problem that it throws is shown at its fields. */
  submit: (values: T) => Promise<unknown>;
}

/**
 * State of a form: `<TextField label=… {...form.field("name")} />`, `<FormErrorSummary form={form} />`,
 * `<form onSubmit={form.onSubmit}>`. Values are kept whatever happens.
 */
export function useForm<T extends Values>(options: FormOptions<T>) {
  const kit = useKitForm<T>({ mode: "controlled", initialValues: options.initial });
  const [summary, setSummary] = useState<SummaryEntry[]>([]);
  const [problem, setProblem] = useState<Problem | Error | undefined>();
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const running = useRef(false);

  const refuse = (entries: SummaryEntry[], cause?: Problem | Error) => {
    kit.setErrors(Object.fromEntries(entries.filter(one => one.path).map(one => [one.path, one.message])));
    setSummary(entries);
    setProblem(cause);
    setAttempt(count => count + 1);
  };
  const submit = async () => {
    if (running.current) return;
    const values = kit.getValues();
    const wrong = Object.entries(options.check?.(values) ?? {}).filter((one): one is [string, string] =>
      Boolean(one[1]),
    );
    if (wrong.length > 0) {
      refuse(wrong.map(([path, message]) => ({ path, message })));
      return;
    }
    running.current = true;
    setBusy(true);
    try {
      kit.clearErrors();
      setSummary([]);
      setProblem(undefined);
      await options.submit(values);
    } catch (error) {
      if (isProblem(error)) refuse(error.fields, error);
      else refuse([], error instanceof Error ? error : new Error(String(error)));
    } finally {
      running.current = false;
      setBusy(false);
    }
  };

  return {
    values: kit.values,
    set: <P extends Path<T>>(path: P, value: unknown) => {
      kit.setFieldValue(path, value as never);
      kit.clearFieldError(path);
    },
    reset: (values?: T) => {
      if (values) kit.setInitialValues(values);
      kit.setValues(values ?? options.initial);
      kit.clearErrors();
      kit.resetDirty(values ?? options.initial);
      setSummary([]);
      setProblem(undefined);
    },
    dirty: kit.isDirty(),
    busy,
    submit: () => void submit(),
    onSubmit: (event?: { preventDefault: () => void }) => {
      event?.preventDefault();
      void submit();
    },
    /** value, onChange, error and name of one input; `lines.2.quantity` for what stands deeper. */
    field: <V = string>(path: Path<T>) => ({
      name: path as string,
      value: valueAt(kit.values, path) as V,
      onChange: (value: V) => {
        kit.setFieldValue(path, value as never);
        kit.clearFieldError(path);
      },
      error: kit.errors[path],
    }),
    /** The same for a checkbox or switch. */
    toggle: (path: Path<T>) => ({
      name: path as string,
      checked: Boolean(valueAt(kit.values, path)),
      onChange: (value: boolean) => kit.setFieldValue(path, value as never),
    }),
    errors: kit.errors as Record<string, string | undefined>,
    summary,
    problem,
    attempt,
  };
}

export type Form = Pick<ReturnType<typeof useForm<Values>>, "summary" | "problem" | "attempt">;

function valueAt(values: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values);
}
