import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { mockApi } from "./dev/mock.ts";
import { compressed } from "./scripts/compressed.ts";
import { fontPreload } from "./scripts/font-preload.ts";
import { routePreloads } from "./scripts/route-preloads.ts";

/** Set ERP_DEV_API=http://127.0.0.1:8080 to develop against the real program; otherwise a small mock answers. */
const backend = process.env.ERP_DEV_API;

/** Only some pages need these; they travel with them. */
const notEverywhere =
  /node_modules\/(d3-|internmap|big\.js|@mantine\/form|@tanstack\/(react-)?virtual|@mantine\/core\/.*\/components\/(Combobox|ScrollArea|Input|Pill|Select)\/)|src\/ui\/(form|FormErrorSummary|ConflictDialog|Timeline|PropertyList|Tabs)\.|src\/lib\/format\./;

function inCore(id: string): boolean {
  return /node_modules\/|src\/(ui|lib)\/[^/]+\.(tsx?|css)$/.test(id) && !notEverywhere.test(id);
}

export default defineConfig(({ command }) => ({
  plugins: [
    react(),
    fontPreload(),
    routePreloads(),
    compressed(),
    command === "serve" && !backend && !process.env.VITEST ? mockApi() : undefined,
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: backend ? { proxy: { "/api": { target: backend, changeOrigin: false } } } : {},
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    license: true,
    rolldownOptions: {
      output: {
        // What every page needs travels in one file: fewer requests, and it changes only with the design system.
        codeSplitting: {
          groups: [{ name: "core", test: (id: string) => inCore(id) }],
        },
      },
    },
  },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"], setupFiles: [] },
}));
