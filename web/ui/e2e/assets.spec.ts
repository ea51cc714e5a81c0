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

test("all that a filter finds is changed in the background, and what was refused says why", async ({
  page,
}) => {
  const word = `Pallet${Date.now()}`;
  const made = [];
  for (let n = 0; n < 4; n++) made.push(await laptop(page, `${word} ${n}`));
  const { items: people } = (await (await page.request.get("/api/v1/employees?limit=1")).json()) as {
    items: { id: string; displayName: string }[];
  };
  const held = made[1];
  const handed = await page.request.post(`/api/v1/assets/${held?.id}/assignments`, {
    data: { employeeId: people[0]?.id },
  });
  expect(handed.status()).toBe(201);
  await page.goto(`/assets?q=${word}`);
  await expect(page.getByText("4 assets")).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
  await page.getByRole("button", { name: "More for the selected ones" }).click();
  await page.getByRole("menuitem", { name: "Retire" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
  await expect(page.getByText("3 changed · 1 refused")).toBeVisible();
  const why = `Asset ${held?.tag} is held by ${people[0]?.displayName}; return it first.`;
  await expect(page.getByRole("link", { name: why })).toBeVisible();
  await page.reload();
  await expect(page.getByText("3 changed · 1 refused")).toBeVisible();
  await page.getByRole("link", { name: "See what became of each" }).click();
  await expect(page.getByRole("row", { name: /Refused/ })).toHaveCount(1);
  await page.getByLabel("Result", { exact: true }).selectOption("changed");
  await expect(page.getByRole("row", { name: /Changed/ })).toHaveCount(3);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download as CSV" }).click();
  expect((await file).suggestedFilename()).toBe("bulk-action.csv");
  await page.getByRole("link", { name: "My bulk actions" }).click();
  await expect(page.getByRole("row", { name: /Retire 4 assets Done in part/ })).toBeVisible();
});
