import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";

test.beforeEach(async ({ page }) => signIn(page));

test("somebody is hired with a sign-in, moved, and leaves; nothing of it is lost", async ({ page }) => {
  const family = `Journey${Date.now() % 1_000_000}`;
  const email = `${family.toLowerCase()}@example.com`;
  const password = "a phrase for the first day";
  await page.goto("/employees");
  await expect(page.getByRole("table")).toBeVisible();
  await page.keyboard.press("c");
  await page.keyboard.press("e");
  await page.getByLabel("Given name").fill("Jo");
  await page.getByLabel("Family name").fill(family);
  await page.getByRole("textbox", { name: "Work e-mail" }).fill(email);
  await page.getByRole("combobox", { name: "Department" }).fill("Finance");
  await page.getByRole("option", { name: "Finance" }).click();
  await page.getByRole("combobox", { name: "Manager" }).fill("E-0001");
  await page.getByRole("option", { name: /E-0001/ }).click();
  await page.getByLabel("Amount").fill("52,000.50");
  await page.getByText("Also create a sign-in").click();
  await page.getByLabel("First password").fill(password);
  await page.getByRole("button", { name: "Hire", exact: true }).click();
  await expect(page.getByRole("heading", { name: `Jo ${family}` })).toBeVisible();
  await expect(page.getByText(/^.52,000\.50 a year$/)).toBeVisible();

  await page.getByRole("button", { name: "Transfer" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Department" }).fill("Legal");
  await page.getByRole("option", { name: "Legal" }).click();
  await dialog.getByRole("button", { name: "Transfer" }).click();
  await expect(page.getByRole("link", { name: "Legal" })).toBeVisible();

  const id = page.url().split("/").at(-1);
  const own = await page.request.post("/api/v1/session", { data: { email, password } });
  expect(own.status()).toBe(200);
  await signIn(page);
  await page.goto(`/employees/${id}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByText("Let leave").click();
  await dialog.getByLabel("Reason").fill("The journey ends");
  await dialog.getByRole("button", { name: "End the employment" }).click();
  await expect(page.getByText(`Jo ${family} left on`)).toBeVisible();
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText("Left: The journey ends")).toBeVisible();
  const gone = await page.request.post("/api/v1/session", { data: { email, password } });
  expect(gone.status()).toBe(401);
});

test("what a leaver holds is settled piece by piece before the employment ends", async ({ page }) => {
  const family = `Clear${Date.now() % 1_000_000}`;
  const post = async (path: string, data: unknown) => {
    const answer = await page.request.post(`/api/v1${path}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { id: string; tag: string; items: { id: string }[] };
  };
  const { id } = await post("/employees", { givenName: "Kim", familyName: family, hiredOn: "2026-01-02" });
  const categories = (await (await page.request.get("/api/v1/categories")).json()) as {
    items: { id: string }[];
  };
  const tags: string[] = [];
  for (const name of ["Laptop", "Phone"]) {
    const asset = await post("/assets", {
      name,
      categoryId: categories.items[0]?.id,
      cost: "10",
      currency: "EUR",
    });
    await post(`/assets/${asset.id}/assignments`, { employeeId: id });
    tags.push(asset.tag);
  }
  await page.goto(`/employees/${id}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByText("Let leave").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What becomes of what is held").selectOption("settle");
  await dialog.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("Access has ended")).toBeVisible();
  const end = page.getByRole("button", { name: "End the employment" });
  await expect(end).toBeDisabled();
  await page.getByLabel(`What becomes of ${tags[1]} Phone`).selectOption("lost");
  await page.getByRole("button", { name: "Settle 1" }).click();
  await expect(page.getByText("1 thing to settle")).toBeVisible();
  await page.getByRole("button", { name: "Return everything" }).click();
  await end.click();
  await dialog.getByRole("button", { name: "End the employment" }).click();
  await expect(page.getByText(`Kim ${family} left on`)).toBeVisible();
});

test("an import tells every problem by row and column, then takes the mended file", async ({ page }) => {
  const at = `${Date.now() % 1_000_000}@import.example.com`;
  await page.goto("/employees/import");
  const choose = (text: string) =>
    page
      .locator("input[type=file]")
      .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await choose(
    `First name,Last name,E-mail,Manager\nAnn,One,a${at},b${at}\nBen,Two,b${at},a${at}\nCy,Three,nonsense,\n`,
  );
  await expect(page.getByRole("heading", { name: /3 problems/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^2 manager .*circle/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^4 email .*not an e-mail address/ })).toBeVisible();
  await choose(`First name,Last name,E-mail,Manager\nAnn,One,a${at},\nBen,Two,b${at},a${at}\n`);
  await page.getByRole("button", { name: "Import 2 people" }).click();
  await expect(page.getByText("2 people imported")).toBeVisible();
});

test("the organisation chart is walked with the keys alone", async ({ page }) => {
  await page.goto("/employees/org-chart");
  const top = page.getByRole("treeitem").first();
  await top.focus();
  await expect(top).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("[role=treeitem]:focus")).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("[role=treeitem]:focus")).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator("[role=treeitem]:focus")).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/employees\/[0-9a-f-]{36}$/);
});

test("kinds of leave and holidays are set up", async ({ page }) => {
  await page.goto("/employees/setup?tab=leave");
  await page.getByRole("button", { name: "New kind of leave" }).click();
  const kind = `Parental leave ${Date.now()}`;
  await page.getByRole("textbox", { name: /^Name/ }).fill(kind);
  await page.getByRole("textbox", { name: "Days a year" }).fill("10");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: kind })).toContainText(
    "10 days, at the beginning",
  );
  const row = page.getByRole("listitem").filter({ hasText: kind });
  await row.getByRole("button", { name: `Actions for ${kind}` }).click();
  await page.getByRole("menuitem", { name: "Archive" }).click();
  await expect(row.getByText("Archived")).toBeVisible(); // nobody is offered it any more

  await page.getByRole("tab", { name: "Holidays" }).click();
  await page.getByRole("button", { name: String(new Date().getFullYear() + 1), exact: true }).click();
  await page.getByRole("button", { name: "New holiday" }).first().click();
  await page.getByRole("textbox", { name: /^Day/ }).fill(`31.12.${new Date().getFullYear() + 1}`);
  await page.getByRole("textbox", { name: /^Name/ }).fill("Last day of the year");
  await page.getByRole("button", { name: "Save" }).click();
  const day = page.getByRole("listitem").filter({ hasText: "Last day of the year" });
  await expect(day).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await day.getByRole("button", { name: "Actions for Last day of the year" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(day).toBeHidden();
});
