import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { useGo } from "@/ui/Link.tsx";
import { toast } from "@/ui/toast.ts";
import { type Invoice, useDiscard, useIssue, useWriteOff } from "../api.ts";
import { CreditDialog } from "./CreditDialog.tsx";
import { DisputeDialog } from "./DisputeDialog.tsx";
import { PaymentDialog } from "./PaymentDialog.tsx";
import { Refused } from "./Refused.tsx";
import { SendDialog } from "./SendDialog.tsx";

export type Doing = "issue" | "send" | "dispute" | "pay" | "credit" | "writeOff" | "discard";

interface DialogProps {
  invoice: Invoice;
  onClose: () => void;
}

export function InvoiceDialogs({ doing, ...props }: DialogProps & { doing: Doing | undefined }) {
  switch (doing) {
    case "issue":
      return <IssueDialog {...props} />;
    case "send":
      return <SendDialog {...props} />;
    case "dispute":
      return <DisputeDialog {...props} />;
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
