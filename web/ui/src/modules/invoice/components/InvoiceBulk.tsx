import { useState } from "react";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import type { BulkJob } from "@/ui/table/bulk/jobs.ts";
import { type InvoiceBulkAction, type InvoiceSelection, useInvoiceBulk } from "../bulk.ts";

interface InvoiceBulkProps {
  selection: InvoiceSelection;
  count: number;
  /** As people read it: "10,000+". */
  shown: string;
  onBegun: (job: BulkJob) => void;
}

/** What can be done with several documents at once, as far as the person may. */
export function InvoiceBulk(props: InvoiceBulkProps) {
  const t = useWords("invoice");
  const mayIssue = useCan("invoice:issue");
  const maySend = useCan("invoice:send");
  const [open, setOpen] = useState<InvoiceBulkAction | undefined>();
  return (
    <>
      {mayIssue && (
        <Button size="sm" icon="check" onClick={() => setOpen("issue")}>
          {t("bulk.issue")}
        </Button>
      )}
      {maySend && (
        <Button size="sm" icon="send" onClick={() => setOpen("send")}>
          {t("bulk.send")}
        </Button>
      )}
      {open && <Confirm {...props} action={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

/** Numbers and mails cannot be taken back: it says what follows before it begins. */
function Confirm({
  action,
  selection,
  count,
  shown,
  onBegun,
  onClose,
}: InvoiceBulkProps & { action: InvoiceBulkAction; onClose: () => void }) {
  const t = useWords("invoice");
  const begin = useInvoiceBulk(action, job => {
    onClose();
    onBegun(job);
  });
  const problem = isProblem(begin.error) ? begin.error : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      size="sm"
      title={t(`bulk.title.${action}`, { count, shown })}
      onSubmit={() => begin.submit(selection)}
      footer={
        <>
          <Button onClick={onClose}>{t("bulk.back")}</Button>
          <Button type="submit" variant="primary" loading={begin.busy} data-autofocus>
            {t(`bulk.verb.${action}`)}
          </Button>
        </>
      }
    >
      <Stack gap={12}>
        {begin.error && (
          <Callout tone="red">
            {problem
              ? [problem.message, ...problem.fields.map(field => field.message)].join(" ")
              : t("bulk.failed")}
          </Callout>
        )}
        <p>{t(`bulk.text.${action}`)}</p>
      </Stack>
    </Dialog>
  );
}
