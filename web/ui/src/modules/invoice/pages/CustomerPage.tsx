import { useState } from "react";
import { useFormat } from "@/lib/format.ts";
import { useWords } from "@/lib/i18n.ts";
import { useCan } from "@/lib/permissions.ts";
import { usePath, useUrlState } from "@/lib/url.ts";
import { Badge } from "@/ui/Badge.tsx";
import { Button, IconButton } from "@/ui/Button.tsx";
import { Card, Grid, Stack, StatCard } from "@/ui/Card.tsx";
import { Menu } from "@/ui/Menu.tsx";
import { Page } from "@/ui/Page.tsx";
import { PropertyList } from "@/ui/PropertyList.tsx";
import { SkeletonPage, SkeletonText } from "@/ui/Skeleton.tsx";
import { EmptyState, ErrorState } from "@/ui/States.tsx";
import { Tabs } from "@/ui/Tabs.tsx";
import { DataTable } from "@/ui/table/DataTable.tsx";
import { toast } from "@/ui/toast.ts";
import { type Customer, useCustomer, useInvoices, usePayments, useSaveCustomer } from "../api.ts";
import { CustomerEditDialog } from "../components/CustomerEditDialog.tsx";
import { invoiceCard, useInvoiceColumns } from "../components/invoiceColumns.tsx";
import { LetterLog } from "../components/Letters.tsx";
import { PaymentTable } from "../components/PaymentTable.tsx";
import { useCustomerLetters } from "../reminders.ts";
import { balance } from "./CustomerList.tsx";

export default function CustomerPage() {
  const { id = "" } = usePath();
  const t = useWords("invoice");
  const customer = useCustomer(id);
  if (customer.isPending) return <SkeletonPage />;
  if (!customer.data) {
    return (
      <Page title={t("customer.list")} back={{ href: "/invoices/customers", label: t("customer.list") }}>
        <ErrorState error={customer.error} onRetry={() => void customer.refetch()} />
      </Page>
    );
  }
  return <Known customer={customer.data} key={id} />;
}

function Known({ customer }: { customer: Customer }) {
  const t = useWords("invoice");
  const format = useFormat();
  const [url, setUrl] = useUrlState({ tab: "invoices" });
  const [editing, setEditing] = useState(false);
  const sees = { invoices: useCan("invoice:read"), payments: useCan("payment:read") };
  const tab = !sees.invoices && url.tab === "invoices" ? "details" : url.tab;
  return (
    <Page
      title={customer.name}
      status={customer.archived && <Badge>{t("field.archived")}</Badge>}
      subtitle={[customer.number, customer.city, format.country(customer.country ?? "")]
        .filter(Boolean)
        .join(" · ")}
      back={{ href: "/invoices/customers", label: t("customer.list") }}
      actions={<Actions customer={customer} onEdit={() => setEditing(true)} />}
    >
      <Stack>
        {sees.payments && <Balances customer={customer} />}
        <Tabs
          label={t("customer.parts")}
          value={tab}
          onChange={value => setUrl({ tab: value })}
          tabs={[
            ...(sees.invoices ? [{ value: "invoices", label: t("list.title") }] : []),
            ...(sees.payments
              ? [
                  { value: "payments", label: t("payment.list") },
                  { value: "letters", label: t("send.log") },
                ]
              : []),
            { value: "details", label: t("customer.details") },
          ]}
        >
          {tab === "invoices" ? (
            <Invoices customer={customer} />
          ) : tab === "payments" ? (
            <Payments customer={customer} />
          ) : tab === "letters" && sees.payments ? (
            <Letters customer={customer} />
          ) : (
            <Details customer={customer} />
          )}
        </Tabs>
      </Stack>
      {editing && <CustomerEditDialog customer={customer} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function Actions({ customer, onEdit }: { customer: Customer; onEdit: () => void }) {
  const t = useWords("invoice");
  const may = {
    edit: useCan("customer:write"),
    invoice: useCan("invoice:write"),
    pay: useCan("payment:record"),
  };
  const sees = useCan("payment:read");
  const save = useSaveCustomer(customer);
  const archive = () => {
    const { id, version, createdAt, balances, archived, ...rest } = customer;
    void save.submitAsync({ ...rest, archived: !archived }).then(() => {
      toast(t(archived ? "customer.restored" : "customer.archivedDone", { name: customer.name }));
    });
  };
  return (
    <>
      {may.edit && (
        <Button icon="edit" onClick={onEdit}>
          {t("action.edit")}
        </Button>
      )}
      {may.pay && (
        <Button icon="money" href={`/invoices/payments/new?customer=${customer.id}`}>
          {t("payment.record")}
        </Button>
      )}
      {may.invoice && !customer.archived && (
        <Button variant="primary" icon="plus" href={`/invoices/new?customer=${customer.id}`}>
          {t("list.new")}
        </Button>
      )}
      {(may.edit || sees) && (
        <Menu
          trigger={<IconButton icon="more" variant="default" label={t("action.more")} />}
          items={[
            sees && {
              label: t("customer.statement"),
              icon: "file",
              href: `/api/v1/customers/${customer.id}/statement`,
            },
            may.edit && {
              label: t(customer.archived ? "customer.restore" : "customer.archive"),
              icon: "box",
              onSelect: archive,
            },
          ]}
        />
      )}
    </>
  );
}

function Balances({ customer }: { customer: Customer }) {
  const t = useWords("invoice");
  const format = useFormat();
  const overdue = balance(customer, "overdue", format);
  return (
    <Grid min={200}>
      <StatCard label={t("balance.open")} value={balance(customer, "open", format)} />
      <StatCard label={t("balance.overdue")} value={overdue} tone={overdue === "–" ? undefined : "red"} />
      <StatCard label={t("balance.credit")} value={balance(customer, "credit", format)} />
    </Grid>
  );
}

function Invoices({ customer }: { customer: Customer }) {
  const t = useWords("invoice");
  const format = useFormat();
  const [url, setUrl] = useUrlState({ sort: "-created" });
  const list = useInvoices({ customerId: customer.id, sort: url.sort });
  return (
    <Card flush>
      <DataTable
        plain
        label={t("list.title")}
        list={list}
        columns={useInvoiceColumns(false)}
        rowKey={row => row.id}
        href={row => `/invoices/${row.id}`}
        card={row => invoiceCard({ ...row, customer: "" }, t, format)}
        sort={url.sort}
        onSort={sort => setUrl({ sort })}
        empty={<EmptyState icon="invoice" title={t("list.none")} />}
      />
    </Card>
  );
}

function Payments({ customer }: { customer: Customer }) {
  const list = usePayments({ customerId: customer.id });
  return (
    <Card flush>
      <PaymentTable list={list} withCustomer={false} plain />
    </Card>
  );
}

function Letters({ customer }: { customer: Customer }) {
  const t = useWords("invoice");
  const letters = useCustomerLetters(customer.id);
  if (letters.isPending) return <SkeletonText lines={4} />;
  if (letters.isError) return <ErrorState error={letters.error} onRetry={() => void letters.refetch()} />;
  if (letters.data.length === 0) return <EmptyState icon="mail" title={t("send.none")} />;
  return <LetterLog letters={letters.data} />;
}

function Details({ customer }: { customer: Customer }) {
  const t = useWords("invoice");
  const format = useFormat();
  return (
    <Grid min={320}>
      <Card title={t("customer.details")}>
        <PropertyList
          items={[
            { label: t("customer.street"), value: customer.street },
            {
              label: t("customer.city"),
              value: [customer.postalCode, customer.city].filter(Boolean).join(" "),
            },
            { label: t("customer.country"), value: customer.country && format.country(customer.country) },
            {
              label: t("customer.email"),
              value: customer.email && <a href={`mailto:${customer.email}`}>{customer.email}</a>,
            },
            { label: t("customer.phone"), value: customer.phone },
            { label: t("customer.vatId"), value: customer.vatId },
            { label: t("customer.taxId"), value: customer.taxId },
            { label: t("field.currency"), value: customer.currency || t("customer.companyCurrency") },
            { label: t("field.paymentDays"), value: `${customer.paymentDays} ${t("field.days")}` },
            {
              label: t("customer.language"),
              value: customer.language && t(`plan.language.${customer.language}`),
            },
            { label: t("customer.reminders"), value: customer.noReminders && t("customer.noReminders") },
            { label: t("customer.note"), value: customer.note },
          ]}
        />
      </Card>
      <Card title={t("customer.contacts")}>
        {customer.contacts.length === 0 ? (
          <p className="dimmed">{t("customer.noContacts")}</p>
        ) : (
          <PropertyList
            items={customer.contacts.map(one => ({
              label: [one.name, one.role].filter(Boolean).join(", "),
              value: [one.email, one.phone].filter(Boolean).join(" · "),
            }))}
          />
        )}
      </Card>
    </Grid>
  );
}
