// API tokens: made in the console, shown once, used by an application.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withBrowser } from "./lib/browser.mjs";
import { SSN, leak, someEvents } from "./lib/events.mjs";

const here = withBrowser();

test("a token is shown once and takes events", async () => {
  const page = await here.open("/access");
  await page.getByRole("button", { name: "New token" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("triage in production");
  await dialog.getByRole("checkbox", { name: /ingest/ }).check();
  await dialog.getByRole("button", { name: /make|create/i }).click();
  await page.waitForFunction(() => /agf_\w{20}/.test(document.body.innerHTML));
  const shown = await page.evaluate(() => {
    const inputs = [...document.querySelectorAll("input")].map(input => input.value);
    return [document.body.innerText, ...inputs].join("\n").match(/agf_\w+/)[0];
  });

  const answer = await fetch(`${here.server.url}/api/pipeline/ingest`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${shown}` },
    body: JSON.stringify({ ...someEvents(1)[0], prompt: [{ role: "user", text: leak() }] }),
  });
  assert.equal(answer.status, 200, await answer.clone().text());

  await page.reload();
  await page.getByRole("row").filter({ hasText: "triage in production" }).waitFor();
  assert.ok(!(await page.content()).includes(shown), "the token is not shown again");
  await page.goto("/events");
  await page.getByRole("row").filter({ hasText: "us_ssn" }).first().waitFor();
  assert.ok(!(await page.content()).includes(SSN));
  await page.done();
});
