import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

test.beforeEach(async ({ page }) => signIn(page));

test("a bill becomes assets in somebody's hands, and is paid", async ({ page }) => {
  const number = `R-${Date.now() % 1_000_000}`;
  await page.goto("/invoices/bills/new");
  await page.getByLabel("Vendor").fill("Initech GmbH");
  await page.getByLabel("Number").fill(number);
  await page.getByLabel("Description").fill("Field laptop");
  await page.getByLabel("Qty").fill("3");
  await page.getByLabel("Unit price").fill("333.335");
  await expect(page.getByText("1,000.01", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByRole("heading", { name: number })).toBeVisible();

  await page.getByRole("button", { name: "To assets" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Category" }).fill("Lap");
  await page.getByRole("option", { name: "Laptops" }).click();
  await dialog.getByRole("combobox", { name: "Hand over to" }).fill("E-0002");
  await page.getByRole("option", { name: /E-0002/ }).click();
  await dialog.getByRole("button", { name: "Register" }).click();
  await expect(page.getByText("3 assets", { exact: true })).toBeVisible();
  await expect(page.getByText("To pay")).toBeVisible();
  await expect(page.getByText(/333\.34/)).toHaveCount(2);
  await expect(page.getByText(/333\.33(?!5)/)).toHaveCount(1);

  await page
    .getByRole("link", { name: /Field laptop/ })
    .first()
    .click();
  await page.getByRole("link", { name: number }).click();
  await page.getByRole("button", { name: "Record payment" }).click();
  await dialog.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByText("Paid", { exact: true }).first()).toBeVisible();

  await page.goto(`/invoices/bills?q=${number}`);
  await expect(page.getByRole("row", { name: new RegExp(number) })).toContainText("Initech GmbH");
});
