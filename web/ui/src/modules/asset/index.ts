import type { UiModule } from "@/lib/commands.ts";

/** Who may begin a bulk action. */
const bulk = ["asset:register", "asset:assign", "asset:retire"];

const module: UiModule = {
  name: "asset",
  routes: [
    { path: "/assets", page: () => import("./pages/AssetList.tsx"), permission: "asset:read" },
    { path: "/assets/new", page: () => import("./pages/AssetNew.tsx"), permission: "asset:register" },
    { path: "/assets/import", page: () => import("./pages/AssetImport.tsx"), permission: "asset:import" },
    { path: "/assets/setup", page: () => import("./pages/AssetSetup.tsx"), permission: "asset:configure" },
    { path: "/assets/bulk", page: () => import("./pages/BulkJobs.tsx"), permission: bulk },
    { path: "/assets/bulk/$id", page: () => import("./pages/BulkJobPage.tsx"), permission: bulk },
    {
      path: "/assets/handovers",
      page: () => import("./pages/HandoverList.tsx"),
      permission: "handover:read",
    },
    {
      path: "/assets/handovers/new",
      page: () => import("./pages/HandoverNew.tsx"),
      permission: "handover:write",
    },
    {
      path: "/assets/handovers/$id",
      page: () => import("./pages/HandoverPage.tsx"),
      permission: "handover:read",
    },
    { path: "/assets/$id", page: () => import("./pages/AssetPage.tsx"), permission: "asset:read" },
    { path: "/assets/$id/edit", page: () => import("./pages/AssetEdit.tsx"), permission: "asset:register" },
  ],
  nav: [
    {
      to: "/assets",
      label: { en: "Assets", de: "Anlagen" },
      icon: "laptop",
      permission: "asset:read",
      key: "a",
      order: 10,
      children: [
        {
          to: "/assets/handovers",
          label: { en: "Hand-over documents", de: "Übergabeprotokolle" },
          permission: "handover:read",
        },
        { to: "/assets/import", label: { en: "Import", de: "Import" }, permission: "asset:import" },
        {
          to: "/assets/setup",
          label: { en: "Setup", de: "Einrichtung" },
          permission: "asset:configure",
        },
      ],
    },
  ],
  commands: [
    {
      id: "new-asset",
      label: { en: "New asset", de: "Neue Anlage" },
      icon: "laptop",
      to: "/assets/new",
      permission: "asset:register",
      create: true,
      keys: "c a",
      also: "register equipment device anlegen gerät",
    },
    {
      id: "import-assets",
      label: { en: "Import assets from a file", de: "Anlagen aus einer Datei importieren" },
      icon: "upload",
      to: "/assets/import",
      permission: "asset:import",
      also: "csv excel upload",
    },
    {
      id: "assets-in-stock",
      label: { en: "Assets in stock", de: "Anlagen im Lager" },
      icon: "box",
      to: "/assets?status=available",
      permission: "asset:read",
    },
    {
      id: "asset-setup",
      label: { en: "Asset categories and places", de: "Anlagenkategorien und Orte" },
      icon: "settings",
      to: "/assets/setup",
      permission: "asset:configure",
    },
  ],
  locales: { en: () => import("./locales/en.json"), de: () => import("./locales/de.json") },
};
export default module;
