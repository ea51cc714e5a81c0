import { useState } from "react";
import { save } from "@/lib/api.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { type FieldProblem, isProblem } from "@/lib/problem.ts";
import { Button } from "@/ui/Button.tsx";
import { Callout } from "@/ui/Callout.tsx";
import { Stack } from "@/ui/Card.tsx";
import { Dialog } from "@/ui/Dialog.tsx";
import { Link } from "@/ui/Link.tsx";
import type { Invoice } from "../api.ts";

/** Saves the document as e-invoice, or says what is missing and leads there. */
export function EInvoiceButton({ invoice }: { invoice: Invoice }) {
  const t = useWords("invoice");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>();
  const run = () => {
    setBusy(true);
    save(`/api/v1/invoices/${invoice.id}/ubl`, `${invoice.number}.xml`)
      .catch(setRefused)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button loading={busy} onClick={run} title={t("ubl.hint")}>
        {t("ubl.action")}
      </Button>
      {refused !== undefined && (
        <Dialog
          open
          onClose={() => setRefused(undefined)}
          title={t("ubl.title", { number: invoice.number })}
          size="sm"
          footer={<Button onClick={() => setRefused(undefined)}>{t("ubl.close")}</Button>}
        >
          <Why error={refused} customer={invoice.customerId ?? ""} />
        </Dialog>
      )}
    </>
  );
}

function Why({ error, customer }: { error: unknown; customer: string }) {
  const t = useWords("invoice");
  const seesCustomers = useCan("customer:read");
  const setsUp = useCan("company:update");
  if (!isProblem(error, 422)) {
    return (
      <Callout tone="red" title={isProblem(error) && error.status < 500 ? error.message : t("ubl.failed")} />
    );
  }
  const from = (side: string) => error.fields.filter(one => one.path.startsWith(`${side}.`));
  const others = error.fields.filter(one => !/^(seller|buyer)\./.test(one.path));
  return (
    <Stack>
      {others.map(one => (
        <Callout
          tone="amber"
          title={one.path === "currency" ? t("ubl.currency") : t("ubl.rounding")}
          key={one.path}
        />
      ))}
      <Missing
        what={from("seller")}
        title={t("ubl.seller")}
        href={setsUp ? "/admin/company" : undefined}
        link={t("ubl.toSettings")}
      />
      <Missing
        what={from("buyer")}
        title={t("ubl.buyer")}
        href={customer && seesCustomers ? `/invoices/customers/${customer}` : undefined}
        link={t("ubl.toCustomer")}
      />
    </Stack>
  );
}

interface MissingProps {
  what: FieldProblem[];
  title: string;
  href: string | undefined;
  link: string;
}

function Missing({ what, title, href, link }: MissingProps) {
  const t = useWords("invoice");
  if (what.length === 0) return null;
  return (
    <Callout tone="amber" title={title}>
      <ul>
        {what.map(one => (
          <li key={one.path}>{t(`ubl.field.${one.path.split(".")[1]}`)}</li>
        ))}
      </ul>
      {href && <Link href={href}>{link}</Link>}
    </Callout>
  );
}
