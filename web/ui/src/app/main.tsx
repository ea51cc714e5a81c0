import { createRoot } from "react-dom/client";
import { api } from "@/lib/api.ts";
import { firstLanguage, startLanguage } from "@/lib/i18n.ts";
import { makeQueryClient } from "@/lib/query.ts";
import { App } from "./App.tsx";
import { meKey } from "./session/me.ts";

const client = makeQueryClient();
void client.prefetchQuery({ queryKey: meKey, queryFn: () => api.get("/api/v1/me"), retry: false });

// A new release removes the old files: a page that still wants one is loaded again, once.
window.addEventListener("vite:preloadError", event => {
  const last = Number(sessionStorage.getItem("erp.reloaded") ?? 0);
  if (Date.now() - last < 10_000) return;
  sessionStorage.setItem("erp.reloaded", String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

/** The words of the shell and of the design system travel together. */
const words = { en: () => import("./locales/words.en.ts"), de: () => import("./locales/words.de.ts") };
const part = (name: "ui" | "app") => ({
  en: async () => ({ default: (await words.en())[name] }),
  de: async () => ({ default: (await words.de())[name] }),
});
await startLanguage(firstLanguage(), { ui: part("ui"), app: part("app") });

const root = document.getElementById("root");
if (root) createRoot(root).render(<App client={client} />);
