import type { UiModule } from "@/lib/commands.ts";

const module: UiModule = {
  name: "employee",
  routes: [
    { path: "/employees", page: () => import("./pages/EmployeeList.tsx"), permission: "employee:read" },
    { path: "/employees/new", page: () => import("./pages/EmployeeNew.tsx"), permission: "employee:hire" },
    {
      path: "/employees/import",
      page: () => import("./pages/EmployeeImport.tsx"),
      permission: "employee:import",
    },
    { path: "/employees/org-chart", page: () => import("./pages/OrgChart.tsx"), permission: "employee:read" },
    {
      path: "/employees/setup",
      page: () => import("./pages/EmployeeSetup.tsx"),
      permission: "employee:read",
    },
    { path: "/employees/leave", page: () => import("./pages/Leave.tsx"), permission: "leave:read" },
    { path: "/employees/$id", page: () => import("./pages/EmployeePage.tsx"), permission: "employee:read" },
  ],
  nav: [
    {
      to: "/employees",
      label: { en: "Employees", de: "Mitarbeitende" },
      icon: "people",
      permission: "employee:read",
      key: "e",
      order: 30,
      children: [
        { to: "/employees/leave", label: { en: "Leave", de: "Urlaub" }, permission: "leave:read" },
        { to: "/employees/org-chart", label: { en: "Organisation chart", de: "Organigramm" } },
        {
          to: "/employees/setup",
          label: { en: "Setup", de: "Einrichtung" },
          permission: "employee:setup",
        },
      ],
    },
  ],
  commands: [
    {
      id: "hire-employee",
      label: { en: "New employee", de: "Neue Einstellung" },
      icon: "person",
      to: "/employees/new",
      permission: "employee:hire",
      create: true,
      keys: "c e",
      also: "hire person staff einstellen",
    },
    {
      id: "org-chart",
      label: { en: "Organisation chart", de: "Organigramm" },
      icon: "tree",
      to: "/employees/org-chart",
      permission: "employee:read",
      also: "org team hierarchy",
    },
    {
      id: "import-employees",
      label: { en: "Import employees", de: "Mitarbeitende importieren" },
      icon: "upload",
      to: "/employees/import",
      permission: "employee:import",
      also: "csv",
    },
  ],
  locales: { en: () => import("./locales/en.json"), de: () => import("./locales/de.json") },
};

export default module;
