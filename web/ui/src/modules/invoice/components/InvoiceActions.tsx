import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { useShortcuts } from "@/lib/shortcuts.ts";
import { Button, IconButton } from "@/ui/Button.tsx";
import { useGo } from "@/ui/Link.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { type Invoice, pdfHref } from "../api.ts";
import { EInvoiceButton } from "./EInvoiceButton.tsx";
import type { Doing } from "./InvoiceDialogs.tsx";

interface InvoiceActionsProps {
  invoice: Invoice;
  language: string;
  onDo: (doing: Doing) => void;
}

/** What can be done with the document as it stands; what is not allowed is not there. */
export function InvoiceActions({ invoice, language, onDo }: InvoiceActionsProps) {
  const t = useWords("invoice");
  const go = useGo();
  const draft = invoice.status === "draft";
  const open = ["issued", "partly-paid", "overdue"].includes(invoice.status);
  const may = {
    edit: useCan("invoice:write") && draft,
    copy: useCan("invoice:write"),
    issue: useCan("invoice:issue") && draft,
    send: useCan("invoice:send") && !draft,
    pay: useCan("payment:record") && open,
    credit: useCan("invoice:credit") && (open || invoice.status === "paid"),
    writeOff: useCan("invoice:credit") && open,
    dispute: useCan("invoice:write") && open,
  };
  const edit = () => go(`/invoices/${invoice.id}/edit`);
  useShortcuts([
    ...(may.edit ? [{ keys: "e", run: edit }] : []),
    ...(may.issue ? [{ keys: "mod+Enter", run: () => onDo("issue"), always: true }] : []),
    ...(may.pay ? [{ keys: "mod+Enter", run: () => onDo("pay"), always: true }] : []),
  ]);
  return (
    <>
      <Button icon="file" href={pdfHref(invoice.id, language)} target="_blank">
        {t("action.pdf")}
      </Button>
      {!draft && <EInvoiceButton invoice={invoice} />}
      {may.send && (
        <Button icon="send" onClick={() => onDo("send")}>
          {t("send.action")}
        </Button>
      )}
      {may.edit && (
        <Button icon="edit" onClick={edit}>
          {t("action.edit")}
        </Button>
      )}
      {may.pay && (
        <Button variant="primary" icon="money" onClick={() => onDo("pay")}>
          {t("payment.record")}
        </Button>
      )}
      {may.issue && (
        <Button variant="primary" icon="check" onClick={() => onDo("issue")}>
          {t("edit.issue")}
        </Button>
      )}
      <Menu
        trigger={<IconButton icon="more" variant="default" label={t("action.more")} />}
        items={[
          may.copy &&
            invoice.kind === "invoice" && {
              label: t("recurring.repeat"),
              icon: "refresh",
              href: `/invoices/recurring/new?invoice=${invoice.id}`,
            },
          may.copy && { label: t("action.copy"), icon: "copy", href: `/invoices/new?copy=${invoice.id}` },
          {
            label: t("action.download"),
            icon: "download",
            href: `${pdfHref(invoice.id, language)}&download=true`,
          },
          { label: t("action.print"), icon: "print", onSelect: () => window.print() },
          (may.credit || may.writeOff || may.edit || may.dispute) && "divider",
          may.dispute && {
            label: t(invoice.dispute ? "dispute.settle" : "dispute.action"),
            icon: "flag",
            onSelect: () => onDo("dispute"),
          },
          may.credit && { label: t("credit.action"), icon: "undo", onSelect: () => onDo("credit") },
          may.writeOff && { label: t("writeOff.action"), icon: "close", onSelect: () => onDo("writeOff") },
          may.edit && {
            label: t("discard.action"),
            icon: "trash",
            danger: true,
            onSelect: () => onDo("discard"),
          },
        ]}
      />
    </>
  );
}
