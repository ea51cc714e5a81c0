import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { isProblem } from "@/lib/problem.ts";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useGo } from "@/ui/Link.tsx";
import { toast } from "@/ui/toast.ts";
import { type Invoice, useCredit, useDiscard, useIssue, useWriteOff } from "../api.ts";
import { PaymentDialog } from "./PaymentDialog.tsx";

export type Doing = "issue" | "pay" | "credit" | "writeOff" | "discard";

interface DialogProps {
  invoice: Invoice;
  onClose: () => void;
}

export function InvoiceDialogs({ doing, ...props }: DialogProps & { doing: Doing | undefined }) {
  switch (doing) {
    case "issue":
      return <IssueDialog {...props} />;
    case "pay":
      return <PaymentDialog {...props} />;
    case "credit":
      return <CreditDialog {...props} />;
    case "writeOff":
      return <WriteOffDialog {...props} />;
    case "discard":
      return <DiscardDialog {...props} />;
    default:
      return null;
  }
}

/** The sentences of a refusal, where the person is looking. */
function Refused({ error }: { error: Error | null }) {
  const t = useWords("invoice");
  if (!error) return null;
  const fields = isProblem(error) ? error.fields.map(one => `${one.path}: ${one.message}`) : [];
  return (
    <Callout tone="red" title={isProblem(error) && error.status < 500 ? error.message : t("action.failed")}>
      {fields.length > 0 && fields.join("; ")}
    </Callout>
  );
}

function IssueDialog({ invoice, onClose }: DialogProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const issue = useIssue();
  const run = () =>
    issue
      .submitAsync({ id: invoice.id, version: invoice.version })
      .then(issued => {
        toast(t("edit.issued", { number: issued.number }));
        onClose();
      })
      .catch(() => undefined); // shown in the dialog
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void run()}
      title={t("issue.title")}
      confirm={t("edit.issue")}
      busy={issue.busy}
    >
      <Stack>
        <p>{t("issue.text", { total: format.money(invoice.totals.payable, invoice.currency) })}</p>
        <Refused error={issue.error} />
      </Stack>
    </ConfirmDialog>
  );
}

function CreditDialog({ invoice, onClose }: DialogProps) {
  const t = useWords("invoice");
  const go = useGo();
  const [reason, setReason] = useState("");
  const credit = useCredit(invoice.id);
  const run = () =>
    credit
      .submitAsync(reason.trim())
      .then(note => {
        toast(t("credit.done", { number: note.number }));
        onClose();
        go(`/invoices/${note.id}`);
      })
      .catch(() => undefined); // shown in the dialog
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void run()}
      title={t("credit.title", { number: invoice.number })}
      confirm={t("credit.confirm")}
      busy={credit.busy}
    >
      <Stack>
        <p>{t("credit.text")}</p>
        <TextField label={t("credit.reason")} value={reason} onChange={setReason} maxLength={500} autoFocus />
        <Refused error={credit.error} />
      </Stack>
    </ConfirmDialog>
  );
}

function WriteOffDialog({ invoice, onClose }: DialogProps) {
  const t = useWords("invoice");
  const format = useFormat();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const writeOff = useWriteOff(invoice.id);
  const run = () => {
    if (reason.trim() === "") {
      setMissing(true);
      return;
    }
    void writeOff
      .submitAsync(reason.trim())
      .then(() => {
        toast(t("writeOff.done"));
        onClose();
      })
      .catch(() => undefined); // shown in the dialog
  };
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      onConfirm={run}
      title={t("writeOff.title", { number: invoice.number })}
      confirm={t("writeOff.confirm")}
      busy={writeOff.busy}
    >
      <Stack>
        <p>{t("writeOff.text", { amount: format.money(invoice.due, invoice.currency) })}</p>
        <TextField
          label={t("writeOff.reason")}
          required
          value={reason}
          onChange={setReason}
          maxLength={500}
          autoFocus
          error={missing && reason.trim() === "" ? t("writeOff.reasonMissing") : undefined}
        />
        <Refused error={writeOff.error} />
      </Stack>
    </ConfirmDialog>
  );
}

function DiscardDialog({ invoice, onClose }: DialogProps) {
  const t = useWords("invoice");
  const go = useGo();
  const discard = useDiscard(invoice, () => {
    toast(t("discard.done"));
    go("/invoices");
  });
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      onConfirm={() => discard.submit(undefined)}
      title={t("discard.title")}
      confirm={t("discard.action")}
      busy={discard.busy}
    >
      <Stack>
        <p>{t("discard.text")}</p>
        <Refused error={discard.error} />
      </Stack>
    </ConfirmDialog>
  );
}
