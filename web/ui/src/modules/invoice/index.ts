import type { UiModule } from "@/lib/commands.ts";

/** Who may begin a bulk action. */
const bulk = ["invoice:issue", "invoice:send"];

const module: UiModule = {
  name: "invoice",
  routes: [
    { path: "/invoices", page: () => import("./pages/InvoiceList.tsx"), permission: "invoice:read" },
    { path: "/invoices/bulk", page: () => import("./pages/BulkJobs.tsx"), permission: bulk },
    { path: "/invoices/bulk/$id", page: () => import("./pages/BulkJobPage.tsx"), permission: bulk },
    { path: "/invoices/new", page: () => import("./pages/InvoiceNew.tsx"), permission: "invoice:write" },
    {
      path: "/invoices/customers",
      page: () => import("./pages/CustomerList.tsx"),
      permission: "customer:read",
    },
    {
      path: "/invoices/customers/new",
      page: () => import("./pages/CustomerNew.tsx"),
      permission: "customer:write",
    },
    {
      path: "/invoices/customers/$id",
      page: () => import("./pages/CustomerPage.tsx"),
      permission: "customer:read",
    },
    { path: "/invoices/payments", page: () => import("./pages/PaymentList.tsx"), permission: "payment:read" },
    {
      path: "/invoices/payments/new",
      page: () => import("./pages/PaymentNew.tsx"),
      permission: "payment:record",
    },
    {
      path: "/invoices/receivables",
      page: () => import("./pages/Receivables.tsx"),
      permission: "payment:read",
    },
    {
      path: "/invoices/reminders",
      page: () => import("./pages/Reminders.tsx"),
      permission: "customer:remind",
    },
    {
      path: "/invoices/reminders/setup",
      page: () => import("./pages/ReminderSetup.tsx"),
      permission: "invoice:setup",
    },
    {
      path: "/invoices/recurring",
      page: () => import("./pages/RecurringList.tsx"),
      permission: "invoice:read",
    },
    {
      path: "/invoices/recurring/new",
      page: () => import("./pages/RecurringNew.tsx"),
      permission: "invoice:write",
    },
    {
      path: "/invoices/recurring/$id",
      page: () => import("./pages/RecurringPage.tsx"),
      permission: "invoice:read",
    },
    {
      path: "/invoices/recurring/$id/edit",
      page: () => import("./pages/RecurringEdit.tsx"),
      permission: "invoice:write",
    },
    { path: "/invoices/bills", page: () => import("./pages/BillList.tsx"), permission: "bill:read" },
    { path: "/invoices/bills/new", page: () => import("./pages/BillNew.tsx"), permission: "bill:write" },
    { path: "/invoices/bills/$id", page: () => import("./pages/BillPage.tsx"), permission: "bill:read" },
    {
      path: "/invoices/bills/$id/edit",
      page: () => import("./pages/BillEdit.tsx"),
      permission: "bill:write",
    },
    { path: "/invoices/items", page: () => import("./pages/ItemList.tsx"), permission: "item:read" },
    { path: "/invoices/setup", page: () => import("./pages/TaxRates.tsx"), permission: "item:read" },
    {
      path: "/invoices/setup/numbers",
      page: () => import("./pages/Numbering.tsx"),
      permission: "invoice:setup",
    },
    { path: "/invoices/$id", page: () => import("./pages/InvoicePage.tsx"), permission: "invoice:read" },
    {
      path: "/invoices/$id/edit",
      page: () => import("./pages/InvoiceEdit.tsx"),
      permission: "invoice:write",
    },
  ],
  nav: [
    {
      to: "/invoices",
      label: { en: "Invoices", de: "Rechnungen" },
      icon: "invoice",
      permission: ["invoice:read", "customer:read", "bill:read"],
      key: "i",
      order: 20,
      children: [
        { to: "/invoices/customers", label: { en: "Customers", de: "Kunden" }, permission: "customer:read" },
        { to: "/invoices/payments", label: { en: "Payments", de: "Zahlungen" }, permission: "payment:read" },
        {
          to: "/invoices/receivables",
          label: { en: "Receivables", de: "Offene Posten" },
          permission: "payment:read",
        },
        {
          to: "/invoices/reminders",
          label: { en: "Reminders", de: "Mahnungen" },
          permission: "customer:remind",
        },
        {
          to: "/invoices/recurring",
          label: { en: "Recurring", de: "Wiederkehrend" },
          permission: "invoice:read",
        },
        { to: "/invoices/bills", label: { en: "Bills", de: "Eingangsrechnungen" }, permission: "bill:read" },
        { to: "/invoices/items", label: { en: "Items", de: "Artikel" }, permission: "item:read" },
        { to: "/invoices/setup", label: { en: "Tax rates", de: "Steuersätze" }, permission: "invoice:setup" },
      ],
    },
  ],
  commands: [
    {
      id: "new-invoice",
      label: { en: "New invoice", de: "Neue Rechnung" },
      icon: "invoice",
      to: "/invoices/new",
      permission: "invoice:write",
      create: true,
      keys: "c i",
    },
    {
      id: "new-payment",
      label: { en: "Record payment", de: "Zahlung erfassen" },
      icon: "money",
      to: "/invoices/payments/new",
      permission: "payment:record",
      create: true,
      keys: "c p",
    },
    {
      id: "new-customer",
      label: { en: "New customer", de: "Neuer Kunde" },
      icon: "building",
      to: "/invoices/customers/new",
      permission: "customer:write",
      create: true,
      keys: "c c",
    },
    {
      id: "overdue-invoices",
      label: { en: "Overdue invoices", de: "Überfällige Rechnungen" },
      icon: "clock",
      to: "/invoices?status=overdue",
      permission: "invoice:read",
    },
  ],
  locales: { en: () => import("./locales/en.json"), de: () => import("./locales/de.json") },
};
export default module;
