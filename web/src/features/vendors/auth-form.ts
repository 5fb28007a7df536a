// The form of a credential, as its vendor's `auth_fields` draw it: values, what is wrong with them, and what is sent.
// Pure. The server checks everything again; this tells a person before a secret leaves the browser.
import type { AuthField } from "@/api/types";

export type Values = Readonly<Record<string, string>>;
export type Faults = Readonly<Record<string, string>>;

/** A file larger than this is no key file. */
export const MOST_FILE = 64 * 1024;

/** What is wrong with one field; null where nothing is. */
export function fault(field: AuthField, value: string): string | null {
  const text = value.trim();
  if (text === "") return field.required ? `${field.label} is missing.` : null;
  switch (field.type) {
    case "choice":
      return field.choices.includes(text) ? null : `Choose one of ${field.choices.join(", ")}.`;
    case "json_file": {
      const wrong = readJson(text, field.json_fields).find(line => line.wrong !== null);
      return wrong ? `${wrong.name}: ${wrong.wrong}` : null;
    }
    case "text":
      return fits(text, field.pattern) ? null : misfit(field, text);
  }
}

/** The faults of a whole form by field, in its order; empty when it can be sent. */
export function faults(fields: readonly AuthField[], values: Values): Faults {
  const found = fields.flatMap(field => {
    const wrong = fault(field, values[field.name] ?? "");
    return wrong === null ? [] : [[field.name, wrong] as const];
  });
  return Object.fromEntries(found);
}

/** What is sent: trimmed, empty fields left out. */
export function filled(fields: readonly AuthField[], values: Values): Record<string, string> {
  const entries = fields.map(field => [field.name, (values[field.name] ?? "").trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

/** Patterns are the server's, over the whole value; one that this browser cannot read is left to the server. */
function fits(text: string, pattern: string | null): boolean {
  if (pattern === null) return true;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return true;
  }
}

function misfit(field: AuthField, text: string): string {
  if (/^["'].*["']$/.test(text)) return "Leave out the quotes around it.";
  if (/\s/.test(text)) return "There is a space or a line break inside.";
  if (text === field.example) return "This is the example, not a value of yours.";
  return `This does not look like one: expected something like ${field.example}`;
}

/** One field of an uploaded file, checked. */
export interface JsonLine {
  name: string;
  /** What is wrong; null where nothing is. */
  wrong: string | null;
  /** What may be shown of it; null for what is secret. */
  shown: string | null;
}

const SHAPES: Readonly<Record<string, readonly [RegExp, string]>> = {
  type: [/^service_account$/, "must be service_account: this is another kind of file"],
  private_key: [
    /^-----BEGIN (RSA )?PRIVATE KEY-----[\s\S]+-----END (RSA )?PRIVATE KEY-----\s*$/,
    "is no whole PEM key",
  ],
  client_email: [/^[^\s@]+@[^\s@]+$/, "is no address"],
  token_uri: [/^https:\/\/\S+$/, "must be an https address"],
};

const isSecret = (name: string) => /private|secret|password/.test(name) && !name.endsWith("_id");

/** Checks an uploaded file field by field. A file that is no JSON object has one line that says so. */
export function readJson(text: string, wanted: readonly string[]): JsonLine[] {
  const file = parse(text);
  if (typeof file === "string") return [{ name: "File", wrong: file, shown: null }];
  return wanted.map(name => {
    const value = file[name];
    const shown = typeof value === "string" && !isSecret(name) ? value : null;
    return { name, wrong: wrongWith(name, value), shown };
  });
}

function wrongWith(name: string, value: unknown): string | null {
  if (value === undefined) return "is missing";
  if (typeof value !== "string") return "must be text";
  if (value.trim() === "") return "is empty";
  const shape = SHAPES[name];
  return shape && !shape[0].test(value) ? shape[1] : null;
}

function parse(text: string): Record<string, unknown> | string {
  if (text.length > MOST_FILE) return "is too large for a key file";
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? Object.fromEntries(Object.entries(value)) : "is JSON, but no object with fields";
  } catch {
    return "is not JSON; take the file as the vendor gave it";
  }
}

/** What a server's refusal says of `fields.x` and `base_urls.y`, by the name of the field alone. */
export function refusals(fields: Readonly<Record<string, string>>, group: "fields" | "base_urls"): Faults {
  const entries = Object.entries(fields).filter(([name]) => name.startsWith(`${group}.`));
  return Object.fromEntries(entries.map(([name, words]) => [name.slice(group.length + 1), words]));
}

/** What is wrong with an address that stands in for a vendor's own; null where nothing is. */
export function addressFault(text: string): string | null {
  if (text.trim() === "") return null;
  try {
    const url = new URL(text.trim());
    if (url.protocol !== "https:" && url.protocol !== "http:") return "must begin with https://";
    if (url.username !== "" || url.password !== "") return "must not hold a name or password";
    return url.search === "" && url.hash === "" ? null : "must be an address without a query";
  } catch {
    return "must be a whole address, such as https://proxy.corp.example/openai";
  }
}
