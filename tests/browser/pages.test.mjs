// What holds on every page: axe finds nothing in either theme, few calls, nothing jumps, nothing to scroll sideways.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SIGNED_OUT, settled, withBrowser } from "./lib/browser.mjs";
import { leak, someEvents } from "./lib/events.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const here = withBrowser(async server => {
  [here.event] = await server.ingest(someEvents(60));
});
const MOST_CALLS = 6;
const MOST_SHIFT = 0.05;

/** Every page of the menu, and those the menu does not name. */
async function everyPage() {
  const page = await here.open("/");
  const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
  const menu = await links.evaluateAll(all => all.map(link => new URL(link.href).pathname));
  await page.done();
  assert.ok(menu.length >= 8, "the menu has its pages");
  return [...menu, "/settings", `/events/${here.event}`, "/no/such/page"];
}

async function assertAccessible(page, where) {
  // The page's policy forbids scripts that are not its own; the debugger's way in is not bound by it.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run());
  const found = violations.map(v => `${v.id}: ${v.help}\n${v.nodes.map(n => `    ${n.html}`).join("\n")}`);
  assert.deepEqual(found, [], where);
}

async function assertFitsTheWidth(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${where} is ${over} px too wide`);
}

const shift = page =>
  page.evaluate(
    () =>
      new Promise(resolve => {
        let sum = 0;
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => setTimeout(() => resolve(sum), 0));
      }),
  );

for (const theme of ["dark", "light"]) {
  test(`every page in the ${theme} theme: axe, calls, shifts, sideways`, async t => {
    for (const path of await everyPage()) {
      await t.test(path, async () => {
        const page = await here.open(path, { theme });
        if (path === "/no/such/page") assert.match(await page.innerText("main"), /no\/such\/page/);
        assert.ok(page.watch.calls.length <= MOST_CALLS, page.watch.calls.join(", "));
        assert.ok((await shift(page)) < MOST_SHIFT, `things moved by ${await shift(page)}`);
        assert.match(await page.title(), /AegisFlow/);
        const canvas = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
        assert.equal(canvas, theme === "dark" ? "rgb(11, 14, 19)" : "rgb(246, 247, 249)");
        await assertAccessible(page, path);
        await assertFitsTheWidth(page, path);
        await page.done();
      });
    }
  });

  test(`states of pages in the ${theme} theme: drawers, dialogs, results, entry`, async t => {
    const states = {
      "an event's drawer": async page => {
        await page.goto(`/events?event=${here.event}`);
        await page.getByRole("dialog").getByRole("heading", { name: /^Findings/ }).waitFor();
      },
      "the playground's outcome": async page => {
        await page.goto("/detectors");
        await page.getByRole("textbox", { name: "Text to scan" }).fill(leak());
        await page.getByRole("button", { name: "Scan" }).click();
        await page.getByRole("region", { name: "Outcome" }).waitFor();
      },
      "the dialog for an invitation": async page => {
        await page.goto("/team");
        await page.getByRole("button", { name: "Invite" }).click();
        await page.getByRole("dialog").waitFor();
      },
      "the dialog for a token": async page => {
        await page.goto("/access");
        await page.getByRole("button", { name: "New token" }).click();
        await page.getByRole("dialog").waitFor();
      },
      "the form of a credential with what is wrong": async page => {
        await page.goto("/connect?vendor=gemini&kind=service_account");
        await page.locator("input[type=file]").setInputFiles({
          name: "key.json",
          mimeType: "application/json",
          buffer: Buffer.from('{"type": "authorized_user"}'),
        });
        await page.getByText(/fields are wrong/).waitFor();
        await page.getByRole("button", { name: "Connect" }).click();
        await page.getByText(/^type: must be/).waitFor();
      },
      "the kinds of a vendor's credentials": async page => {
        await page.goto("/connect?vendor=openai");
        await page.getByRole("link", { name: /^Admin key/ }).waitFor();
      },
      "the dialog for a vendor of one's own": async page => {
        await page.goto("/vendors");
        await page.getByRole("button", { name: "A vendor of your own" }).click();
        await page.getByRole("dialog").waitFor();
      },
      "a vendor that is not connected": async page => {
        await page.goto("/vendors/openai");
        await page.getByRole("heading", { name: "What it can tell" }).waitFor();
        await settled(page);
      },
      "the vault's question": async page => {
        await page.goto("/vault");
        await page.getByRole("button", { name: "Rotate" }).click();
        await page.getByRole("dialog").waitFor();
      },
      "a filter that matches nothing": async page => {
        await page.goto("/events?vendor=nobody");
        await settled(page);
      },
    };
    for (const [name, enter] of Object.entries(states)) {
      await t.test(name, async () => {
        const page = await here.open("/settings", { theme });
        await enter(page);
        await assertAccessible(page, name);
        await page.done();
      });
    }
    for (const path of ["/login", "/register?invite=none", "/setup"]) {
      await t.test(path, async () => {
        const page = await here.open(path, { theme, as: null, expected: [SIGNED_OUT] });
        await assertAccessible(page, path);
        await page.done();
      });
    }
  });
}

test("the folded menu keeps its targets and says where one is", async () => {
  const page = await here.open("/events");
  await page.getByRole("button", { name: "Fold the menu" }).click();
  const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
  for (const link of await links.all()) {
    const { width, height } = await link.boundingBox();
    assert.ok(Math.min(width, height) >= 24, `${await link.textContent()} is ${width} by ${height} px`);
  }
  const ground = link => link.evaluate(element => getComputedStyle(element).backgroundColor);
  const [open, other] = [links.filter({ hasText: "Events" }), links.filter({ hasText: "Live" })];
  assert.notEqual(await ground(open), await ground(other), "the open page is marked");
  await page.done();
});

test("a page that the menu does not name leads back to the one it belongs under", async () => {
  const page = await here.open("/vendors/openai");
  const trail = page.getByRole("navigation", { name: "Breadcrumb" });
  await trail.getByText("OpenAI").waitFor();
  await trail.getByRole("link", { name: "Vendors" }).click();
  await page.getByRole("heading", { name: "Vendors", level: 1 }).waitFor();
  await page.done();
});

test("on a narrow screen every page keeps to its width, and the menu is a drawer", async t => {
  for (const path of await everyPage()) {
    await t.test(path, async () => {
      const page = await here.open(path, { width: 360 });
      await assertFitsTheWidth(page, path);
      await assertAccessible(page, path);
      await page.done();
    });
  }
  const page = await here.open("/", { width: 360 });
  await page.getByRole("button", { name: /menu/i }).first().click();
  await page.getByRole("link", { name: "Events", exact: true }).click();
  await page.getByRole("heading", { name: "Events", level: 1 }).waitFor();
  await page.done();
});

test("the theme switch changes the theme and is remembered", async () => {
  const page = await here.open("/", { theme: "dark" });
  await page.getByRole("button", { name: "Switch to light theme" }).click();
  await page.getByRole("button", { name: "Switch to dark theme" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Switch to dark theme" }).waitFor();
  await page.done();
});
