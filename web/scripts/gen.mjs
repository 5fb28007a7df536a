// Makes `src/api/schema.gen.ts` from the server's OpenAPI document. Run by `npm run gen`; `npm run gen -- --check`
// fails when the file is not what the document gives.
// The document calls a field that may be absent "not required", and so its generator does for every nullable one; but
// the server writes absent values as null. So in schemas that only answers use, nullable fields count as present.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../docs/reference/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.gen.ts", import.meta.url);
const document = JSON.parse(readFileSync(source, "utf8"));
const schemas = document.components.schemas;

/** Names of all schemas below `node`, added to `found`. */
function collect(node, found) {
  if (typeof node !== "object" || node === null) return;
  if (typeof node.$ref === "string") {
    const name = node.$ref.split("/").pop();
    if (found.has(name)) return;
    found.add(name);
    collect(schemas[name], found);
  }
  for (const child of Object.values(node)) collect(child, found);
}

const sent = new Set();
for (const methods of Object.values(document.paths)) {
  for (const operation of Object.values(methods)) {
    collect(operation.requestBody, sent);
    // Ids of operations are not used here, and repeated ones would break the types.
    delete operation.operationId;
  }
}

const isNullable = schema =>
  [schema.type].flat().includes("null") || (schema.oneOf ?? []).some(one => one.type === "null");

function requireNullable(node) {
  if (typeof node !== "object" || node === null) return;
  if (node.properties) {
    const nullable = Object.keys(node.properties).filter(key => isNullable(node.properties[key]));
    node.required = [...new Set([...(node.required ?? []), ...nullable])];
  }
  for (const child of Object.values(node)) requireNullable(child);
}
for (const [name, schema] of Object.entries(schemas)) if (!sent.has(name)) requireNullable(schema);

const text = `// Made by \`npm run gen\` from docs/reference/openapi.json. Not to be edited.\n\n${astToString(await openapiTS(document))}`;
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("src/api/schema.gen.ts is stale: run `npm run gen`");
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}
