// The real binary on a folder of its own, for one test file. Made by `startServer`, ended by `stop`.
// Invariant: the server listens on a free port of the loopback interface, and its folder is gone afterwards.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
export const binary = resolve(root, process.env.AEGISFLOW ?? "target/debug/aegisflow");

export const PASSWORD = "correct horse battery";

/** `flags`: more of `serve`. */
export async function startServer(flags = []) {
  const folder = mkdtempSync(join(tmpdir(), "aegisflow-browser-"));
  const data = join(folder, "data");
  const args = ["serve", "--data", data, "--listen", "127.0.0.1:0", "--act-on-test-values", ...flags];
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
  const log = [];
  const { url, setupLink } = await new Promise((resolve, reject) => {
    let found = null;
    createInterface({ input: child.stderr }).on("line", line => {
      log.push(line);
      found = /ready on (http:\S+)/.exec(line)?.[1] ?? found;
      const link = /make the first admin at (http:\S+)/.exec(line)?.[1];
      if (found && link) resolve({ url: found, setupLink: link });
    });
    child.once("exit", code => reject(new Error(`the server ended with ${code}:\n${log.join("\n")}`)));
  });

  /** Runs another subcommand on the same folder, beside the server. */
  const cli = (args, input) =>
    execFileSync(binary, [...args, "--data", data], { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] }).trim();
  const token = cli(["token", "create", "--name", "browser tests", "--scope", "ingest,read"]);
  let asAdmin = null;
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };

  return {
    url,
    setupLink,
    log,
    /** An account with `PASSWORD`; its address. */
    account(role) {
      const email = `${role}@corp.example`;
      cli(["user", "create", "--email", email, "--role", role, "--password-stdin"], PASSWORD);
      return email;
    },
    /** Calls the API as an administrator's program does. */
    async api(method, path, body) {
      const admin = (asAdmin ??= cli(["token", "create", "--name", "browser tests' admin", "--scope", "admin"]));
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { Authorization: `Bearer ${admin}`, "Content-Type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
    /** Posts events the way an application would. */
    async ingest(events) {
      const answer = await fetch(`${url}/api/pipeline/ingest`, {
        method: "POST",
        headers,
        body: JSON.stringify(events),
      });
      if (answer.status !== 200) throw new Error(`ingest answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()).items.map(item => item.id);
    },
    async stop() {
      child.removeAllListeners("exit");
      const ended = new Promise(resolve => child.once("exit", resolve));
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(folder, { recursive: true });
      if (code !== 0) throw new Error(`the server ended with ${code}:\n${log.join("\n")}`);
    },
  };
}
