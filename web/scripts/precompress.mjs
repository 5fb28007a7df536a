// Writes a `.br` and a `.gz` beside every compressible file of `dist/`, which the server sends as they are.
// Run by `npm run build`. Also refuses a build that is over the console's byte budgets.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const compressible = /\.(js|css|html|svg|json|txt)$/;

/** Every file below `folder`, by full path. */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const gzipped = new Map();
for (const path of files(dist).filter(p => compressible.test(p))) {
  const bytes = readFileSync(path);
  const gz = gzipSync(bytes, { level: 9 });
  gzipped.set(path, gz.length);
  // index.html gets its nonce at serving time, so it cannot be sent pre-compressed.
  if (path.endsWith("index.html")) continue;
  writeFileSync(`${path}.gz`, gz);
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
}

const html = readFileSync(join(dist, "index.html"), "utf8");
const initial = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(m => join(dist, m[1]));
const total = paths => paths.reduce((sum, path) => sum + (gzipped.get(path) ?? statSync(path).size), 0);
const budgets = [
  ["initial JS", total(initial), 250_000],
  [
    "largest route chunk",
    Math.max(...[...gzipped].filter(([p]) => p.endsWith(".js") && !initial.includes(p)).map(([, n]) => n)),
    150_000,
  ],
  ["CSS", total(files(dist).filter(p => p.endsWith(".css"))), 40_000],
  ["fonts", total(files(dist).filter(p => p.endsWith(".woff2"))), 120_000],
];
for (const [name, bytes, budget] of budgets) {
  console.log(`${name.padEnd(20)} ${(bytes / 1000).toFixed(1).padStart(7)} kB of ${budget / 1000} kB`);
  if (bytes > budget) {
    console.error(`${name} is over its budget`);
    process.exitCode = 1;
  }
}
