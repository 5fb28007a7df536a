// First run, signing in and out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SIGNED_OUT, signIn, withBrowser } from "./lib/browser.mjs";
import { PASSWORD } from "./lib/server.mjs";

const here = withBrowser();

test("the set-up link makes the first admin, leaves the address bar, and works once", async () => {
  const page = await here.open(here.server.setupLink, { as: null, expected: [SIGNED_OUT] });
  await page.waitForURL(url => url.search === "" && url.hash === "");
  await page.getByRole("textbox", { name: "Your name" }).fill("Ada Admin");
  await page.getByRole("textbox", { name: "E-mail" }).fill("ada@corp.example");
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();

  await page.goto(here.server.setupLink);
  await page.getByRole("heading", { name: "Already set up" }).waitFor();
  await page.done();
});

test("a wrong password is refused in words, the right one leads to the page that was asked for", async () => {
  const email = here.server.account("analyst");
  const page = await here.open("/events?severity=high", {
    as: null,
    expected: [SIGNED_OUT, /^401 POST \/api\/auth\/login$/],
  });
  await signIn(page, email, "not the password at all");
  await page.getByRole("alert").waitFor();
  await signIn(page, email);
  await page.getByRole("heading", { name: "Events", level: 1 }).waitFor();
  assert.equal(new URL(page.url()).search, "?severity=high");
  await page.done();
});

test("signing in needs no mouse", async () => {
  const email = here.server.account("admin");
  const page = await here.open("/login", { as: null, expected: [SIGNED_OUT] });
  await page.getByRole("textbox", { name: "E-mail" }).focus();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Overview", level: 1 }).waitFor();
  await page.done();
});

test("a viewer does not see what only admins may do", async () => {
  const page = await here.open("/team", { as: "viewer" });
  assert.equal(await page.getByRole("link", { name: "Team" }).count(), 0);
  assert.equal(await page.getByRole("button", { name: "Invite" }).count(), 0);
  await page.getByText("Your role does not open this page").waitFor();
  await page.done();
});

test("signing out ends the session on the server, too", async () => {
  const page = await here.open("/", { as: "viewer", expected: [SIGNED_OUT] });
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: "account of viewer" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();

  await page.context().addCookies(cookies);
  await page.goto("/");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.done();
});
