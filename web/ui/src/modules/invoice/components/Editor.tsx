import { useCallback, useDeferredValue, useMemo, useReducer, useState } from "react";
import { digitsOf, useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { Button } from "@/ui/Button.tsx";
import { Card, Stack } from "@/ui/Card.tsx";
import { ConflictDialog } from "@/ui/ConflictDialog.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { FormErrorSummary } from "@/ui/FormErrorSummary.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Page } from "@/ui/Page.tsx";
import { toast } from "@/ui/toast.ts";
import {
  type DraftInput,
  type Invoice,
  readInvoice,
  type TaxRate,
  useIssue,
  useIssueNew,
  useSaveDraft,
  useSendInvoice,
} from "../api.ts";
import { type Draft, inputOf, totalsOf } from "../draft.ts";
import { reduceDraft } from "../editing.ts";
import { DraftDetails } from "./DraftDetails.tsx";
import { DraftDiscount } from "./DraftDiscount.tsx";
import styles from "./invoice.module.css";
import { LineTable } from "./LineTable.tsx";
import { type Refusal, refusalOf } from "./refusal.ts";
import { Totals } from "./Totals.tsx";

interface EditorProps {
  title: string;
  /** The draft that is edited; none for a new one. */
  invoice?: Invoice | undefined;
  initial: Draft;
  rates: TaxRate[];
  back: { href: string; label: string };
  /** The words for the customer that is chosen at first. */
  known?: { customerId?: string | undefined; customer?: string | undefined } | undefined;
  onReload?: () => void;
}

/** Writes an invoice: lines by keyboard, sums while typing, kept as a draft or issued at once. */
export function Editor({ title, invoice, initial, rates, back, known, onReload }: EditorProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const go = useGo();
  const mayIssue = useCan("invoice:issue");
  const maySend = useCan("invoice:send");
  const [draft, change] = useReducer(reduceDraft, initial);
  const [refusal, setRefusal] = useState<Refusal>({ summary: [], problem: undefined, attempt: 0, lines: {} });
  const [asking, setAsking] = useState<"issue" | "conflict" | undefined>();
  const [version, setVersion] = useState(invoice?.version ?? 0);
  const [theirs, setTheirs] = useState<Invoice | undefined>();
  const save = useSaveDraft(invoice?.id);
  const issue = useIssue();
  const issueNew = useIssueNew();
  const mail = useSendInvoice();
  const calm = useDeferredValue(draft);
  const digits = digitsOf(calm.currency);
  const sums = useMemo(
    () => totalsOf(calm, rates, digits, format.locale),
    [calm, rates, digits, format.locale],
  );
  const amounts = useMemo(
    () => sums.lines.map(line => format.amount(line.amount, calm.currency)),
    [sums, format, calm.currency],
  );

  const send = async (body: DraftInput, then: "show" | "issue", over: number) => {
    if (!invoice && then === "issue") return issueNew.submitAsync(body);
    const kept = await save.submitAsync({ body, version: over });
    setVersion(kept.version);
    return then === "issue" ? issue.submitAsync({ id: kept.id, version: kept.version }) : kept;
  };
  /** Issued is issued: when it cannot be mailed, its page says why and asks again. */
  const mailed = (id: string) =>
    mail.submitAsync({ id }).then(
      letter => {
        toast(t("send.done", { to: letter.to }));
        return `/invoices/${id}`;
      },
      () => `/invoices/${id}?send=1`,
    );
  const keep = async (then: "show" | "issue", over = version, sent = false) => {
    const { body, rows } = inputOf(draft, format.locale);
    try {
      const kept = await send(body, then, over);
      toast(then === "issue" ? t("edit.issued", { number: kept.number }) : t("edit.saved"));
      go(sent ? await mailed(kept.id) : `/invoices/${kept.id}`);
    } catch (error) {
      if (isProblem(error, 412) && invoice) {
        setTheirs(await readInvoice(invoice.id));
        setAsking("conflict");
        return;
      }
      setAsking(undefined);
      const label = (cell: string, row: number) => t("line.label", { field: t(`line.${cell}`), n: row + 1 });
      setRefusal(before => refusalOf(error, rows, before.attempt + 1, label));
    }
  };
  const onChange = useCallback(
    (at: number, line: Partial<Draft["lines"][number]>) => change({ at, line }),
    [],
  );
  const onSet = useCallback((set: Partial<Omit<Draft, "lines">>) => change({ set }), []);
  const issueOrKeep = () => (mayIssue ? setAsking("issue") : void keep("show"));
  useShortcuts([
    { keys: "mod+Enter", run: issueOrKeep, always: true },
    { keys: "mod+s", run: () => void keep("show"), always: true },
  ]);
  const busy = save.busy || issue.busy || issueNew.busy || mail.busy;
  const differences = (mine: Draft, gross: string, stored: Invoice) => [
    { label: t("field.lines"), mine: inputOf(mine, format.locale).rows.length, theirs: stored.lines.length },
    {
      label: t("field.gross"),
      mine: format.money(gross, mine.currency),
      theirs: format.money(stored.totals.gross, stored.currency),
    },
    { label: t("field.reference"), mine: mine.reference, theirs: stored.reference },
  ];
  return (
    <Page
      title={title}
      back={back}
      width="form"
      actions={
        <>
          <Button loading={busy && asking === undefined} onClick={() => void keep("show")}>
            {t("edit.save")}
          </Button>
          {mayIssue && (
            <Button
              variant="primary"
              icon="check"
              loading={busy && asking === "issue"}
              onClick={() => setAsking("issue")}
            >
              {t("edit.issue")}
            </Button>
          )}
        </>
      }
    >
      <Stack>
        <FormErrorSummary form={refusal} />
        <DraftDetails draft={draft} known={known} fresh={!invoice} refusal={refusal} onChange={onSet} />
        <Card flush>
          <LineTable
            lines={draft.lines}
            amounts={amounts}
            rates={rates}
            problems={refusal.lines}
            locale={format.locale}
            onChange={onChange}
            onEdit={change}
          />
          <div className={styles.below}>
            <DraftDiscount draft={draft} onChange={onSet} />
            <Totals currency={calm.currency} totals={sums.totals} taxes={sums.taxes} />
          </div>
        </Card>
      </Stack>
      <Dialog
        open={asking === "issue"}
        onClose={() => setAsking(undefined)}
        onSubmit={() => void keep("issue", version, maySend)}
        title={t("issue.title")}
        size="sm"
        footer={
          <>
            <Button onClick={() => setAsking(undefined)}>{t("action.cancel")}</Button>
            {maySend && (
              <Button loading={busy} onClick={() => void keep("issue")}>
                {t("edit.issue")}
              </Button>
            )}
            <Button type="submit" variant="primary" loading={busy} data-autofocus>
              {t(maySend ? "edit.issueAndSend" : "edit.issue")}
            </Button>
          </>
        }
      >
        {t("issue.text", { total: format.money(sums.totals.payable, calm.currency) })}
      </Dialog>
      <ConflictDialog
        open={asking === "conflict"}
        differences={theirs ? differences(draft, sums.totals.gross, theirs) : []}
        onClose={() => setAsking(undefined)}
        onTakeTheirs={() => {
          setAsking(undefined);
          onReload?.();
        }}
        onKeepMine={() => void keep("show", theirs?.version)}
        busy={busy}
      />
    </Page>
  );
}
