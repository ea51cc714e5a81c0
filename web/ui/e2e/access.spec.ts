import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/* Who may do what, decided and looked up in the browser. Each task counts what it takes: clicks and keys, and fields that
   are filled in. */

test.describe.configure({ timeout: 180_000 });

class Effort {
  steps = 0;
  entries = 0;
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async click(target: Locator): Promise<void> {
    this.steps += 1;
    await target.click();
  }
  async key(key: string): Promise<void> {
    this.steps += 1;
    await this.page.keyboard.press(key);
  }
  async fill(target: Locator, text: string): Promise<void> {
    this.entries += 1;
    await target.fill(text);
  }
}

async function addUser(page: Page, name: string): Promise<void> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
  const answer = await page.request.post("/api/v1/users", {
    data: { name, email, password: "brass kettle on a hill", roles: [] },
  });
  expect([201, 422]).toContain(answer.status()); // a repeated test finds the person there
}

test("copying a role, changing five permissions and giving it to two people", async ({ page }) => {
  await signIn(page);
  await addUser(page, "Nora Keller");
  await addUser(page, "Tom Vogt");
  const role = `Office ${Date.now()}`;
  await page.goto("/admin/roles");
  const effort = new Effort(page);
  await effort.click(page.getByRole("button", { name: "More about Employee" }));
  await effort.click(page.getByRole("menuitem", { name: "Copy role" }));
  await effort.fill(page.getByRole("dialog").getByRole("textbox", { name: /^Name/ }), role);
  await effort.click(page.getByRole("button", { name: "Create role" }));
  for (const permission of [
    "Hire people, and hire them again",
    "Hand assets out and take them back",
    "See customers",
    "See payments",
    "Read and export who changed what",
  ]) {
    await effort.click(page.getByRole("button", { name: `${permission}, ${role}: None` }));
  }
  await effort.click(page.getByRole("button", { name: "Review and save" }));
  await expect(page.getByText("Nobody gains or loses anything by it today.")).toBeVisible();
  await effort.click(page.getByRole("button", { name: "Save", exact: true }));
  await expect(page.getByText("The roles are saved")).toBeVisible();
  await effort.click(
    page.getByRole("columnheader", { name: role }).getByRole("button", { name: "0 people" }),
  );
  for (const [typed, name] of [
    ["nora", "Nora Keller"],
    ["tom v", "Tom Vogt"],
  ] as const) {
    await effort.fill(page.getByRole("combobox", { name: "Give it to" }), typed);
    await expect(page.getByRole("option", { name })).toBeVisible();
    await effort.key("Enter");
    await expect(page.getByRole("dialog").getByRole("link", { name })).toBeVisible();
  }
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await effort.click(page.getByRole("button", { name: "Done" }));
  await expect(page.getByRole("columnheader", { name: role })).toContainText("2 people");
  expect(effort.steps).toBeLessThanOrEqual(14);
  expect(effort.entries).toBe(3);

  await test.step("a change shows who loses what before it is saved", async () => {
    await page.getByRole("button", { name: `See payments, ${role}: All` }).click();
    await page.getByRole("button", { name: "Review and save" }).click();
    await expect(page.getByText("2 people are concerned")).toBeVisible();
    await expect(page.getByRole("dialog").getByText("loses: All → None")).toHaveCount(2);
  });
});

test("finding out who changed somebody's roles", async ({ page }) => {
  await signIn(page);
  await addUser(page, "Ulla Sommer");
  const users = await page.request.get("/api/v1/users?q=ulla");
  const ulla = ((await users.json()) as { items: { id: string; version: number }[] }).items[0];
  if (!ulla) throw new Error("Ulla is not there");
  const given = await page.request.put(`/api/v1/users/${ulla.id}/roles`, {
    data: { roles: ["manager"] },
    headers: { "If-Match": `"${ulla.version}"` },
  });
  expect(given.ok()).toBe(true);
  await page.goto(`/admin/users/${ulla.id}`);
  const effort = new Effort(page);
  await effort.click(page.getByRole("button", { name: "More", exact: true }));
  await effort.click(page.getByRole("menuitem", { name: "What happened to this account" }));
  await effort.click(page.getByRole("row").getByText("Changed somebody's roles").first());
  const entry = page.getByRole("dialog");
  await expect(entry.getByText("manager", { exact: true })).toBeVisible();
  await expect(entry.getByText("Ada Admin")).toBeVisible();
  expect(effort.steps).toBeLessThanOrEqual(4);
});

test("an account that was opened by an administrator asks for a password of its own", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await page.goto("/admin/users/new");
  const email = `zoe.${Date.now()}@example.com`;
  await page.getByRole("textbox", { name: /^Name/ }).fill("Zoe Neumann");
  await page.getByRole("textbox", { name: /^E-mail address/ }).fill(email);
  await page.getByRole("radio", { name: /^First password/ }).check();
  await page.getByRole("button", { name: "Create user" }).click();
  const first = await page
    .getByRole("dialog")
    .getByText(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/)
    .innerText();

  const own = await browser.newContext();
  const zoe = await own.newPage();
  await zoe.goto("/");
  await zoe.getByRole("textbox", { name: /^E-mail/ }).fill(email);
  await zoe.getByRole("textbox", { name: "Password" }).fill(first);
  await zoe.keyboard.press("Enter");
  await expect(zoe.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  expect((await new AxeBuilder({ page: zoe }).analyze()).violations).toEqual([]);
  await zoe.getByLabel("Current password").fill(first);
  await zoe.getByLabel("New password").fill("my own words now");
  await zoe.getByLabel(/again/i).fill("my own words now");
  await zoe.getByRole("button", { name: "Change password" }).click();
  await expect(zoe.getByRole("navigation").first()).toBeVisible();
  await own.close();
});
