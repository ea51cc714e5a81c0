import { createHmac } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/* Keys for programs, and the second factor of a person, as both are made and ended in the browser. */

const shots = process.env.E2E_SHOTS;

async function sound(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, animations: "disabled" });
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test("a key for a program is shown once, works, and ends at once", async ({ page, playwright, baseURL }) => {
  await signIn(page);
  await page.goto("/me/keys/new");
  await page.getByRole("textbox", { name: /^Name/ }).fill("Nightly export");
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect(page.getByText("Give it at least one right").first()).toBeVisible();
  await page.getByLabel(/^See assets/).selectOption("all");
  await sound(page, "key-new");
  await page.getByRole("button", { name: "Make the key" }).click();
  const secret = await page.getByText(/^erp_[0-9A-Za-z]{49}$/).innerText();
  await sound(page, "key-made");

  const program = await playwright.request.newContext({
    ...(baseURL ? { baseURL } : {}),
    extraHTTPHeaders: { Authorization: `Bearer ${secret}` },
  });
  expect((await program.get("/api/v1/assets?limit=1")).status()).toBe(200);
  expect((await program.get("/api/v1/invoices?limit=1")).status()).toBe(403);

  await page.goto("/me/keys");
  await expect(page.getByText(secret.slice(0, 12))).toBeVisible();
  await sound(page, "keys-mine");
  await page.goto("/admin/api-keys");
  await page.getByText("Nightly export").first().click();
  await sound(page, "key-drawer");
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await page
    .getByRole("dialog", { name: /Revoke the key/ })
    .getByRole("button", { name: "Revoke" })
    .click();
  await expect(page.getByText("Nightly export works no more")).toBeVisible();
  expect((await program.get("/api/v1/assets?limit=1")).status()).toBe(401);
  await program.dispose();
});

test("an authenticator is set up, signs in, and is reset by the administrator", async ({ page, browser }) => {
  await signIn(page);
  const email = `kai.${Date.now()}@example.com`;
  const first = "brass kettle on a hill";
  const password = "slow blue tram 17";
  const made = await page.request.post("/api/v1/users", {
    data: { name: "Kai Code", email, password: first, roles: ["employee"] },
  });
  const { id } = (await made.json()) as { id: string };

  const kai = await (await browser.newContext()).newPage();
  await kai.request.post("/api/v1/session", { data: { email, password: first } });
  await kai.request.post("/api/v1/me/password", { data: { current: first, new: password } });
  await kai.goto("/me?tab=security");
  await kai.getByRole("button", { name: "Set up an authenticator" }).click();
  await kai
    .getByRole("dialog")
    .getByLabel(/^Current password/)
    .fill(password);
  await kai.getByRole("button", { name: "Continue" }).click();
  const picture = kai.getByRole("img", { name: "QR code for the authenticator" });
  await expect(picture).toBeVisible();
  await sound(kai, "factor-picture");
  const typed = await kai.getByText(/^([A-Z2-7]{4} ?){8}$/).innerText();
  const secret = typed.replaceAll(" ", "");
  await kai.getByRole("dialog").getByRole("textbox", { name: /^Code/ }).fill(codeOf(secret, -1));
  await kai.getByRole("button", { name: "Confirm" }).click();
  await expect(kai.getByText(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)).toHaveCount(10);
  await sound(kai, "factor-codes");
  await kai.getByRole("button", { name: "I have kept them" }).click();
  await expect(kai.getByText("10 recovery codes are left.")).toBeVisible();
  await sound(kai, "factor-on");

  await kai.request.delete("/api/v1/session");
  await kai.goto("/");
  await kai.getByLabel(/^E-mail/).fill(email);
  await kai.getByLabel(/^Password/).fill(password);
  await kai.getByRole("button", { name: "Sign in" }).click();
  await kai.getByRole("textbox", { name: /^Code/ }).fill("000000");
  await sound(kai, "factor-sign-in");
  await kai.getByRole("button", { name: "Sign in" }).click();
  await expect(kai.getByText("This code is wrong or was used already.").first()).toBeVisible();
  await kai.getByRole("textbox", { name: /^Code/ }).fill(codeOf(secret, 0));
  await kai.getByRole("button", { name: "Sign in" }).click();
  await expect(kai.getByRole("main")).toBeVisible();

  await page.goto(`/admin/users/${id}`);
  await page.getByRole("button", { name: "Reset" }).click();
  await sound(page, "factor-reset");
  await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
  await expect(page.getByText("The password alone is enough again")).toBeVisible();
  expect((await kai.request.get("/api/v1/me")).status()).toBe(401);
});

/** What an authenticator shows (RFC 6238), so many steps from now. */
function codeOf(secret: string, steps: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map(one => letters.indexOf(one).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = (hash[19] ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
