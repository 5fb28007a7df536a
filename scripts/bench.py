#!/usr/bin/env python3
"""Measures what `make bench` prints and docs/performance.md keeps: durable ingest, single posts, and what pages cost
at ten million events; the sync of a vendor with a million rows; and how fast the engine reads, beside a read of memory and ten regular expressions. The release
binary must be there; what else it runs, it builds.

    scripts/bench.py [--events N] [--seconds S] [--keep FOLDER] [--only PART…] [--write]

PART is engine, batches, singles, sync, start or pages. --write puts the tables into docs/performance.md; of a part alone, its
rows. --keep names a folder that is filled once and used again.

Standard library only. Everything happens on the loopback interface and in a temporary folder.
"""
import argparse, http.client, json, os, pathlib, platform, re, shutil, signal, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
BINARY = TARGET / "release" / "aegisflow"
PERFORMANCE = ROOT / "docs" / "performance.md"


def machine():
    name = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines() if os.path.exists("/proc/cpuinfo") else []:
        if line.startswith("model name"):
            name = line.split(":", 1)[1].strip()
            break
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}"


class Server:
    """The release binary on a folder; `ready` is the time from start to the first answered request, in ms."""

    def __init__(self, folder):
        self.folder = folder
        started = time.monotonic()
        self.process = subprocess.Popen([BINARY, "serve", "--data", folder, "--listen", "127.0.0.1:0"],
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.search(r"ready on http://([\d.]+):(\d+)", line):
                self.host, self.port = found[1], int(found[2])
                break
        else:
            raise SystemExit("the server did not start")
        self.connection = http.client.HTTPConnection(self.host, self.port)
        self.get("/api/health")
        self.ready = (time.monotonic() - started) * 1000

    def get(self, path, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {body[:300]}")
        return body

    def token(self, name, scope):
        made = subprocess.run([BINARY, "token", "create", "--data", self.folder, "--name", name, "--scope", scope],
                              capture_output=True, text=True, check=True)
        return made.stdout.strip()

    def memory(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return float("nan")

    def lag(self, token):
        status = json.loads(self.get("/api/pipeline/status", token))
        return max((c["lag_seconds"] for c in status["consumers"]), default=0.0), sum(c["lag"] for c in status["consumers"] if c["name"] == "rollups")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def percentile(values, q):
    values = sorted(values)
    return values[min(len(values) - 1, int(q * len(values)))]


def timed(server, paths, token):
    """p50 and p99 of getting each path once, in ms, after one warm-up."""
    server.get(paths[0], token)
    took = []
    for path in paths:
        started = time.monotonic()
        server.get(path, token)
        took.append((time.monotonic() - started) * 1000)
    return percentile(took, 0.5), percentile(took, 0.99)


def example(package, name, *args):
    run = subprocess.run([TARGET / "release" / "examples" / name, *map(str, args)], capture_output=True, text=True)
    if run.returncode != 0:
        raise SystemExit(f"{name}: {run.stdout}{run.stderr}")
    return run.stdout


def load(server, token, connections, batch, seconds, watch):
    """Runs the load example; returns its figures, and the worst lag of the rollups seen meanwhile."""
    command = [TARGET / "release" / "examples" / "load", f"{server.host}:{server.port}", token, str(connections), str(batch), str(seconds)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    seconds_behind, records_behind = 0.0, 0
    while running.poll() is None:
        lag = server.lag(watch)
        seconds_behind, records_behind = max(seconds_behind, lag[0]), max(records_behind, lag[1])
        time.sleep(0.5)
    out = running.stdout.read()
    found = re.search(r"(\d+) events/s.*?p50 (\S+) p99 (\S+)", out)
    if not found:
        raise SystemExit(f"load: {out}")
    # As the server says, and as what is left to read takes at the rate it comes.
    rate = int(found[1])
    return rate, found[2], found[3], max(seconds_behind, records_behind / rate)


INGEST = {
    "batches": ("durable ingest, batches of 500", 8, 500, "≥ 30,000/s, rollups < 5 s behind; aim 100,000/s"),
    "singles": ("durable ingest, one event a post, 64 connections", 64, 1, "≥ 10,000/s, p99 < 20 ms"),
}


def ingest(rows, parts, seconds):
    for label, connections, batch, floor in [INGEST[part] for part in INGEST if part in parts]:
        with tempfile.TemporaryDirectory(prefix="aegisflow-bench-") as folder:
            server = Server(folder)
            token, watch = server.token("load", "ingest"), server.token("watch", "read")
            rate, p50, p99, lag = load(server, token, connections, batch, seconds, watch)
            rows.append((f"{label}, {seconds} s", f"{rate:,}/s; post p50 {p50}, p99 {p99}; rollups at most {lag:.1f} s behind", floor))
            server.stop()


def sync(rows):
    """A vendor with a million rows of usage, simulated in another process, into the ledger; and the same again."""
    runs = re.findall(r"(\d+) rows in .*?, (\d+) rows/s; .*?; peak (\d+) MB", example("aegis-collect", "volume"))
    for label, (count, rate, peak) in zip(["", ", read again"], runs, strict=True):
        rows.append((f"sync of a vendor's {int(count):,} rows{label}", f"{int(rate):,} rows/s; at most {peak} MB over idle",
                     "≥ 20,000 rows/s, < 100 MB over idle; aim 50,000 rows/s"))


def at_scale(rows, parts, events, keep):
    folder = keep or tempfile.mkdtemp(prefix="aegisflow-bench-")
    try:
        if not (keep and os.path.exists(os.path.join(keep, "aegisflow.db"))):
            print(example("aegis-store", "fill", "--dir", folder, "--events", events))
        server = Server(folder)
        token = server.token(f"bench {time.time()}", "read")
        time.sleep(3)  # until the consumer has looked for the first time
        while (behind := server.lag(token)[1]) > 0:
            print(f"  rollups have {behind:,} events to absorb", flush=True)
            time.sleep(5)
        server.stop()
        n = f"{events:,} events"
        if "start" in parts:
            starts, idle = [], []
            for _ in range(5):
                server = Server(folder)
                starts.append(server.ready)
                time.sleep(3)
                idle.append(server.memory())
                server.stop()
            rows.append((f"cold start to first answer, {n}", f"{percentile(starts, 0.5):.0f} ms", "< 300 ms"))
            rows.append((f"resident memory 3 s after start, {n}", f"{percentile(idle, 0.5):.0f} MB", "< 50 MB"))
        if "pages" in parts:
            server = Server(folder)
            pages(rows, server, token, n)
            server.stop()
    finally:
        if not keep:
            shutil.rmtree(folder)


def pages(rows, server, token, n):
    def row(label, figures, floor):
        rows.append((f"{label}, {n}", f"p50 {figures[0]:.1f} ms, p99 {figures[1]:.1f} ms", floor))

    # The kept answer goes by the window, so each request asks for another one.
    now = int(time.time() * 1000)
    def window(i, hours=24):
        to = now - i * 3_600_000
        stamp = lambda ms: time.strftime("%Y-%m-%dT%H:00:00.000Z", time.gmtime(ms / 1000))
        return f"from={stamp(to - hours * 3_600_000)}&to={stamp(to)}"
    row("overview of 24 h, uncached", timed(server, [f"/api/dashboard/overview?{window(i)}" for i in range(200)], token), "p99 < 10 ms")
    row("overview of 29 d, uncached", timed(server, [f"/api/dashboard/overview?{window(i, 29 * 24)}" for i in range(1, 40)], token), "p99 < 10 ms")
    row("first events page", timed(server, ["/api/events?range=30d"] * 200, token), "p99 < 20 ms")
    filtered = "/api/events?range=30d&vendor=anthropic&severity=high"
    row("first events page by vendor and severity", timed(server, [filtered] * 200, token), "p99 < 20 ms")
    for label, path in [("events page 1,000", "/api/events?range=30d"), ("events page 1,000 by vendor and severity", filtered)]:
        cursor, pages = None, 0
        while pages < 999:
            page = json.loads(server.get(path + (f"&cursor={cursor}" if cursor else ""), token))
            if page["next_cursor"] is None:
                break
            cursor, pages = page["next_cursor"], pages + 1
        row(f"{label}" if pages >= 999 else f"{label} (list ends at {pages})", timed(server, [f"{path}&cursor={cursor}"] * 200, token), "p99 < 20 ms")


def engine():
    """What the engine's own benches print: its speed on texts of several kinds, and its slowest texts."""
    def bench(name):
        run = subprocess.run(["cargo", "bench", "--quiet", "--locked", "-p", "aegis-detect", "--bench", name],
                             cwd=ROOT, stdout=subprocess.PIPE, text=True)
        if run.returncode != 0:
            raise SystemExit(f"the bench {name} failed")
        return run.stdout.strip().splitlines()
    slowest = bench("floor")
    delay = subprocess.run(["cargo", "run", "--quiet", "--locked", "--release", "-p", "aegis-detect", "--example", "delay"],
                           cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout.strip().splitlines()
    return "\n".join([*bench("throughput"), "", "the slowest of texts made to be slow:", *slowest[:6], slowest[-1],
                      "", "what a stream holds back of an answer, in pieces of a token:", *delay])


def put(page, name, text):
    """`page` with `text` between the marks of `name`."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    return page[:page.index(begin) + len(begin)] + text + page[page.index(end):]


PARTS = ["engine", "batches", "singles", "sync", "start", "pages"]
HEAD = "| what | measured | floor and aim |\n|---|---|---|\n"


def table(page, rows):
    """The rows as a table; those of the page's table that were not measured now stand where they stood."""
    block = page[page.index("<!-- bench -->"):page.index("<!-- /bench -->")]
    kept = {row.split(" | ")[0].removeprefix("| "): row for row in block.splitlines() if row.startswith("| ")}
    kept.pop("what", None)
    kept |= {a: f"| {a} | {b} | {c} |" for a, b, c in rows}
    return HEAD + "\n".join(kept.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", help="a folder to fill once and use again")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    measured = f"Measured on {time.strftime('%Y-%m-%d')}: {machine()}."
    page = PERFORMANCE.read_text()
    if "engine" in args.only:
        text = f"{measured}\n\n```\n{engine()}\n```\n"
        print(text)
        page = put(page, "engine", text)
    if args.only != ["engine"]:
        for package, name in [("aegis-store", "fill"), ("aegis-sim", "load"), ("aegis-collect", "volume")]:
            subprocess.run(["cargo", "build", "--quiet", "--release", "--locked", "-p", package, "--example", name], cwd=ROOT, check=True)
        rows = []
        ingest(rows, args.only, args.seconds)
        if "sync" in args.only:
            sync(rows)
        if {"start", "pages"} & set(args.only):
            at_scale(rows, args.only, args.events, args.keep)
        print(HEAD + "\n".join(f"| {a} | {b} | {c} |" for a, b, c in rows))
        text = f"{measured} The load runs on the same machine.\n\n{table(page, rows)}\n"
        page = put(page, "bench", text)
    if args.write:
        PERFORMANCE.write_text(page)


if __name__ == "__main__":
    main()
