import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { mockApi } from "./dev/mock.ts";
import { compressed } from "./scripts/compressed.ts";
import { fontPreload } from "./scripts/font-preload.ts";
import { routePreloads } from "./scripts/route-preloads.ts";

/** Set ERP_DEV_API=http://127.0.0.1:8080 to develop against the real program; otherwise a small mock answers. */
const backend = process.env.ERP_DEV_API;

/** What only lists and forms need, and what only charts need; the rest of the system travels with every page. */
const work =
  /src\/ui\/(table|fields)\/|src\/ui\/(form|FormErrorSummary|ConflictDialog)\.|node_modules\/(@mantine\/form|@tanstack\/(react-)?virtual|@mantine\/core\/.*\/components\/(Combobox|ScrollArea|Input|Pill|Select)\/)/;
const charts = /src\/ui\/charts\/|node_modules\/(d3-(?!hierarchy)|internmap)/;
const core =
  /node_modules\/(?!d3-hierarchy\/)|src\/(ui|lib)\/[^/]+\.(tsx?|css)$|src\/app\/(session\/me|shell\/(places|notices)|modules)\.ts$|src\/app\/.*\.css$/;

/**
 * A page asks for few files: what every page needs, what lists and forms need, its module's shared part, and itself.
 * Left to itself the bundler makes a file of every component that two pages share.
 */
const groups = [
  { name: "core", test: (id: string) => core.test(id) && !work.test(id) && !charts.test(id), priority: 50 },
  { name: "work", test: work, priority: 40 },
  { name: "charts", test: charts, priority: 30 },
  {
    name: (id: string) => moduleOf(id),
    test: (id: string) => moduleOf(id) !== null,
    priority: 10,
    minShareCount: 2,
  },
];

function moduleOf(id: string): string | null {
  return /src\/modules\/(\w+)\/(?!index\.|public\.|pages\/\w+\.tsx|locales\/)/.exec(id)?.[1] ?? null;
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
          groups,
        },
      },
    },
  },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"], setupFiles: [] },
}));
