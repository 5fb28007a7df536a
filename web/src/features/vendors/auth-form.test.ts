import { describe, expect, it } from "vitest";
import type { AuthField } from "@/api/types";
import { addressFault, fault, faults, filled, MOST_FILE, readJson, refusals } from "./auth-form";

const field = (part: Partial<AuthField> = {}): AuthField => ({
  name: "key",
  label: "Admin key",
  help: "",
  find: "",
  type: "text",
  choices: [],
  json_fields: [],
  pattern: String.raw`sk-admin-[A-Za-z0-9_\-]{17,253}`,
  example: "sk-admin-EXAMPLE0000000000000000",
  secret: true,
  required: true,
  ...part,
});

const GOOD = "sk-admin-abcdefghij0123456789";
const PEM = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
const FILE = {
  type: "service_account",
  project_id: "northwind-ai",
  private_key: PEM,
  client_email: "aegis@northwind-ai.iam.gserviceaccount.com",
  token_uri: "https://oauth2.googleapis.com/token",
};
const WANTED = Object.keys(FILE);

describe("a text field", () => {
  it.each([
    [GOOD, null],
    [`  ${GOOD}\n`, null],
    ["", "Admin key is missing."],
    ["   ", "Admin key is missing."],
    [`"${GOOD}"`, "Leave out the quotes around it."],
    ["sk-admin-abc def0123456789000", "There is a space or a line break inside."],
    [`x${GOOD}`, "This does not look like one: expected something like sk-admin-EXAMPLE0000000000000000"],
    [`${GOOD}!`, "This does not look like one: expected something like sk-admin-EXAMPLE0000000000000000"],
  ])("%j: %s", (value, expected) => expect(fault(field(), value)).toBe(expected));

  it("holds the pattern over the whole value, alternatives too", () => {
    const either = field({ pattern: "[a-z]+|[0-9]+" });
    expect(fault(either, "abc")).toBeNull();
    expect(fault(either, "abc1")).not.toBeNull();
  });

  it("may be left empty where it is not required, and need not fit where there is no pattern", () => {
    expect(fault(field({ required: false }), "")).toBeNull();
    expect(fault(field({ pattern: null }), "anything")).toBeNull();
  });

  it("leaves a pattern that this browser cannot read to the server", () => {
    expect(fault(field({ pattern: "(?x) a b" }), "ab")).toBeNull();
  });
});

describe("a choice", () => {
  const choice = field({ type: "choice", choices: ["eu", "us"], pattern: null });
  it("takes its own words only", () => {
    expect(fault(choice, "eu")).toBeNull();
    expect(fault(choice, "asia")).toBe("Choose one of eu, us.");
  });
});

describe("an uploaded file", () => {
  const upload = field({ type: "json_file", json_fields: WANTED, pattern: null });
  it("passes when each field is right, and shows no secret of it", () => {
    const lines = readJson(JSON.stringify(FILE), WANTED);
    expect(lines.map(line => line.wrong)).toEqual(WANTED.map(() => null));
    expect(lines.find(line => line.name === "private_key")?.shown).toBeNull();
    expect(lines.find(line => line.name === "project_id")?.shown).toBe("northwind-ai");
    expect(fault(upload, JSON.stringify(FILE))).toBeNull();
  });

  it.each([
    ["type", "authorized_user", "must be service_account: this is another kind of file"],
    ["private_key", PEM.slice(0, 40), "is no whole PEM key"],
    ["client_email", "nobody", "is no address"],
    ["token_uri", "http://oauth2.googleapis.com/token", "must be an https address"],
    ["project_id", "", "is empty"],
    ["project_id", 7, "must be text"],
    ["project_id", undefined, "is missing"],
  ])("%s as %j %s", (name, value, wrong) => {
    const text = JSON.stringify({ ...FILE, [name]: value });
    expect(readJson(text, WANTED).filter(line => line.wrong !== null)).toEqual([
      expect.objectContaining({ name, wrong }),
    ]);
    expect(fault(upload, text)).toBe(`${name}: ${wrong}`);
  });

  it.each(["", "[]", "null", "7", "{", "x".repeat(MOST_FILE + 1)])("refuses what is no object", text => {
    expect(readJson(text, WANTED)).toHaveLength(1);
    expect(readJson(text, WANTED)[0]?.wrong).not.toBeNull();
  });
});

describe("the form", () => {
  const fields = [
    field(),
    field({ name: "workspace_id", label: "Workspace", required: false, pattern: "[a-z]+" }),
  ];
  it("names what is wrong by field", () => {
    expect(faults(fields, { key: GOOD })).toEqual({});
    expect(Object.keys(faults(fields, { key: "", workspace_id: "A" }))).toEqual(["key", "workspace_id"]);
  });
  it("sends what was filled in, and nothing that is no field of it", () => {
    expect(filled(fields, { key: ` ${GOOD} `, workspace_id: " ", other: "x" })).toEqual({ key: GOOD });
  });
  it("finds its own fields in a refusal", () => {
    const told = { "fields.key": "must be a key", "base_urls.api": "is internal", label: "expected" };
    expect(refusals(told, "fields")).toEqual({ key: "must be a key" });
    expect(refusals(told, "base_urls")).toEqual({ api: "is internal" });
  });
});

describe("an address in place of the vendor's own", () => {
  it.each([
    ["", true],
    ["https://proxy.corp.example/openai", true],
    ["http://127.0.0.1:9000/openai", true],
    ["proxy.corp.example", false],
    ["file:///etc/passwd", false],
    ["https://u:p@proxy.corp.example", false],
    ["https://proxy.corp.example/?a=1", false],
  ])("%s", (text, fine) => expect(addressFault(text) === null).toBe(fine));
});
