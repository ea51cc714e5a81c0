import type { UiModule } from "@/lib/commands.ts";

const anyPart = ["user:read", "role:read", "company:update", "audit:read", "event:read", "mail:read"];

const module: UiModule = {
  name: "platform",
  routes: [
    { path: "/admin", page: () => import("./pages/AdminHome.tsx"), permission: anyPart },
    { path: "/admin/users", page: () => import("./pages/UserList.tsx"), permission: "user:read" },
    { path: "/admin/users/new", page: () => import("./pages/UserNew.tsx"), permission: "user:manage" },
    { path: "/admin/users/$id", page: () => import("./pages/UserPage.tsx"), permission: "user:read" },
    { path: "/admin/roles", page: () => import("./pages/Roles.tsx"), permission: "role:read" },
    { path: "/admin/company", page: () => import("./pages/Company.tsx"), permission: "company:update" },
    { path: "/admin/audit", page: () => import("./pages/Audit.tsx"), permission: "audit:read" },
    { path: "/admin/events", page: () => import("./pages/Events.tsx"), permission: "event:read" },
    { path: "/admin/mail", page: () => import("./pages/MailLog.tsx"), permission: "mail:read" },
    { path: "/admin/system", page: () => import("./pages/System.tsx"), permission: "event:read" },
  ],
  nav: [
    {
      to: "/admin",
      label: { en: "Administration", de: "Verwaltung" },
      icon: "shield",
      permission: anyPart,
      key: "s",
      order: 90,
      children: [
        { to: "/admin/users", label: { en: "Users", de: "Benutzer" }, permission: "user:read" },
        { to: "/admin/roles", label: { en: "Roles", de: "Rollen" }, permission: "role:read" },
        { to: "/admin/company", label: { en: "Company", de: "Firma" }, permission: "company:update" },
        { to: "/admin/audit", label: { en: "Audit trail", de: "Protokoll" }, permission: "audit:read" },
        {
          to: "/admin/events",
          label: { en: "Jobs and events", de: "Aufgaben und Ereignisse" },
          permission: "event:read",
        },
        { to: "/admin/mail", label: { en: "Mail log", de: "Mail-Protokoll" }, permission: "mail:read" },
        { to: "/admin/system", label: { en: "System", de: "System" }, permission: "event:read" },
      ],
    },
  ],
  commands: [
    {
      id: "new-user",
      label: { en: "New user", de: "Neuer Benutzer" },
      icon: "key",
      to: "/admin/users/new",
      permission: "user:manage",
      create: true,
      keys: "c u",
      also: "account login Konto Anmeldung",
    },
    {
      id: "go-users",
      label: { en: "Users", de: "Benutzer" },
      icon: "people",
      to: "/admin/users",
      permission: "user:read",
      also: "accounts logins",
    },
    {
      id: "go-roles",
      label: { en: "Roles and permissions", de: "Rollen und Rechte" },
      icon: "shield",
      to: "/admin/roles",
      permission: "role:read",
    },
    {
      id: "go-company",
      label: { en: "Company settings and logo", de: "Firmendaten und Logo" },
      icon: "building",
      to: "/admin/company",
      permission: "company:update",
    },
    {
      id: "go-audit",
      label: { en: "Audit trail: who changed what", de: "Protokoll: wer hat was geändert" },
      icon: "history",
      to: "/admin/audit",
      permission: "audit:read",
    },
    {
      id: "go-events",
      label: { en: "Jobs and events", de: "Aufgaben und Ereignisse" },
      icon: "inbox",
      to: "/admin/events",
      permission: "event:read",
      also: "dead letters",
    },
    {
      id: "go-system",
      label: { en: "System health", de: "Zustand des Systems" },
      icon: "monitor",
      to: "/admin/system",
      permission: "event:read",
    },
  ],
  locales: { en: () => import("./locales/en.json"), de: () => import("./locales/de.json") },
};
export default module;
