import { expect, type Locator, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/** Counts what a person does: clicks and keys pressed on purpose, and things typed. */
function counted(page: Page) {
  let acts = 0;
  let entries = 0;
  return {
    press: async (key: string) => {
      acts += 1;
      await page.keyboard.press(key);
    },
    click: async (name: string | RegExp, role: "button" | "link" | "menuitem" = "button") => {
      acts += 1;
      await page.getByRole(role, { name }).first().click();
    },
    tick: async (box: Locator) => {
      acts += 1;
      await box.click();
    },
    type: async (text: string) => {
      entries += 1;
      await page.keyboard.type(text, { delay: 10 });
    },
    /** The bounds of the task: what the best of the comparable programs need. */
    atMost: (wantedActs: number, wantedEntries: number) => {
      expect(acts, "clicks and keys").toBeLessThanOrEqual(wantedActs);
      expect(entries, "things typed").toBeLessThanOrEqual(wantedEntries);
    },
  };
}

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

async function somebody(page: Page): Promise<string> {
  const { items } = (await (await page.request.get("/api/v1/employees?status=active&limit=1")).json()) as {
    items: { displayName: string }[];
  };
  return items[0]?.displayName ?? "";
}

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test("an asset is found by its tag, handed out, taken back, and the return undone, by keyboard", async ({
  page,
}) => {
  const made = await laptop(page, "Laptop for the journey");
  const person = await somebody(page);
  await page.goto("/assets");
  await expect(page.getByRole("table")).toBeVisible();

  const find = counted(page);
  await find.press("/");
  await find.type(made.tag);
  await expect(page.getByRole("table").getByRole("link")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Laptop for the journey" })).toBeVisible();
  find.atMost(3, 1);

  const hand = counted(page);
  await hand.press("Control+Enter");
  await expect(page.getByRole("combobox", { name: "Person" })).toBeFocused();
  await hand.type(person);
  await expect(page.getByRole("option", { name: person }).first()).toBeVisible();
  await hand.press("Enter");
  await expect(page.getByRole("combobox", { name: "Person" })).toHaveValue(person);
  await hand.press("Enter");
  await expect(page.getByText(`${made.tag} is now with ${person}`)).toBeVisible();
  hand.atMost(5, 2);

  const back = counted(page);
  await back.click("Take back");
  await expect(page.getByText(`${made.tag} is back in stock from ${person}`)).toBeVisible();
  await back.click("Undo");
  await expect(page.getByText(`${made.tag} is with ${person} again`)).toBeVisible();
  back.atMost(4, 1);
  await expect(page.getByRole("button", { name: "Take back" })).toBeVisible();
});

test("an asset is registered with what its category knows", async ({ page }) => {
  await page.goto("/assets");
  await expect(page.getByRole("table")).toBeVisible();
  const task = counted(page);
  await task.click("New asset", "link");
  await expect(page.getByLabel("Name")).toBeFocused();
  await task.type("ThinkPad of the journey");
  await task.press("Tab");
  await task.type("Laptops");
  await expect(page.getByRole("option", { name: /Laptops/ }).first()).toBeVisible();
  await task.press("Enter");
  await task.click("Register");
  await expect(page.getByText("is registered")).toBeVisible();
  task.atMost(5, 2);
});

test("what is filtered is moved at once", async ({ page }) => {
  for (const number of [1, 2, 3]) await laptop(page, `Movable ${number}`);
  await page.goto("/assets");
  await expect(page.getByRole("table")).toBeVisible();
  const task = counted(page);
  await task.press("/");
  await task.type("Movable");
  await expect(page.getByRole("table").getByRole("link")).toHaveCount(3);
  await task.tick(page.locator("thead input"));
  await task.click("Move");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("combobox", { name: "Location" })).toBeFocused();
  await task.type("Munich");
  await expect(page.getByRole("listbox").getByRole("option", { name: "Munich", exact: true })).toBeVisible();
  await task.press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Location" })).toHaveValue("Munich");
  await task.press("Enter");
  await expect(page.getByText(/3 assets moved to Munich/)).toBeVisible();
  task.atMost(6, 2);
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
