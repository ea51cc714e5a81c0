import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/* Why somebody may do something, for how long, and what a role sees. */

test.describe.configure({ timeout: 180_000 });

/** Somebody who has chosen a password of their own already. */
async function newUser(page: Page, browser: Browser, name: string): Promise<string> {
  const email = `rights.${Date.now()}@example.com`;
  const [first, own] = ["brass kettle on a hill", "a lamp beside the river"];
  const answer = await page.request.post("/api/v1/users", {
    data: { name, email, password: first, roles: ["employee"] },
  });
  expect(answer.status()).toBe(201);
  const theirs = await browser.newContext();
  await theirs.request.post("/api/v1/session", { data: { email, password: first } });
  const chosen = await theirs.request.post("/api/v1/me/password", { data: { current: first, new: own } });
  expect(chosen.ok()).toBe(true);
  await theirs.close();
  return ((await answer.json()) as { id: string }).id;
}

test("a refusal is explained, and a role that ends lifts it for a while", async ({ page, browser }) => {
  await signIn(page);
  const name = `Iris Blum ${Date.now()}`;
  const id = await newUser(page, browser, name);
  const explain = async () => {
    await page.goto("/admin/explain");
    await page.getByRole("combobox", { name: "Person" }).fill(name);
    await page.getByRole("option", { name }).click();
    await page.getByRole("combobox", { name: "Action" }).fill("See payments");
    await page.getByRole("option", { name: /^See payments/ }).click();
  };

  await explain();
  const verdict = page.getByRole("status").filter({ hasText: name });
  await expect(verdict).toContainText(`${name} may not “See payments”: no role of theirs grants it.`);
  await expect(page.getByText(/^Give the role /).first()).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await page.goto(`/admin/users/${id}`);
  await page.getByRole("checkbox", { name: /^Accountant/ }).check();
  await page.getByRole("textbox", { name: "Last day of Accountant" }).fill("+14");
  await page.getByRole("textbox", { name: "Last day of Accountant" }).press("Enter");
  await page.getByRole("button", { name: "Save roles" }).click();
  await expect(page.getByText("The roles count from the next click on")).toBeVisible();

  await explain();
  await expect(verdict).toContainText(`${name} may “See payments”`);
  await expect(verdict).toContainText("through the role Accountant, given by Ada Admin");
  await expect(page.getByText("Take the role Accountant away")).toBeVisible();
});

test("the application is looked at as a role sees it, and nothing is changed meanwhile", async ({ page }) => {
  await signIn(page);
  await page.goto("/admin/roles");
  await page.getByRole("button", { name: "More about Employee" }).click();
  await page.getByRole("menuitem", { name: "View as this role" }).click();
  await expect(page.getByText(/You see everything as the role Employee does/)).toBeVisible();
  const places = page.getByRole("navigation").first();
  await expect(places.getByRole("link", { name: "Home" })).toBeVisible();
  await expect(places.getByRole("link", { name: "Administration" })).toBeHidden();
  await page.goto("/admin/audit");
  await expect(page.getByRole("heading", { name: "Audit trail" })).toBeHidden();
  const write = await page.request.post("/api/v1/customers", { data: { name: "Never" } });
  expect(write.status()).toBe(403);
  expect(await write.text()).toContain("viewing-as");

  await page.getByRole("button", { name: "End the view" }).click();
  await expect(page.getByRole("heading", { name: "Roles" })).toBeVisible();
  await expect(page.getByText(/You see everything as the role/)).toBeHidden();
  await page.goto("/admin/audit");
  await expect(page.getByText("Ended a view as a role").first()).toBeVisible();
});
