import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { Stack } from "@/ui/Card.tsx";
import { ConfirmDialog } from "@/ui/Dialog.tsx";
import { TextField } from "@/ui/fields/TextField.tsx";
import { toast } from "@/ui/toast.ts";
import type { Invoice } from "../api.ts";
import { useDispute } from "../reminders.ts";
import { Refused } from "./Refused.tsx";

/** The customer holds the invoice to be wrong: nobody is reminded of it until that is settled. */
export function DisputeDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useWords("invoice");
  const [reason, setReason] = useState("");
  const dispute = useDispute(invoice.id);
  const settled = invoice.dispute !== undefined;
  const run = () =>
    void dispute
      .submitAsync(settled ? undefined : reason.trim())
      .then(() => {
        toast(t(settled ? "dispute.settled" : "dispute.done"));
        onClose();
      })
      .catch(() => undefined); // shown in the dialog
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={run}
      title={t(settled ? "dispute.settle" : "dispute.action")}
      confirm={t(settled ? "dispute.settle" : "dispute.confirm")}
      busy={dispute.busy}
    >
      <Stack>
        <p>{t(settled ? "dispute.settleText" : "dispute.text", { number: invoice.number })}</p>
        {!settled && (
          <TextField
            label={t("writeOff.reason")}
            required
            autoFocus
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
        )}
        <Refused error={dispute.error} />
      </Stack>
    </ConfirmDialog>
  );
}
