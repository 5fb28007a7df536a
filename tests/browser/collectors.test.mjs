// Collectors: strips, a day read by a press, runs, schedules; with simulated vendors behind the real server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settled, withBrowser } from "./lib/browser.mjs";

let key;
const here = withBrowser(
  async (server, vendors) => {
    const { api_key } = await vendors.credential("openai", "admin");
    key = await server.api("POST", "/api/keys", {
      vendor: "openai",
      kind: "admin",
      label: "OpenAI of claims",
      fields: { key: api_key },
      base_urls: { api: `${vendors.url}/openai` },
    });
    await ended(server);
  },
  // A few days of the thirty: the others were never read.
  { vendors: true, flags: ["--backfill-days", "7"] },
);

/** The latest run, once none is under way. */
async function ended(server) {
  for (const until = Date.now() + 240_000; ; ) {
    const { items } = await server.api("GET", `/api/collector/runs?key=${key.id}&limit=1`);
    if (items.length > 0 && items[0].state !== "running") return items[0];
    assert.ok(Date.now() < until, "the run does not end");
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

test("the strip tells each day, is walked by keys, and opens the run that read it", async () => {
  const page = await here.open("/collectors");
  const strip = page.getByRole("group", { name: /^usage of OpenAI of claims/ });
  await strip.waitFor();
  assert.equal(await strip.getByRole("button").count(), 30);
  assert.equal(await strip.locator("[tabindex='0']").count(), 1, "one stop of the Tab key");
  await strip.getByRole("button").last().focus();
  await page.keyboard.press("ArrowLeft");
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assert.match(focused, /: (whole|revised|not over yet|never read)/);
  await strip.getByRole("button", { name: /: (whole|revised).*show the run/ }).first().click();
  const drawer = page.getByRole("dialog", { name: "Run" });
  await drawer.getByText(/pages ·/).first().waitFor();
  assert.match(new URL(page.url()).search, /run=/);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  await page.done();
});

test("Sync now begins a run that ends in the list", async () => {
  const page = await here.open("/collectors", { as: "analyst" });
  const before = await here.server.api("GET", `/api/collector/runs?key=${key.id}&limit=100`);
  await page.getByRole("button", { name: "Sync now with OpenAI of claims" }).click();
  await page.getByText("Reading with OpenAI of claims has begun.").waitFor();
  const run = await ended(here.server);
  assert.ok(!before.items.some(one => one.id === run.id), "it is a new run");
  await page.getByRole("row").filter({ hasText: "by hand" }).first().waitFor();
  await page.done();
});

test("a day that was never read is read by a press", async () => {
  const missing = async () => {
    const { items } = await here.server.api("GET", `/api/collector/coverage?key=${key.id}`);
    return items.find(item => item.feed === "usage").days.filter(day => day.state === "missing").map(day => day.day);
  };
  const before = await missing();
  assert.ok(before.length > 10, "days before the back-fill are missing");
  const page = await here.open("/collectors", { as: "analyst" });
  const strip = page.getByRole("group", { name: /^usage of OpenAI of claims/ });
  await strip.getByRole("button", { name: /never read · read it now/ }).last().click();
  await page.getByText("Reading with OpenAI of claims has begun.").waitFor();
  const run = await ended(here.server);
  assert.equal(run.trigger, "window");
  assert.deepEqual(await missing(), before.slice(0, -1), "that day, and no other");
  await page.getByRole("row").filter({ hasText: "chosen days" }).first().waitFor();
  await page.done();
});

test("a schedule is changed and shown in words", async () => {
  const page = await here.open("/collectors", { as: "analyst" });
  await page.getByRole("button", { name: "Schedule of OpenAI of claims" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("How often").selectOption({ label: "Every 6 hours" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText(/Every 6 hours, at minute \d\d/).waitFor();
  const { cron } = await here.server.api("GET", `/api/collector/schedules/${key.id}`);
  assert.match(cron, /^\d+ \*\/6 \* \* \*$/);
  await page.done();
});

test("a viewer sees the days and may read none", async () => {
  const page = await here.open("/collectors", { as: "viewer" });
  const sync = page.getByRole("button", { name: "Sync now with OpenAI of claims" });
  assert.equal(await sync.getAttribute("aria-disabled"), "true");
  await page.goto("/vendors/openai?tab=collection");
  await settled(page);
  await page.getByRole("group", { name: /^usage of OpenAI of claims/ }).waitFor();
  await page.goto("/vendors");
  await settled(page);
  await page.getByRole("row").filter({ hasText: "OpenAI" }).getByText("fresh").first().waitFor();
  await page.done();
});
