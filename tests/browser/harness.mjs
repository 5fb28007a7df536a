// Starts the real binary and a real browser; watches the page for what no page may do.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A server on a folder of its own; `lines` is what it said on standard error. */
export async function startServer(...args) {
  const data = mkdtempSync(join(tmpdir(), "aegisflow-browser-"));
  const child = spawn(process.env.AEGISFLOW, [...args, "--data", data, "--listen", "127.0.0.1:0"]);
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (said.out += chunk));
  child.stderr.on("data", (chunk) => (said.err += chunk));
  const stop = () =>
    new Promise((resolve) => {
      child.once("exit", () => {
        rmSync(data, { recursive: true, force: true });
        resolve();
      });
      child.kill("SIGTERM");
    });
  const base = await until(() => said.err.match(/ready on (http:\S+)/)?.[1], "the ready line");
  return { base, said, stop };
}

/** Waits for something to be there. */
export async function until(look, what, patience = 60_000) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `waited ${patience} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const startBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });

/** A page that notes every error, every request elsewhere and every API call. */
export async function openPage(browser, base, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults = [];
  const calls = [];
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith("data:") || url.startsWith("blob:")) return;
    if (!url.startsWith(base) && !url.startsWith(base.replace("http", "ws"))) faults.push(`foreign: ${url}`);
    if (new URL(url).pathname.startsWith("/api/")) calls.push(`${request.method()} ${new URL(url).pathname}`);
  });
  return { page, context, faults, calls };
}

/** axe's findings on the page as it stands. */
export async function axe(page) {
  // The page's policy allows no foreign script, and neither should it: axe goes in past it, through the debugger.
  await page.evaluate(AXE);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`);
}
