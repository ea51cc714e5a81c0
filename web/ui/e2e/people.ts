import type { APIRequestContext, Page } from "@playwright/test";

/** Who does the journeys. The first of them that comes sets the company up with the example in it. */
export const administrator = {
  name: "Ada Admin",
  email: "ada@example.com",
  password: "correct horse battery 9",
};

/** Signs in without the page: the cookie is the browser's from then on. */
export async function signIn(page: Page): Promise<void> {
  await setUp(page.request);
  const answer = await page.request.post("/api/v1/session", {
    data: { email: administrator.email, password: administrator.password },
  });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`);
}

async function setUp(request: APIRequestContext): Promise<void> {
  const { needed } = (await (await request.get("/api/v1/setup")).json()) as { needed: boolean };
  if (!needed) return;
  const company = {
    name: "Muster GmbH",
    country: "DE",
    currency: "EUR",
    timeZone: "Europe/Berlin",
    language: "en",
  };
  const answer = await request.post("/api/v1/setup", {
    data: { company, administrator, sample: true },
    timeout: 60_000,
  });
  if (!answer.ok()) throw new Error(`set-up answered ${answer.status()}: ${await answer.text()}`);
}
