import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/* What somebody was handed, they confirm themselves: drawn up by one, signed by the other. */

interface Made {
  id: string;
  tag: string;
  displayName: string;
}

async function make(page: Page, path: string, data: object): Promise<Made> {
  const answer = await page.request.post(`/api/v1/${path}`, { data });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()) as Made;
}

/** Somebody who works here and has chosen a password of their own already. */
async function colleague(page: Page, browser: Browser): Promise<{ person: Made; theirs: BrowserContext }> {
  const stamp = Date.now();
  const person = await make(page, "employees", {
    number: `H-${stamp}`,
    givenName: "Hanna",
    familyName: `Wirth${stamp}`,
    hiredOn: "2026-01-01",
  });
  const email = `hanna.${stamp}@example.com`;
  const [first, own] = ["brass kettle on a hill", "a lamp beside the river"];
  await make(page, "users", {
    name: person.displayName,
    email,
    password: first,
    roles: ["employee"],
    employeeId: person.id,
  });
  const theirs = await browser.newContext();
  await theirs.request.post("/api/v1/session", { data: { email, password: first } });
  await theirs.request.post("/api/v1/me/password", { data: { current: first, new: own } });
  const again = await theirs.request.post("/api/v1/session", { data: { email, password: own } });
  expect(again.ok()).toBe(true);
  return { person, theirs };
}

test("what was handed over is confirmed by whom it was handed to", async ({ page, browser }) => {
  await signIn(page);
  const { items } = (await (await page.request.get("/api/v1/categories")).json()) as {
    items: { id: string }[];
  };
  const { person, theirs } = await colleague(page, browser);
  const asset = await make(page, "assets", { name: "Signed for", categoryId: items[0]?.id });

  await page.goto(`/assets/${asset.id}`);
  await page.getByRole("button", { name: "Assign" }).first().click();
  await page.getByRole("combobox", { name: "Person" }).fill(person.displayName);
  await page.getByRole("option", { name: new RegExp(person.displayName) }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Assign" }).click();
  await page.getByRole("button", { name: "Draw up a hand-over document" }).click();
  await page.getByLabel("Accessories").fill("charger, bag");
  await page.getByRole("button", { name: "Draw up over 1 thing" }).click();
  await expect(page.getByText(`Waits for ${person.displayName} to confirm it.`)).toBeVisible();
  const printed = page.waitForEvent("popup");
  await page.getByRole("link", { name: "PDF" }).click();
  await printed;

  const hers = await theirs.newPage();
  await hers.goto("/");
  await hers
    .getByRole("link", { name: new RegExp(`${asset.tag} Signed for`) })
    .first()
    .click();
  await expect(hers.getByText("charger, bag")).toBeVisible();
  await hers.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(hers.getByText("Type your name to confirm").first()).toBeVisible();
  expect((await new AxeBuilder({ page: hers }).analyze()).violations).toEqual([]);
  await hers.getByRole("textbox", { name: "Your name" }).fill("Hanna Wirth");
  await hers.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(hers.getByText(/confirmed in the browser on .* as “Hanna Wirth”/)).toBeVisible();
  await theirs.close();

  await page.goto(`/assets/${asset.id}`);
  await expect(page.getByRole("link", { name: /^Hand-over document \d+$/ })).toBeVisible();
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
  await expect(page.getByText(new RegExp(`confirmed by ${person.displayName}`))).toBeVisible();
});

test("many that were handed over at once are offered as one document, which can be signed on paper", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const { items } = (await (await page.request.get("/api/v1/categories")).json()) as {
    items: { id: string }[];
  };
  const { person, theirs } = await colleague(page, browser);
  await theirs.close();
  const word = `Crate${Date.now()}`;
  for (const n of [1, 2, 3]) await make(page, "assets", { name: `${word} ${n}`, categoryId: items[0]?.id });

  await page.goto(`/assets?q=${word}`);
  await page.getByRole("checkbox", { name: "Select all loaded rows" }).check();
  await page.getByRole("button", { name: "Hand over", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Person" }).fill(person.displayName);
  await page.getByRole("option", { name: new RegExp(person.displayName) }).click();
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await page.getByRole("button", { name: "Draw up a hand-over document" }).click();
  await page.getByRole("button", { name: "Draw up over 3 things" }).click();
  await page.getByRole("button", { name: "More for this document" }).click();
  await page.getByRole("menuitem", { name: "Signed on paper" }).click();
  await dialog.getByRole("button", { name: "Signed on paper" }).click();
  await expect(page.getByText(`${person.displayName} signed on paper on`)).toBeVisible();
  await page.goto("/assets/handovers");
  await expect(page.getByRole("row", { name: new RegExp(`${person.displayName}.*Confirmed`) })).toBeVisible();
});
