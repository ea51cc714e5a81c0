import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

/* The real program with an empty data folder of its own, on a port of its own. Workers read this file again and find
   the choices in the environment. */
process.env.E2E_PORT ??= String(randomInt(20_000, 30_000));
process.env.E2E_DATA ??= mkdtempSync(join(tmpdir(), "erp-e2e-"));
process.env.E2E_POST ??= String(randomInt(30_000, 32_000));
const address = `127.0.0.1:${process.env.E2E_PORT}`;
const program = process.env.E2E_PROGRAM ?? fileURLToPath(new URL("../../../bin/erp", import.meta.url));

const browsers = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

export default defineConfig({
  testDir: ".",
  globalSetup: "./post.ts",
  outputDir: "../test-results",
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  // The first visit is one: it makes the company that all others work in.
  projects: [
    { name: "first day", testMatch: "first-day.spec.ts" },
    { name: "every day", testIgnore: "first-day.spec.ts", dependencies: ["first day"] },
  ],
  use: {
    baseURL: `http://${address}`,
    browserName: "chromium",
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: browsers.find(path => path && existsSync(path)),
      args: ["--disable-gpu", "--disable-background-networking"],
    },
  },
  webServer: {
    command: `trap : TERM INT; "${program}" serve; rm -rf "$ERP_DATA_DIR"`, // gone when the program has stopped
    url: `http://${address}/readyz`,
    timeout: 120_000,
    env: {
      ERP_ADDR: address,
      ERP_DATA_DIR: process.env.E2E_DATA,
      ERP_LOG_LEVEL: "warn",
      ERP_SMTP_URL: `smtp://127.0.0.1:${process.env.E2E_POST}?from=erp@example.com`,
    },
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    stderr: "pipe",
  },
});
