import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

test.beforeEach(async ({ page }) => signIn(page));

test("an invoice is repeated, made at once, paused and resumed", async ({ page }) => {
  const name = `Support ${Date.now() % 1_000_000}`;
  await page.goto("/invoices?status=open");
  await page.getByRole("row").nth(1).click();
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Repeat" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Every").fill("2");
  const first = page.getByRole("textbox", { name: "First date" });
  await first.fill("today"); // instead of the invoice's own day in a month to come
  await first.press("Tab");
  const line = page.getByLabel(/Description.* 1$/).first();
  await line.fill("Support {moth}");
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("alert").getByText(/knows no \{moth\}/)).toBeVisible();
  await line.fill("Support {month} {year}");
  await expect(page.getByText(/For .* it reads: Support \w+ 20\d\d/)).toBeVisible();
  await page.getByRole("button", { name: "Start" }).click();

  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("Every 2 months").first()).toBeVisible();
  await page
    .getByRole("link", { name: /20\d\d/ })
    .first()
    .click(); // what was made for today
  await expect(page.getByText(/Support \w+ 20\d\d/)).toBeVisible();
  await page.getByRole("link", { name: /Made by a recurring invoice/ }).click();

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Pause" }).click();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();

  await page.goto(`/invoices/recurring?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Every 2 months");
});
