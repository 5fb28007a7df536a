// Completes package-lock.json after `npm install`: some registries serve the optional packages of the present platform
// only, npm then leaves the others out of the lock, and `npm ci` refuses such a lock. The entries added here name
// version and platform; npm never fetches them on another platform. Run: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(path, "utf8"));
const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "win32",
  "openharmony",
  "netbsd",
  "openbsd",
  "sunos",
  "aix",
];
const processors = [
  "arm64",
  "x64",
  "arm",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
];

for (const [owner, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] ?? lock.packages[`${owner}/${place}`]) continue;
    const words = name.split(/[-/]/);
    const os = systems.filter(s => words.includes(s));
    const cpu = processors.filter(p => words.includes(p));
    if (name === "fsevents") os.push("darwin");
    lock.packages[place] = {
      version: version.replace(/^[~^]/, ""),
      ...(cpu.length > 0 && { cpu }),
      ...(entry.dev && { dev: true }),
      license: entry.license,
      optional: true,
      ...(os.length > 0 && { os }),
    };
  }
}
const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
