import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/* Passkeys on a device that the browser itself imitates. Browsers give them to a name only, so all of this is localhost. */

test.use({ baseURL: `http://localhost:${process.env.E2E_PORT}` });

const shots = process.env.E2E_SHOTS;

async function sound(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, animations: "disabled" });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** A device with a finger on it. */
async function device(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel(/^E-mail/).fill(email);
  await page
    .getByLabel(/^Password/, { exact: false })
    .first()
    .fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a passkey is made, signs in without a password, is renamed and removed", async ({ page }) => {
  await signIn(page);
  await device(page);
  await page.goto("/me?tab=security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("textbox", { name: /^Name/ }).fill("Test device");
  await sound(page, "passkey-new");
  await page.getByRole("button", { name: "Continue on the device" }).click();
  await expect(page.getByText("never used")).toBeVisible();
  await sound(page, "passkey-made");

  await page.request.delete("/api/v1/session");
  await page.goto("/assets");
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeVisible();
  await sound(page, "passkey-sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("heading", { name: "Assets" })).toBeVisible();
  await page.goto("/me?tab=security");
  await expect(page.getByText("by passkey")).toBeVisible();

  await page.getByRole("button", { name: /^Test device/ }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: /^Name/ }).fill("Old device");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^Old device/ }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await sound(page, "passkey-remove");
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Old device", { exact: true })).toHaveCount(0);
});

test("who holds a role that needs a second factor sets one up, and is asked for it from then on", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const email = `pia.${Date.now()}@example.com`;
  const password = "brass kettle on a hill";
  const role = await page.request.post("/api/v1/roles", {
    data: { name: `Strict ${Date.now()}`, copyOf: "employee" },
  });
  const { code, name } = (await role.json()) as { code: string; name: string };
  await page.request.post("/api/v1/users", { data: { name: "Pia Pass", email, password, roles: [code] } });
  await page.goto("/admin/company");
  await page.getByRole("switch", { name }).click();
  await expect(page.getByText(`${name} need a second factor now`)).toBeVisible();
  await sound(page, "strict-roles");

  const pia = await (await browser.newContext()).newPage();
  await device(pia);
  await pia.goto("/assets");
  await typePassword(pia, email, password);
  await expect(pia.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  await sound(pia, "factor-needed");
  expect((await pia.request.get("/api/v1/assets")).status()).toBe(403);
  await pia.getByRole("button", { name: "Add a passkey" }).click();
  await pia.getByRole("button", { name: "Continue on the device" }).click();
  await expect(pia.getByRole("heading", { name: "Choose a new password" })).toBeVisible();

  await pia.request.delete("/api/v1/session");
  await pia.goto("/assets");
  await typePassword(pia, email, password);
  await expect(pia.getByRole("heading", { name: "One more step" })).toBeVisible();
  await sound(pia, "factor-confirm");
  await pia.getByRole("button", { name: "Confirm with a passkey" }).click();
  await expect(pia.getByRole("heading", { name: "Choose a new password" })).toBeVisible();
  await pia.context().close();
  await page.goto("/admin/company");
  await page.getByRole("switch", { name }).click();
  await expect(page.getByText(`${name} need no second factor any more`)).toBeVisible();
});
