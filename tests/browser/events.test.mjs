// Events: filters live in the address, the drawer has an address of its own, and no screen shows a raw value.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settled, withBrowser } from "./lib/browser.mjs";
import { SSN, someEvents } from "./lib/events.mjs";

// Ten minutes apart: all of them lie within any seven days, whatever the hour.
const EVENTS = 400;
const here = withBrowser(server => server.ingest(someEvents(EVENTS)));

const table = page => page.getByRole("table", { name: "Events" });
const rows = page => table(page).getByRole("row");
const drawer = page => page.getByRole("dialog");

test("a typed filter narrows the list, stands in the address and survives a reload", async () => {
  const page = await here.open("/events?range=7d");
  const filter = page.getByRole("combobox", { name: "Filter" });
  await filter.fill("vendor:anthropic");
  await filter.press("Enter");
  await filter.fill("-severity:none");
  await filter.press("Enter");
  await page.waitForURL(url => url.searchParams.get("vendor") === "anthropic");
  await page.waitForURL(url => url.searchParams.get("severity") === "-none");
  await page.getByText("34 loaded of").waitFor();

  await page.reload();
  await settled(page);
  await page.getByText("34 loaded of").waitFor();
  for (const row of (await rows(page).allInnerTexts()).slice(1)) assert.match(row, /claude-sonnet-4-5/);

  await page.getByRole("button", { name: /^Remove vendor/i }).click();
  await page.waitForURL(url => !url.searchParams.has("vendor"));
  await page.goBack();
  await page.waitForURL(url => url.searchParams.get("vendor") === "anthropic");
  await page.done();
});

test("the list equals its figures, and says nothing is new when nothing is", async () => {
  const page = await here.open("/events?range=7d&severity=high");
  await page.getByText(/^100 loaded of 100 events$/).waitFor();
  await page.getByText("100 events: high 100.", { exact: true }).first().waitFor({ state: "attached" });
  assert.equal(await page.getByRole("button", { name: /\d+ new/ }).count(), 0);
  await page.done();
});

test("a row opens a drawer with masked text; its address works alone; Esc gives the focus back", async () => {
  const page = await here.open("/events?severity=high");
  const first = rows(page).nth(1).getByRole("link");
  await first.click();
  await drawer(page).getByRole("heading", { name: /^Findings \(1\)$/ }).waitFor();
  const text = await drawer(page).innerText();
  assert.match(text, /US social security number|us_ssn/);
  assert.ok(!(await page.content()).includes(SSN), "the raw value is nowhere on the page");

  const address = page.url();
  await page.keyboard.press("Escape");
  await drawer(page).waitFor({ state: "hidden" });
  assert.ok(await first.evaluate(link => link === document.activeElement), "the row has the focus again");

  await page.goto(address);
  await drawer(page).getByRole("heading", { name: /^Findings \(1\)$/ }).waitFor();
  await drawer(page).getByRole("link", { name: "Open as a page" }).click();
  await page.waitForURL(/\/events\/[0-9a-f-]{36}/);
  await settled(page);
  await page.getByRole("heading", { name: /^Findings \(1\)$/ }).waitFor();
  await page.done();
});

test("however many rows are loaded, few stand in the document", async () => {
  const page = await here.open("/events?range=30d");
  await page.getByText(/loaded of 400 events/).waitFor();
  for (let seen = 0; seen < EVENTS; ) {
    await rows(page).last().scrollIntoViewIfNeeded();
    await page.mouse.move(720, 600);
    await page.mouse.wheel(0, 4000);
    await settled(page);
    const loaded = /^(\d+) loaded/.exec(await page.getByText(/loaded of/).first().innerText());
    seen = Number(loaded[1]);
    assert.ok((await rows(page).count()) < 60, "at most 60 rows");
  }
  await page.done();
});

test("the export gives what the filter shows", async () => {
  const page = await here.open("/events?range=7d&severity=high");
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /CSV/ }).click(),
  ]);
  const { readFile } = await import("node:fs/promises");
  const csv = await readFile(await download.path(), "utf8");
  assert.equal(csv.trim().split("\n").length, 1 + 100);
  assert.ok(!csv.includes(SSN));
  await page.done();
});
