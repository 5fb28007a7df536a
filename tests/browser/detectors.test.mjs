// The scan workbench.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withBrowser } from "./lib/browser.mjs";
import { SSN, leak } from "./lib/events.mjs";

const here = withBrowser();

test("the workbench marks what it finds and shows what would be kept", async () => {
  const page = await here.open("/detectors", { as: "analyst" });
  const scan = page.getByRole("button", { name: "Scan" });
  assert.ok(await scan.isDisabled(), "nothing to scan yet");
  await page.getByRole("textbox", { name: "Text to scan" }).fill(leak());
  await scan.click();
  const outcome = page.getByRole("region", { name: "Outcome" });
  await outcome.getByText("1 finding").waitFor();
  assert.equal(await outcome.locator("mark").first().evaluate(mark => mark.firstChild?.textContent), SSN);
  await outcome.getByRole("button", { name: "As it would be kept" }).click();
  await outcome.getByText("•••").first().waitFor();
  assert.ok(!(await outcome.innerText()).includes(SSN));

  await page.getByRole("textbox", { name: "Text to scan" }).fill(`Card 4539 1488 0343 6467, SSN ${SSN}`);
  await scan.click();
  await outcome.getByText("2 findings").waitFor();
  for (const kind of ["credit_card", "us_ssn"]) await outcome.getByText(kind).first().waitFor();
  await page.done();
});
