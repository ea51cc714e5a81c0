import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

test.beforeEach(async ({ page }) => signIn(page));

async function post(page: Page, path: string, data: object): Promise<{ id: string }> {
  const answer = await page.request.post(`/api/v1${path}`, { data });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as { id: string };
}

test("drafts are issued and mailed, three at once", async ({ page }) => {
  const name = `Monthly${Date.now()}`;
  const customer = await post(page, "/customers", {
    name,
    email: `${name.toLowerCase()}@example.com`,
    street: "Kai 1",
    postalCode: "20457",
    city: "Hamburg",
    country: "DE",
  });
  const { items: rates } = (await (await page.request.get("/api/v1/tax-rates")).json()) as {
    items: { id: string; default: boolean }[];
  };
  const taxRateId = rates.find(rate => rate.default)?.id;
  for (let n = 0; n < 3; n++) {
    const lines = [{ description: "Work", quantity: "1", unitPrice: "100.00", taxRateId }];
    await post(page, "/invoices", { customerId: customer.id, lines });
  }
  await page.goto(`/invoices?q=${name}`);
  await expect(page.getByText("3 invoices")).toBeVisible();
  for (const [verb, done] of [
    ["Issue", "3 documents are issued"],
    ["Send", "3 documents are on their way"],
  ] as const) {
    await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
    await page.getByRole("button", { name: verb, exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: verb }).click();
    await expect(page.getByText(done)).toBeVisible();
  }
  await page.getByRole("link", { name: "My bulk actions" }).click();
  await expect(page.getByRole("row", { name: /Send 3 documents Done 3 changed/ })).toBeVisible();
});
