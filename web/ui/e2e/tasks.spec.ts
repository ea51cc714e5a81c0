import { expect, type Page, test } from "@playwright/test";
import { Effort } from "./effort.ts";
import { administrator, signIn } from "./people.ts";
import { recipients } from "./post.ts";

/* What a clerk does every day, each with the fewest acts that comparable programs need, and most of it by keyboard alone.
   Copying a role and giving it away stands in access.spec.ts. */

interface Made {
  id: string;
  tag: string;
  number: string;
  version: number;
}

async function post(page: Page, path: string, data: unknown): Promise<Made> {
  const answer = await page.request.post(`/api/v1${path}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Made;
}

async function items<T>(page: Page, path: string): Promise<T[]> {
  return ((await (await page.request.get(`/api/v1${path}`)).json()) as { items: T[] }).items;
}

async function asset(page: Page, name: string): Promise<Made> {
  const category = (await items<Made>(page, "/categories"))[0]?.id;
  return post(page, "/assets", { name, categoryId: category, cost: "1499.00" });
}

/** An invoice over 100.00, issued for a customer of its own. */
async function invoice(page: Page, customer: string): Promise<Made & { customer: Made }> {
  const made = await post(page, "/customers", {
    name: customer,
    email: `${customer.toLowerCase().replaceAll(" ", ".")}@example.com`,
    street: "Kai 1",
    postalCode: "20457",
    city: "Hamburg",
    country: "DE",
  });
  const rates = await items<{ id: string; default: boolean }>(page, "/tax-rates");
  const taxRateId = rates.find(rate => rate.default)?.id;
  const lines = [{ description: "Work", quantity: "1", unitPrice: "100.00", taxRateId }];
  const issued = await post(page, "/invoices?issue=true", { customerId: made.id, lines });
  return { ...issued, customer: made };
}

async function home(page: Page): Promise<void> {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Headcount" })).toBeVisible();
}

async function palette(page: Page, effort: Effort): Promise<void> {
  await effort.press("Control+k");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
}

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("1, 2, 3: an asset is found by its tag, handed to a person and taken back with undo, by keyboard", async ({
  page,
}) => {
  const { tag } = await asset(page, "Task laptop");
  const person =
    (await items<{ displayName: string }>(page, "/employees?status=active&limit=1"))[0]?.displayName ?? "";
  await home(page);
  const find = async (effort: Effort) => {
    await palette(page, effort);
    await effort.type(tag);
    await expect(page.getByRole("option", { name: new RegExp(tag) }).first()).toBeVisible();
    await effort.press("Enter");
    await expect(page.getByRole("heading", { name: "Task laptop" })).toBeVisible();
  };
  const one = new Effort(page);
  await find(one);
  one.atMost(3, 1);

  await home(page);
  const two = new Effort(page);
  await find(two);
  await two.press("Control+Enter");
  await expect(page.getByRole("combobox", { name: "Person" })).toBeFocused();
  await two.type(person);
  await expect(page.getByRole("option", { name: person }).first()).toBeVisible();
  await two.press("Enter");
  await expect(page.getByRole("combobox", { name: "Person" })).toHaveValue(person);
  await two.press("Enter");
  await expect(page.getByText(`${tag} is now with ${person}`)).toBeVisible();
  two.atMost(5, 2);

  await home(page);
  const three = new Effort(page);
  await find(three);
  await three.press("Control+Enter");
  await expect(page.getByText(`${tag} is back in stock from ${person}`)).toBeVisible();
  await three.press("Control+z");
  await expect(page.getByText(`${tag} is with ${person} again`)).toBeVisible();
  three.atMost(4, 1);
});

test("4: an asset is registered, by keyboard", async ({ page }) => {
  await page.goto("/assets");
  await expect(page.getByRole("table")).toBeVisible();
  const effort = new Effort(page);
  await effort.press("c");
  await effort.press("a");
  await expect(page.getByLabel("Name")).toBeFocused();
  await effort.type("Task monitor");
  await effort.type("Laptops", true);
  await expect(page.getByRole("option", { name: /Laptops/ }).first()).toBeVisible();
  await effort.press("Enter");
  await expect(page.getByRole("combobox", { name: "Category" })).toHaveValue("Laptops");
  await effort.press("Enter");
  await expect(page.getByText("is registered")).toBeVisible();
  effort.atMost(5, 2);
});

test("5: twenty-five filtered assets are moved, by keyboard", async ({ page }) => {
  await Promise.all(Array.from({ length: 25 }, (_, n) => asset(page, `Caravan ${n}`)));
  await page.goto("/assets");
  await expect(page.getByRole("table")).toBeVisible();
  const effort = new Effort(page);
  await effort.press("/");
  await effort.type("Caravan");
  await expect(page.getByText("25 assets")).toBeVisible();
  await effort.press("Enter");
  await effort.press("Control+a");
  await expect(page.getByText("25 selected")).toBeVisible();
  await effort.press("Control+Enter");
  const place = page.getByRole("dialog").getByRole("combobox", { name: "Location" });
  await expect(place).toBeFocused();
  await effort.type("Munich");
  await expect(page.getByRole("listbox").getByRole("option", { name: "Munich", exact: true })).toBeVisible();
  await effort.press("Enter");
  await expect(place).toHaveValue("Munich");
  await effort.press("Enter");
  await expect(page.getByText(/25 assets moved to Munich/)).toBeVisible();
  effort.atMost(6, 2);
});

test("6: an invoice of three lines is written, issued and sent, by keyboard", async ({ page }) => {
  const name = `Sending ${Date.now()}`;
  const known = await invoice(page, name);
  const offered = await items<{ name: string }>(page, "/items?limit=3");
  await page.goto("/invoices");
  await expect(page.getByRole("table")).toBeVisible();
  const effort = new Effort(page);
  await effort.click(page.getByRole("link", { name: "New invoice" }));
  await expect(page.getByRole("combobox", { name: "Customer" })).toBeFocused();
  await effort.type(name);
  await expect(page.getByRole("option", { name: new RegExp(`^${name}.*C-`) })).toBeVisible();
  await effort.press("Enter");
  for (const [at, item] of offered.entries()) {
    const line = page.getByRole("combobox", { name: `Description, line ${at + 1}` });
    await expect(line).toBeFocused();
    await effort.type(item.name);
    await expect(page.getByRole("option", { name: item.name, selected: true })).toBeVisible();
    await effort.press("Enter");
    await effort.type(String(at + 2));
    if (at < 2) await effort.press("Enter");
  }
  await effort.press("Control+Enter");
  await expect(page.getByRole("button", { name: "Issue and send" })).toBeFocused();
  await effort.press("Enter");
  await expect(page.getByText(/^The mail to sending.*is on its way/)).toBeVisible();
  effort.atMost(9, 7);
  const address = `${name.toLowerCase().replace(" ", ".")}@example.com`;
  await expect.poll(() => recipients().filter(one => one === address).length).toBe(1);
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText("Sent", { exact: true })).toBeVisible();
  expect(known.number).toMatch(/^INV-/);
});

test("7: a payment is recorded, by keyboard", async ({ page }) => {
  const { number } = await invoice(page, `Paying ${Date.now()}`);
  await home(page);
  const effort = new Effort(page);
  await palette(page, effort);
  await effort.type(number);
  await expect(page.getByRole("option", { name: new RegExp(number) }).first()).toBeVisible();
  await effort.press("Enter");
  await expect(page.getByRole("button", { name: "Record payment" })).toBeVisible();
  await effort.press("Control+Enter");
  await expect(page.getByRole("dialog").getByLabel("Amount")).toBeFocused();
  await effort.press("Enter");
  await expect(page.getByText(/119\.00.* recorded|recorded/i).first()).toBeVisible();
  await expect(page.getByText("Paid", { exact: true }).first()).toBeVisible();
  effort.atMost(5, 1);
});

test("8: all who are overdue are reminded, one mail each, and nobody twice", async ({ page }) => {
  const due = await items<{ to?: string; obstacle?: string }>(page, "/reminders");
  const addresses = due.filter(one => !one.obstacle).map(one => one.to ?? "");
  expect(addresses.length).toBeGreaterThan(2); // the example company has some
  await home(page);
  const effort = new Effort(page);
  await effort.click(page.getByRole("link", { name: "Invoices", exact: true }));
  await effort.click(page.getByRole("link", { name: "Reminders" }));
  await expect(page.getByRole("table")).toContainText("days late");
  await effort.press("Control+Enter");
  await expect(page.getByText(`Remind ${addresses.length} customers?`)).toBeVisible();
  await effort.press("Enter");
  await expect(page.getByText(`${addresses.length} reminders are on their way`)).toBeVisible();
  effort.atMost(4, 0);
  await expect(page.getByText("Nobody is to be reminded")).toBeVisible();
  await expect.poll(() => addresses.filter(one => recipients().includes(one)).length).toBe(addresses.length);
  expect((await post(page, "/reminders", {})) as unknown).toMatchObject({ letters: [] });
});

test("9: somebody is hired with a manager and a sign-in, by keyboard", async ({ page }) => {
  const family = `Task${Date.now() % 1_000_000}`;
  await page.goto("/employees");
  await expect(page.getByRole("table")).toBeVisible();
  const effort = new Effort(page);
  await effort.press("c");
  await effort.press("e");
  await expect(page.getByLabel("Given name")).toBeFocused();
  await effort.type("Kim");
  await effort.type(family, true);
  await effort.type(`${family.toLowerCase()}@example.com`, true);
  const manager = page.getByRole("combobox", { name: "Manager" });
  await tabTo(page, manager);
  await effort.type("E-0001");
  await expect(page.getByRole("option", { name: /E-0001/ })).toBeVisible();
  await effort.press("Enter");
  await tabTo(page, page.getByLabel("Also create a sign-in"));
  await effort.press("Space");
  await effort.type("a phrase for the first day", true);
  await effort.press("Enter");
  await expect(page.getByRole("heading", { name: `Kim ${family}` })).toBeVisible();
  effort.atMost(6, 5);
  const own = await page.request.post("/api/v1/session", {
    data: { email: `${family.toLowerCase()}@example.com`, password: "a phrase for the first day" },
  });
  expect(own.status()).toBe(200);
});

/** Walks to a field as a person with a keyboard does. */
async function tabTo(page: Page, field: ReturnType<Page["getByLabel"]>): Promise<void> {
  for (let n = 0; n < 15; n++) {
    if (await field.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(field).toBeFocused();
}

test("10: leave is asked for by one and approved by another, by keyboard", async ({
  page,
  browser,
  baseURL,
}) => {
  const family = `Away${Date.now() % 1_000_000}`;
  const email = `${family.toLowerCase()}@example.com`;
  const manager = (await items<Made>(page, "/employees?status=active&limit=1"))[0]?.id;
  const person = await post(page, "/employees", {
    givenName: "Lea",
    familyName: family,
    hiredOn: "2026-01-05",
    managerId: manager,
    email,
  });
  const first = "a phrase for the first day";
  const account = {
    name: `Lea ${family}`,
    email,
    employeeId: person.id,
    password: first,
    roles: ["employee"],
  };
  await post(page, "/users", account);
  const own = await browser.newContext(baseURL ? { baseURL, locale: "en-GB" } : {});
  const lea = await own.newPage();
  expect((await lea.request.post("/api/v1/session", { data: { email, password: first } })).ok()).toBe(true);
  await lea.goto("/employees/leave");
  await lea.getByLabel("Current password").fill(first);
  await lea.getByLabel("New password").fill("a walk along the canal");
  await lea.getByLabel("Password again").fill("a walk along the canal");
  await lea.getByRole("button", { name: "Change password" }).click();
  await expect(lea.getByText("Vacation: 28 days left")).toBeVisible();

  const ask = new Effort(lea);
  await ask.press("Control+Enter");
  await expect(lea.getByRole("textbox", { name: "First day" })).toBeFocused();
  await ask.type("21.12.2026");
  await tabTo(lea, lea.getByRole("textbox", { name: "Last day" }));
  await ask.type("23.12.2026");
  await ask.press("Enter");
  await expect(lea.getByText("Vacation: 25 days left")).toBeVisible();
  ask.atMost(3, 2);
  await own.close();

  await page.goto("/employees/leave");
  await expect(page.getByText(`Lea ${family}`)).toBeVisible();
  const approve = new Effort(page);
  await approve.press("Control+Enter");
  await expect(page.getByText(`Leave of Lea ${family} is approved`)).toBeVisible();
  approve.atMost(2, 1);
});

test("12: who changed an invoice is looked up, and a key is revoked", async ({ page }) => {
  const { number } = await invoice(page, `Looking ${Date.now()}`);
  await home(page);
  const look = new Effort(page);
  await look.click(page.getByRole("link", { name: "Administration" }));
  await look.click(page.getByRole("link", { name: "Audit trail" }).first());
  await expect(page.getByRole("table")).toBeVisible();
  await look.press("/");
  await look.type(number);
  await expect(page.getByRole("row").filter({ hasText: number })).toHaveCount(1);
  await expect(page.getByRole("row").filter({ hasText: number })).toContainText(administrator.name);
  look.atMost(4, 1);

  const key = `Task ${Date.now()}`;
  await post(page, "/api-keys", { name: key, grants: { "asset:read": "all" } });
  await home(page);
  const revoke = new Effort(page);
  await revoke.click(page.getByRole("link", { name: "Administration" }));
  await revoke.click(page.getByRole("link", { name: "API keys" }).first());
  await revoke.click(
    page
      .getByRole("row")
      .filter({ hasText: key })
      .getByRole("button", { name: /Revoke/ }),
  );
  await revoke.click(page.getByRole("dialog").getByRole("button", { name: /Revoke/ }));
  await expect(
    page
      .getByRole("row")
      .filter({ hasText: key })
      .getByRole("button", { name: /Revoke/ }),
  ).toHaveCount(0);
  revoke.atMost(4, 0);
});
