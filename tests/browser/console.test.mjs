// The console as people use it, on the real binary: set-up, log-in, live stream, filters, drawer, workbench, both
// themes, narrow screens, and what no page may do (errors, foreign requests, axe findings).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, openPage, startBrowser, startServer, until } from "./harness.mjs";

const PASSWORD = "violet-harbor-mosaic-91";
const PAGES = ["/", "/live", "/events", "/detectors", "/team", "/access", "/audit", "/settings", "/system"];
const SSN = "531-86-2094";

let browser;
let server;
let me; // the admin's page
let token; // an ingest token made in the console

before(async () => {
  browser = await startBrowser();
  server = await startServer("serve");
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Posts an event as an application would. */
async function post(event) {
  const answer = await fetch(`${server.base}/api/pipeline/ingest`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(event),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()).items[0].id;
}

const event = (text, more = {}) => ({
  vendor: "openai",
  model: "gpt-5",
  user: "maria@corp.example",
  team: "claims",
  app: "triage",
  prompt: [{ role: "user", text }],
  ...more,
});

test("the set-up link makes the first admin, once", async () => {
  const link = await until(() => server.said.err.match(/first admin at (\S+)/)?.[1], "the set-up link");
  me = await openPage(browser, server.base);
  await me.page.goto(link);
  await me.page.getByLabel("Your name").fill("Ada Admin");
  await me.page.getByLabel("E-mail").fill("ada@corp.example");
  await me.page.getByLabel("Password", { exact: false }).first().fill(PASSWORD);
  await me.page.getByRole("button", { name: /create|make|set up|finish/i }).click();
  await me.page.getByRole("navigation", { name: "Main" }).waitFor();
  const again = await openPage(browser, server.base);
  await again.page.goto(link);
  await until(async () => /log in|sign in/i.test(await again.page.locator("body").innerText()), "a way to the log-in");
  await again.context.close();
});

test("a log-in that is wrong says one thing; the right one comes back to the place asked for", async () => {
  const { page, context } = await openPage(browser, server.base);
  await page.goto(`${server.base}/events?severity=high`);
  await page.getByLabel("E-mail").fill("ada@corp.example");
  await page.getByLabel("Password", { exact: false }).first().fill("wrong wrong wrong");
  await page.getByRole("button", { name: /log in|sign in/i }).click();
  await page.getByRole("alert").first().waitFor();
  await page.getByLabel("Password", { exact: false }).first().fill(PASSWORD);
  await page.getByRole("button", { name: /log in|sign in/i }).click();
  await page.waitForURL(/\/events\?.*severity=high/);
  await context.close();
});

test("a token is shown once and takes events", async () => {
  const { page } = me;
  await page.goto(`${server.base}/access`);
  await page.getByRole("button", { name: /new token|make a token|create/i }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("browser test");
  await dialog.getByRole("checkbox", { name: /ingest/ }).check();
  await dialog.getByRole("button", { name: /make|create/i }).click();
  const shown = await until(
    async () => (await page.locator("body").innerText()).match(/agf_\w+/)?.[0] ?? (await page.locator("input").evaluateAll((all) => all.map((i) => i.value).find((v) => v.startsWith("agf_")))),
    "the token",
  );
  token = shown;
  await page.keyboard.press("Escape");
  await post(event("Nothing to see here."));
});

test("the live page receives what is posted, masked", async () => {
  const { page } = me;
  await page.goto(`${server.base}/live`);
  await page.getByText(/^Connected/).waitFor();
  await post(event(`My SSN is ${SSN}.`));
  const row = page.getByRole("row").filter({ hasText: "us_ssn" });
  await row.first().waitFor();
  assert.ok(!(await page.content()).includes(SSN));
});

test("a filter stands in the address and narrows the list", async () => {
  const { page } = me;
  await page.goto(`${server.base}/events`);
  await page.getByRole("row").filter({ hasText: "us_ssn" }).first().waitFor();
  const filter = page.getByRole("combobox", { name: "Filter" }).or(page.getByLabel("Filter", { exact: true })).first();
  await filter.fill("severity:high");
  await filter.press("Enter");
  await page.waitForURL(/severity=high/);
  await until(async () => (await page.getByRole("row").filter({ hasText: "none" }).count()) === 0, "rows without findings to go");
  await page.getByRole("row").filter({ hasText: "us_ssn" }).first().waitFor();
  await page.goBack();
  await page.waitForURL((url) => !url.search.includes("severity"));
});

test("a row opens a drawer with masked text and reasons, whose address works alone", async () => {
  const { page } = me;
  await page.goto(`${server.base}/events`);
  await page.getByRole("row").filter({ hasText: "us_ssn" }).first().click();
  const drawer = page.getByRole("dialog").or(page.getByRole("complementary")).last();
  await drawer.getByText(/•••-••-\d{4}/).first().waitFor();
  await page.waitForURL(/event=/);
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address);
  await page.getByText(/•••-••-\d{4}/).first().waitFor();
  assert.ok(!(await page.content()).includes(SSN));
});

test("the workbench shows what fires and what would be kept", async () => {
  const { page } = me;
  await page.goto(`${server.base}/detectors`);
  await page.getByLabel("Text to scan").fill(`Card 4539 1488 0343 6467, SSN ${SSN}`);
  await page.getByRole("button", { name: /scan|test/i }).first().click();
  const outcome = page.getByRole("region", { name: "Outcome" });
  await outcome.getByText("credit_card").first().waitFor();
  await outcome.getByText("us_ssn").first().waitFor();
});

for (const colorScheme of ["dark", "light"]) {
  test(`every page is clean for axe, quiet and frugal (${colorScheme})`, async () => {
    const state = await me.context.storageState();
    const { page, context, faults, calls } = await openPage(browser, server.base, { storageState: state, colorScheme });
    for (const path of PAGES) {
      calls.length = 0;
      await page.goto(server.base + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForTimeout(800);
      assert.deepEqual(await axe(page), [], `axe on ${path} (${colorScheme})`);
      const asked = calls.filter((call) => !/ws\/|auth\//.test(call));
      assert.ok(asked.length <= 6, `${path} asks ${asked.length} times: ${asked.join(", ")}`);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test("narrow screens need no sideways scrolling", async () => {
  const state = await me.context.storageState();
  const { page, context } = await openPage(browser, server.base, { storageState: state, viewport: { width: 360, height: 740 } });
  for (const path of PAGES) {
    await page.goto(server.base + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForTimeout(400);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${path} is ${over} px too wide`);
  }
  await context.close();
});

test("log-in and the way to an event need no mouse", async () => {
  const { page, context } = await openPage(browser, server.base);
  await page.goto(`${server.base}/login`);
  await page.getByLabel("E-mail").focus();
  await page.keyboard.type("ada@corp.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await page.waitForURL(/\/events/);
  await context.close();
});
