import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/* Every page of the application as it was built: no accessibility fault, no error in the console, nothing wider than the
   screen, in the light and in the dark, on a desk and on a phone. E2E_FULL=1 crosses all of them. */

interface Look {
  name: string;
  width: number;
  height: number;
  scheme: "light" | "dark";
}

const usual: Look[] = [
  { name: "on a desk", width: 1280, height: 800, scheme: "light" },
  { name: "on a phone in the dark", width: 390, height: 844, scheme: "dark" },
];
const others: Look[] = [
  { name: "on a desk in the dark", width: 1280, height: 800, scheme: "dark" },
  { name: "on a phone", width: 390, height: 844, scheme: "light" },
];
const looks = process.env.E2E_FULL ? [...usual, ...others] : usual;

/** Where a record for a route with a parameter is found. */
const records: Record<string, string> = {
  "/assets/bulk/$id": "/api/v1/assets/bulk",
  "/assets/handovers/$id": "/api/v1/handovers",
  "/assets/$id": "/api/v1/assets",
  "/employees/$id": "/api/v1/employees",
  "/invoices/bulk/$id": "/api/v1/invoices/bulk",
  "/invoices/$id": "/api/v1/invoices",
  "/invoices/bills/$id": "/api/v1/bills",
  "/invoices/recurring/$id": "/api/v1/recurring-invoices",
  "/invoices/customers/$id": "/api/v1/customers",
  "/admin/users/$id": "/api/v1/users",
  "/admin/webhooks/$id": "/api/v1/webhooks",
};

const built = process.env.E2E_ROUTES ?? new URL("../../dist/routes.json", import.meta.url);
const routes = Object.keys(JSON.parse(readFileSync(built, "utf8")) as object);

for (const look of looks) {
  test(`every page is sound ${look.name}`, async ({ page, context }) => {
    test.setTimeout(240_000);
    await signIn(page);
    const left = [...routes, "/no-such-page"];
    const faults = await Promise.all([walk(page, look, left), walk(await context.newPage(), look, left)]);
    expect(faults.flat()).toEqual([]);
  });
}

/** Looks at the paths that are left, one after the other; several may walk at once. */
async function walk(page: Page, look: Look, left: string[]): Promise<string[]> {
  await page.setViewportSize({ width: look.width, height: look.height });
  await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: "reduce" });
  const faults: string[] = [];
  for (let route = left.shift(); route; route = left.shift()) {
    const path = await withRecord(page, route);
    if (path) faults.push(...(await faultsOf(page, path)));
  }
  return faults;
}

async function withRecord(page: Page, route: string): Promise<string | undefined> {
  if (!route.includes("$")) return route;
  const list = Object.entries(records).find(([prefix]) => route === prefix || route.startsWith(`${prefix}/`));
  if (!list) throw new Error(`say in e2e/pages.spec.ts where a record for ${route} is found`);
  const answer = (await (await page.request.get(list[1])).json()) as { items?: { id: string }[] };
  const id = answer.items?.[0]?.id;
  return id && route.replace("$id", id);
}

async function faultsOf(page: Page, path: string): Promise<string[]> {
  const faults: string[] = [];
  const complain = (text: string) => faults.push(`${path}: ${text}`);
  const onConsole = (message: { type(): string; text(): string }) => {
    if (message.type() === "error") complain(`console: ${message.text()}`);
  };
  const onError = (error: Error) => complain(`threw ${error.message}`);
  page.on("console", onConsole);
  page.on("pageerror", onError);
  await page.goto(path);
  await settled(page);
  for (const violation of await violations(page)) complain(violation);
  const over = await page.evaluate(() => {
    const wider = (box: Element | null) => (box ? box.scrollWidth - box.clientWidth : 0);
    return Math.max(wider(document.documentElement), wider(document.querySelector("#main")));
  });
  if (!(await page.getByRole("button", { name: /: account$/ }).isVisible()))
    complain("hides the way to sign out");
  if (over > 0) complain(`is ${over} px wider than the screen`);
  page.off("console", onConsole);
  page.off("pageerror", onError);
  return faults;
}

async function violations(page: Page, ...without: string[]): Promise<string[]> {
  const found = await new AxeBuilder({ page }).disableRules(without).analyze();
  return found.violations.map(
    one => `${one.id}: ${one.nodes.map(node => node.html.slice(0, 160)).join(" | ")}`,
  );
}

/** The page's own content is there and nothing says that it is still coming. */
async function settled(page: Page): Promise<void> {
  await page.locator("#main h1, #main h2").first().waitFor();
  await page.waitForLoadState("networkidle");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

for (const scheme of ["light", "dark"] as const) {
  test(`what opens over a page is sound in the ${scheme}`, async ({ page }) => {
    await signIn(page);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.goto("/");
    await settled(page);
    const sound = async (...without: string[]) => expect(await violations(page, ...without)).toEqual([]);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("a");
    await sound();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await sound();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByRole("button", { name: "Create" }).click();
    await page.getByRole("menu").waitFor();
    await sound("region"); // an open menu stands beside the landmarks
  });
}

for (const look of usual) {
  test(`signing out is two clicks away ${look.name}, and ends the session`, async ({ page }) => {
    await signIn(page);
    await page.setViewportSize({ width: look.width, height: look.height });
    await page.goto("/admin/users");
    await settled(page);
    await page.getByRole("button", { name: /: account$/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByLabel("Password", { exact: true }).waitFor();
    expect((await page.request.get("/api/v1/me")).status()).toBe(401);
  });
}

test("a page whose data does not come says so and offers to try again", async ({ page }) => {
  await signIn(page);
  await page.route("**/api/ui/home", route =>
    route.fulfill({ status: 500, headers: { "X-Request-Id": "abc-123" }, body: "{}" }),
  );
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Something went wrong" })).toBeVisible();
  await expect(page.getByText("abc-123")).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.unroute("**/api/ui/home");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Assets in use").first()).toBeVisible();
});

test("a session that ends in the middle of work is renewed without leaving the page", async ({
  page,
  context,
}) => {
  await signIn(page);
  await page.goto("/me?tab=security");
  await page.getByLabel("Current password").fill("something typed");
  await context.clearCookies();
  await page.getByLabel("New password").fill("another thing typed");
  await page.getByLabel("Password again").fill("another thing typed");
  await page.getByRole("button", { name: "Change password" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Password", { exact: true }).fill("correct horse battery 9");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByLabel("Current password")).toHaveValue("something typed");
});
