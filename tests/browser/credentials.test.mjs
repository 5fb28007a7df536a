// Credentials: checked, changed, deleted; and what each role may do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withBrowser } from "./lib/browser.mjs";

const here = withBrowser(
  async (server, vendors) => {
    const { api_key } = await vendors.credential("mistral", "inference");
    await server.api("POST", "/api/keys", {
      vendor: "mistral",
      kind: "inference",
      label: "Mistral of claims",
      fields: { key: api_key },
      base_urls: { api: `${vendors.url}/mistral` },
    });
  },
  { vendors: true },
);
const row = page => page.getByRole("row").filter({ hasText: "Mistral of claims" });

test("a viewer sees and changes nothing, an analyst checks", async () => {
  const viewer = await here.open("/keys", { as: "viewer" });
  await row(viewer).waitFor();
  for (const name of ["Add credential", "Check Mistral of claims"]) {
    const button = viewer.getByRole("button", { name }).first();
    assert.equal(await button.getAttribute("aria-disabled"), "true", `${name} is refused`);
  }
  await viewer.done();

  const analyst = await here.open("/keys", { as: "analyst" });
  await row(analyst).getByRole("button", { name: "Check Mistral of claims" }).click();
  await analyst.getByText(/Mistral of claims works for \d of \d abilities/).waitFor();
  await row(analyst).getByRole("link").first().click();
  const drawer = analyst.getByRole("dialog");
  const remove = drawer.getByRole("button", { name: "Delete" });
  assert.equal(await remove.getAttribute("aria-disabled"), "true");
  await analyst.done();
});

test("an administrator renames it, and deletes it after typing its name", async () => {
  const page = await here.open("/keys");
  await row(page).getByRole("link").first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Replace the secret" }).click();
  const form = page.getByRole("dialog").filter({ hasText: "Replace the secret of" });
  await form.getByLabel("Name").fill("Mistral of legal");
  await form.getByRole("button", { name: "Replace", exact: true }).click();
  await page.getByRole("dialog", { name: "Mistral of legal" }).waitFor();

  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  const confirm = page.getByRole("dialog").filter({ hasText: "cannot be brought back" });
  const act = confirm.getByRole("button", { name: "Delete" });
  assert.equal(await act.getAttribute("aria-disabled"), "true", "not before the name is typed");
  await confirm.getByRole("textbox").fill("Mistral of legal");
  await act.click();
  await page.getByText("No credential yet").waitFor();
  await page.done();
});
