// A browser with a server behind it, for one test file. Every page made here is watched: a console error, a failed
// request, a request to another origin or an exception fails the test that made it.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { PASSWORD, startServer } from "./server.mjs";
import { startVendors } from "./vendors.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Long enough for a machine that does other things, too; nothing waits so long when all is well. */
const PATIENCE = 20_000;

/**
 * Starts a server and a browser before the file's tests, and ends them after. What it returns is filled by then:
 * `server`, and `open(path, {theme, width, as})`, a watched page. With `vendors`, simulated ones stand beside the server.
 * `flags`: more of `serve`.
 */
export function withBrowser(prepare = async () => {}, { vendors = false, flags = [] } = {}) {
  const here = {};
  let browser;
  const sessions = new Map();

  before(async () => {
    here.vendors = vendors ? await startVendors() : null;
    const allowed = here.vendors ? ["--private-hosts", here.vendors.host, "--vendor-pace", "100000"] : [];
    here.server = await startServer([...allowed, ...flags]);
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
    await prepare(here.server, here.vendors);
  });
  after(async () => {
    await browser?.close();
    await here.server?.stop();
    await here.vendors?.stop();
  });

  /** The cookies of a role, from one log-in through the console's own form. */
  async function sessionOf(role) {
    if (!sessions.has(role)) {
      // First the account: without any, the console leads to the set-up.
      const email = here.server.account(role);
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${here.server.url}/login`);
      await signIn(page, email);
      await page.getByRole("navigation", { name: "Main" }).waitFor({ timeout: PATIENCE });
      sessions.set(role, await context.storageState());
      await context.close();
    }
    return sessions.get(role);
  }

  /** `expected`: patterns of problems that the test is about. `as: null` is nobody. */
  here.open = async (path, { theme = "dark", width = 1440, as = "admin", expected = [] } = {}) => {
    const context = await browser.newContext({
      baseURL: here.server.url,
      colorScheme: theme,
      viewport: { width, height: 900 },
      reducedMotion: "reduce",
      timezoneId: "UTC",
      ...(as && { storageState: await sessionOf(as) }),
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.watch = watched(page, here.server.url, expected);
    /** Ends the page; nothing may have gone wrong on it. */
    page.done = async () => {
      await context.close();
      assert.deepEqual(page.watch.problems, []);
    };
    await page.goto(path);
    await settled(page);
    return page;
  };
  return here;
}

/** The page has what it asked the API for, and has drawn it. */
export async function settled(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  const until = Date.now() + PATIENCE;
  // A page may ask again when it has the first answers: idle is a while without a question, then a frame.
  for (let idle = 0; idle < 6; idle = page.watch.pending.size === 0 ? idle + 1 : 0) {
    assert.ok(Date.now() < until, `the page still asks for ${[...page.watch.pending].map(r => r.url())}`);
    await page.waitForTimeout(50);
  }
  await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 0))));
}

/** Fills the log-in form. */
export async function signIn(page, email, password = PASSWORD) {
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A page finds out by a refusal that nobody is signed in. */
export const SIGNED_OUT = /^401 (GET|POST) \/api\/auth\/(me|refresh)$/;

/** Notes what must not happen on a page, and which calls of the API it makes. */
function watched(page, origin, expected) {
  const watch = { problems: [], calls: [], pending: new Set() };
  const note = problem => {
    if (!expected.some(pattern => pattern.test(problem))) watch.problems.push(problem);
  };
  page.on("pageerror", error => note(`exception: ${error.message}`));
  page.on("console", message => {
    // What failed to load is noted below, with its status and address.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      note(`console: ${message.text()}`);
    }
  });
  page.on("request", request => {
    const url = new URL(request.url());
    if (url.origin !== origin && !["data:", "blob:"].includes(url.protocol)) note(`other origin: ${url}`);
    if (!url.pathname.startsWith("/api/")) return;
    watch.calls.push(`${request.method()} ${url.pathname}`);
    watch.pending.add(request);
  });
  page.on("requestfailed", request => watch.pending.delete(request));
  page.on("response", response => {
    // Its head: a refusal's body is not always read, and then the browser never calls the request finished.
    watch.pending.delete(response.request());
    if (response.status() < 400) return;
    const { pathname } = new URL(response.url());
    note(`${response.status()} ${response.request().method()} ${pathname}`);
  });
  page.on("websocket", socket => {
    const url = new URL(socket.url());
    if (url.host !== new URL(origin).host) note(`other origin: ${url}`);
    watch.calls.push(`WS ${url.pathname}`);
  });
  return watch;
}
