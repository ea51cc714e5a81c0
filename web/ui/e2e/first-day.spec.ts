import { expect, test } from "@playwright/test";
import { administrator } from "./people.ts";

test.describe.configure({ mode: "serial" });

test("the first visit sets up a company with an example in it", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Company name").fill("Muster GmbH");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Your name").fill(administrator.name);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByLabel("Password again").fill(administrator.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("An example company").click();
  await page.getByRole("button", { name: "Finish" }).click();

  await expect(page.getByText(/Ada Admin|Hello, Ada|Good (morning|evening), Ada/).first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole("heading", { name: "Headcount" })).toBeVisible();
});

test("somebody who signs in finds the company in numbers", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Headcount" })).toBeVisible();
  await expect(page.getByText("Assets in use").first()).toBeVisible();
});
