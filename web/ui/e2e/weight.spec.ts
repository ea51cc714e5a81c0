import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";

/* What a page may cost. Wall-clock time says nothing on a busy machine: the gates are CPU time of the page's own thread,
   requests, rows in the document, and how far things jump. CPU time is given as on the machine where the limits were
   measured: a fixed piece of work tells how much slower, or faster, this one is at the moment. */

test.use({ trace: "off" }); // a trace costs the page more than the page itself

const pages = [
  { name: "home", path: "/", cpu: 250 },
  { name: "a list", path: "/assets", cpu: 320 },
  { name: "a record", path: "/employees", cpu: 300, record: "/api/v1/employees" },
];

interface Cost {
  cpu: number;
  slowness: number;
  requests: number;
  shift: number;
}

for (const one of pages) {
  test(`${one.name} is light`, async ({ page }) => {
    await signIn(page);
    let path = one.path;
    if (one.record) {
      const answer = (await (await page.request.get(one.record)).json()) as { items: { id: string }[] };
      path = `${one.path}/${answer.items[0]?.id}`;
    }
    // The best of three: another program on the machine may steal caches, never give time.
    const costs = [await costOf(page, path), await costOf(page, path), await costOf(page, path)];
    const cpu = Math.min(...costs.map(cost => cost.cpu / cost.slowness));
    const requests = costs[0]?.requests ?? 0;
    const shift = Math.max(...costs.map(cost => cost.shift));
    console.log(`${one.name}: ${cpu.toFixed(0)} ms CPU, ${requests} requests, shift ${shift.toFixed(3)}`);
    expect(cpu).toBeLessThanOrEqual(one.cpu);
    expect(requests).toBeLessThanOrEqual(20);
    expect(shift).toBeLessThanOrEqual(0.02);
  });
}

async function costOf(page: Page, path: string): Promise<Cost> {
  await page.goto("about:blank");
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.clearBrowserCache");
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const slowness = await slownessOf(page, cdp);
  let requests = 0;
  const count = () => {
    requests += 1;
  };
  page.on("request", count);
  await page.addInitScript(() => {
    const told = window as unknown as { shift: number };
    told.shift = 0;
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) told.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(path);
  await page.locator("#main h1").first().waitFor();
  await page.waitForLoadState("networkidle");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const cpu = await spent(cdp);
  const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
  page.off("request", count);
  await cdp.detach();
  return { cpu, slowness, requests, shift };
}

/** The CPU time that the page's thread has spent, in milliseconds. */
async function spent(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return (metrics.find(metric => metric.name === "TaskDuration")?.value ?? 0) * 1000;
}

/** What the piece of work below costs where the limits were measured, in milliseconds. */
const usual = 220;

/** How much slower this machine is at the moment than the one where the limits were measured; below 1 it is faster, and the limits are as much stricter. */
async function slownessOf(page: Page, cdp: CDPSession): Promise<number> {
  const before = await spent(cdp);
  await page.evaluate(() => {
    for (let round = 0; round < 20; round += 1) {
      const list = document.createElement("ul");
      for (let item = 0; item < 400; item += 1) {
        const line = document.createElement("li");
        line.className = `line ${item % 7}`;
        line.textContent = JSON.stringify({
          round,
          item,
          words: ["one", "two", "three"].map(word => word + item),
        });
        list.append(line);
      }
      document.body.replaceChildren(list);
      list.getBoundingClientRect();
    }
  });
  return ((await spent(cdp)) - before) / usual;
}

test("a list holds at most sixty rows in the document, however far it is scrolled", async ({ page }) => {
  await signIn(page);
  await page.goto("/assets");
  const rows = page.locator("tbody tr");
  await rows.first().waitFor();
  for (let step = 0; step < 12; step += 1) {
    await page.getByRole("region", { name: "Assets" }).evaluate(box => {
      box.scrollTop = box.scrollHeight;
    });
    await page.waitForTimeout(150);
    expect(await rows.count()).toBeLessThanOrEqual(60);
  }
});
