import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/** An asset in stock, made for the test. */
async function laptop(page: Page, name: string): Promise<{ id: string; tag: string }> {
  const { items } = (await (await page.request.get("/api/v1/categories")).json()) as {
    items: { id: string; name: string }[];
  };
  const category = items.find(one => one.name === "Laptops") ?? items[0];
  const answer = await page.request.post("/api/v1/assets", {
    data: { name, categoryId: category?.id, cost: "1499.00", purchasedOn: "2026-01-15" },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as { id: string; tag: string };
}

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("a wrong file tells its problems by row and column, the mended one is imported", async ({ page }) => {
  const file = (rows: string) => ({
    name: "assets.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`name,category,cost\n${rows}`),
  });
  await page.goto("/assets/import");
  const input = page.locator("input[type=file]");
  await input.setInputFiles(file("Beamer,Beamers,abc\n,Beamers,10\n"));
  await expect(page.getByRole("row", { name: /^2 cost .*abc/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^3 name must not be empty/ })).toBeVisible();
  await input.setInputFiles(file("Beamer,Beamers,900\nScreen,Beamers,100\n"));
  await expect(page.getByText("New categories: Beamers")).toBeVisible();
  await page.getByRole("button", { name: "Import 2 assets" }).click();
  await expect(page.getByText("2 assets imported")).toBeVisible();
});

test("the schedule explains itself, and labels are made", async ({ page }) => {
  const made = await laptop(page, "Explained");
  await page.goto(`/assets/${made.id}?tab=depreciation&asOf=2026-11-25`);
  await expect(page.getByText("(1499.00 − 0.00) ÷ 36").first()).toBeVisible();
  await expect(page.getByText("10 of 36 months")).toBeVisible();
  await page.goto(`/assets/${made.id}`);
  await page.getByRole("button", { name: "Print" }).click();
  const labels = page.waitForResponse("**/api/v1/assets/labels");
  await page.getByRole("button", { name: "Make PDF" }).click();
  expect((await labels).headers()["content-type"]).toBe("application/pdf");
});
