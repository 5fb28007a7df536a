// From nothing to a validated credential, against the simulated vendors behind the real server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withBrowser } from "./lib/browser.mjs";

const here = withBrowser(undefined, { vendors: true });

/** Fills the address of each host under "Advanced". */
async function pointAt(page, bases) {
  await page.getByText("Advanced: other addresses").click();
  for (const [host, path] of Object.entries(bases)) {
    await page.getByLabel(host, { exact: true }).fill(`${here.vendors.url}${path}`);
  }
}

test("vendor, kind, form, the vendor's own answer, first sync", async () => {
  const { api_key: secret } = await here.vendors.credential("openai", "admin");
  const page = await here.open("/vendors");
  await page.getByRole("link", { name: "Add credential" }).click();
  await page.getByRole("heading", { name: "Connect a vendor", level: 1 }).waitFor();
  await page.getByRole("link", { name: /^OpenAI/ }).click();
  await page.getByRole("link", { name: /^Admin key/ }).click();
  await page.getByText(/api\.usage\.read/).waitFor(); // which permission to grant

  const field = page.getByRole("textbox", { name: "Admin key" });
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("Admin key is missing.").waitFor();
  assert.ok(await field.evaluate(input => input === document.activeElement), "the wrong field has the focus");
  await field.fill("sk-proj-not-an-admin-key");
  await field.blur();
  await page.getByText(/expected something like sk-admin-/).waitFor();
  await field.fill(secret);
  await pointAt(page, { api: "/openai" });
  await page.getByRole("button", { name: "Connect" }).click();

  await page.getByText(/OpenAI knows it: \d+ abilities work/).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Usage" }).getByText("works").first().waitFor();
  await page.getByRole("link", { name: "The run" }).waitFor({ timeout: 60_000 });
  assert.ok(!(await page.content()).includes(secret), "the secret is not on the page");
  assert.ok(!page.url().includes(secret), "the secret is not in the address");

  await page.getByRole("link", { name: "Its credential" }).click();
  await page.getByText(`•••• ${secret.slice(-4)}`).first().waitFor();
  assert.ok(!(await page.content()).includes(secret));
  await page.done();
});

test("a refused address is said at its field, and nothing is lost of the form", async () => {
  const page = await here.open("/connect?vendor=mistral&kind=inference", { expected: [/^422 POST \/api\/keys$/] });
  const fields = page.getByRole("textbox");
  const secret = "abcdefghijABCDEFGHIJ0123456789ab";
  await fields.nth(1).fill(secret);
  await page.getByText("Advanced: other addresses").click();
  await page.getByLabel("api", { exact: true }).fill("http://169.254.169.254/latest");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.locator("[aria-invalid=true]").waitFor();
  assert.equal(await fields.nth(1).inputValue(), secret);
  await page.done();
});

test("a key file is checked field by field before it is sent", async () => {
  const { service_account: file } = await here.vendors.credential("gemini", "service_account");
  const text = typeof file === "string" ? file : JSON.stringify(file);
  const page = await here.open("/connect?vendor=gemini&kind=service_account");
  const upload = async content => {
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "key.json", mimeType: "application/json", buffer: Buffer.from(content) });
  };
  await upload(JSON.stringify({ ...JSON.parse(text), type: "authorized_user", client_email: "nobody" }));
  await page.getByText("2 of 6 fields are wrong").waitFor();
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText(/^type: must be service_account/).waitFor();
  assert.ok(!page.watch.calls.includes("POST /api/keys"), "nothing was sent");
  await page.getByRole("button", { name: "Take another file" }).click();
  await upload(text);
  await page.getByText("6 fields are right").waitFor();
  assert.ok(!(await page.content()).includes("BEGIN PRIVATE KEY"), "no secret of the file is shown");
  await pointAt(page, {
    api: "/gemini/api",
    oauth: "/gemini/oauth",
    monitoring: "/gemini/monitoring",
    bigquery: "/gemini/bigquery",
    logging: "/gemini/logging",
    apikeys: "/gemini/apikeys",
  });
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText(/Google Gemini knows it/).waitFor();
  await page.done();
});

test("a vendor of one's own is added, refused where it must be, and connected", async () => {
  const page = await here.open("/vendors", { expected: [/^422 POST \/api\/vendors$/] });
  await page.getByRole("button", { name: "A vendor of your own" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Claims LLM");
  await dialog.getByLabel("Address").fill("http://169.254.169.254/usage");
  await dialog.getByRole("button", { name: "Add the vendor" }).click();
  await dialog.locator("[aria-invalid=true]").waitFor();
  await dialog.getByLabel("Address").fill(`${here.vendors.url}/custom`);
  await dialog.getByRole("button", { name: "Add the vendor" }).click();
  await page.getByRole("heading", { name: "Claims LLM", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Add credential" }).click();
  await page.getByRole("button", { name: "Connect" }).waitFor();
  await page.done();
});
