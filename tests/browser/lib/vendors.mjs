// The simulated vendors behind the real server: `aegisflow sim` on a free port, and its credentials.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { binary } from "./server.mjs";

/** Starts the vendors; `host` is what a server must be allowed to call. */
export async function startVendors() {
  const child = spawn(binary, ["sim", "--listen", "127.0.0.1:0", "--seed", "7"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on("line", line => {
      const found = /simulated vendors on (http:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", code => reject(new Error(`the vendors ended with ${code}`)));
  });
  const call = async (path, body) => {
    const answer = await fetch(`${url}${path}`, body && { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    host: new URL(url).host,
    /** The fields of a credential that the vendor knows. */
    async credential(vendor, kind) {
      const { credentials } = await call(`/_sim/credentials?vendor=${vendor}`);
      const found = credentials.find(one => one.kind === kind);
      if (!found) throw new Error(`${vendor} has no ${kind}, but ${credentials.map(one => one.kind).join(", ")}`);
      return found.fields;
    },
    /** Sets what goes wrong, in place of what did. */
    faults: (profile, rules = []) => call("/_sim/faults", { profile, rules }),
    async stop() {
      child.removeAllListeners("exit");
      const ended = new Promise(resolve => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}
