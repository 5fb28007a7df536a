#!/usr/bin/env python3
"""Measures other engines beside ours: what they find in a labelled set, how often they are wrong on clean texts, and how
fast they read, one core, the same texts.

    scripts/compare.py [--set FILE.jsonl] [--gitleaks PROGRAM] [--write]

The set is ours (crates/aegis-detect/test-data/values.jsonl) unless another of its form is named. The release binary must be
there. Engines in Python are used if they are installed (pip install presidio-analyzer detect-secrets), gitleaks if its
program is named or in the path; what is not there is left out and said so. --write puts the table into docs/performance.md.

Each engine is asked about the types it knows alone. A value counts as found if type and both ends are right (strict), or if
half of it is touched by a finding of any type (touched).
"""
import argparse, json, os, pathlib, re, shutil, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "crates/aegis-detect/test-data"
BINARY = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/aegisflow"
PERFORMANCE = ROOT / "docs/performance.md"
OURS = {"us_ssn", "credit_card", "email", "ip_address", "phone", "iban", "secrets", "dob", "mrn", "street_address", "passport",
        "icd10", "npi", "dea", "bank_routing"}
# Seconds that a speed is measured for, at least.
LONG = 3.0


class Aegisflow:
    name, types = "AegisFlow", OURS

    def __init__(self):
        self.version = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]

    def spans(self, rows):
        lines = "".join(json.dumps({"id": str(n), "text": row["text"]}) + "\n" for n, row in enumerate(rows))
        out = subprocess.run([BINARY, "scan", "--jsonl", "-"], input=lines, capture_output=True, text=True, check=True).stdout
        for line in out.splitlines():
            yield [(s["start"], s["end"], s["detector"]) for s in json.loads(line)["spans"] if s["confidence"] >= 0.5]

    def speed(self, texts):
        return speed_of([BINARY, "scan", "--format", "json"], texts)


class Presidio:
    name = "Presidio, its patterns and context (no language model)"
    known = {"US_SSN": "us_ssn", "CREDIT_CARD": "credit_card", "EMAIL_ADDRESS": "email", "IP_ADDRESS": "ip_address",
             "PHONE_NUMBER": "phone", "IBAN_CODE": "iban", "US_PASSPORT": "passport"}
    types = set(known.values())

    def __init__(self):
        import importlib.metadata, logging, spacy
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
        from presidio_analyzer.nlp_engine import SpacyNlpEngine

        class Blank(SpacyNlpEngine):
            """Words alone: a language model would make it slower and is asked about names, which are not scored."""
            def __init__(self):
                super().__init__()
                self.nlp = {"en": spacy.blank("en")}

        logging.disable(logging.WARNING)
        self.version = importlib.metadata.version("presidio-analyzer")
        registry = RecognizerRegistry()
        registry.load_predefined_recognizers(languages=["en"])
        self.engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])

    def spans(self, rows):
        for row in rows:
            found = self.engine.analyze(row["text"], "en", entities=list(self.known), score_threshold=0.5)
            yield [(*in_bytes(row["text"], f.start, f.end), self.known[f.entity_type]) for f in found]

    def speed(self, texts):
        return speed_in_process(lambda text: self.engine.analyze(text, "en", entities=list(self.known)), texts)


class DetectSecrets:
    name, types = "detect-secrets", {"secrets"}

    def __init__(self):
        import importlib.metadata
        from detect_secrets import SecretsCollection
        from detect_secrets.settings import default_settings
        self.version, self.collection = importlib.metadata.version("detect-secrets"), SecretsCollection
        self.settings = default_settings()
        self.settings.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name, "text.txt")

    def secrets(self, text):
        self.path.write_text(text)
        found = self.collection()
        found.scan_file(str(self.path))
        return {one.secret_value for _, one in found if one.secret_value}

    def spans(self, rows):
        for row in rows:
            yield [place for value in self.secrets(row["text"]) for place in places(row["text"], value)]

    def speed(self, texts):
        return speed_in_process(self.secrets, ["\n".join(texts)])


class Gitleaks:
    name, types = "gitleaks", {"secrets"}

    def __init__(self, program):
        self.program = program
        self.version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout.strip()

    def spans(self, rows):
        with tempfile.TemporaryDirectory() as folder:
            texts = pathlib.Path(folder, "texts")
            texts.mkdir()
            for n, row in enumerate(rows):
                (texts / f"{n}.txt").write_text(row["text"])
            report = pathlib.Path(folder, "report.json")
            subprocess.run([self.program, "dir", texts, "--no-banner", "-f", "json", "-r", report, "--exit-code", "0"],
                           capture_output=True, check=True)
            found = {}
            for one in json.loads(report.read_text()):
                found.setdefault(int(pathlib.Path(one["File"]).stem), set()).add(one["Secret"])
        for n, row in enumerate(rows):
            yield [place for value in found.get(n, ()) for place in places(row["text"], value)]

    def speed(self, texts):
        return speed_of([self.program, "dir", "--no-banner", "--exit-code", "0"], texts)


def in_bytes(text, start, end):
    return len(text[:start].encode()), len(text[:end].encode())


def places(text, value):
    return [(*in_bytes(text, found.start(), found.end()), "secrets") for found in re.finditer(re.escape(value), text)]


def speed_in_process(work, texts):
    """MB/s of the texts one after the other, again and again."""
    read, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < LONG:
        for text in texts:
            work(text)
            read += len(text.encode())
            if time.perf_counter() - began > 2 * LONG:
                break
    return read / (time.perf_counter() - began) / 1e6


def speed_of(command, texts):
    """MB/s of a program on a file of the texts, less what it takes to start."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "texts.txt")
        one = "\n".join(texts)

        def took(text):
            path.write_text(text)
            best = float("inf")
            for _ in range(3):
                began = time.perf_counter()
                subprocess.run([*command, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
                best = min(best, time.perf_counter() - began)
            return best

        start, times = took("x"), 8
        while True:
            text = (one + "\n") * times
            seconds = took(text) - start
            if seconds > LONG / 3 or len(text) > 64e6:
                return len(text.encode()) / seconds / 1e6
            times *= 4


def score(rows, found, types):
    """Strict F1, share of values touched, share of clean texts with a finding."""
    right = wrong = missed = touched = values = clean = alarms = 0
    for row, spans in zip(rows, found, strict=True):
        wanted = [(s["start"], s["end"], s["type"]) for s in row["spans"] if s["type"] in types]
        others = [(s["start"], s["end"]) for s in row["spans"] if s["type"] not in types]
        # what lies on a value of a type that is not asked about is neither right nor wrong
        spans = {s for s in spans if s[2] in types and not any(s[0] < end and start < s[1] for start, end in others)}
        right += len(spans & set(wanted))
        wrong += len(spans - set(wanted))
        missed += len(set(wanted) - spans)
        values += len(wanted)
        for start, end, _ in wanted:
            touched += sum(max(0, min(end, s[1]) - max(start, s[0])) for s in spans) * 2 >= end - start
        if not row["spans"]:
            clean += 1
            alarms += bool(spans)
    return 2 * right / max(1, 2 * right + wrong + missed), touched / max(1, values), alarms / max(1, clean), values


def engines(program):
    yield Aegisflow
    yield Presidio
    yield DetectSecrets
    yield lambda: Gitleaks(program)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--set", type=pathlib.Path, default=DATA / "values.jsonl")
    ask.add_argument("--gitleaks", default=shutil.which("gitleaks") or "gitleaks")
    ask.add_argument("--write", action="store_true")
    asked = ask.parse_args()
    # one core for all that is started, too
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rows = [json.loads(line) for line in asked.set.read_text().splitlines() if line.strip()]
    texts = [path.read_text() for path in sorted((DATA / "prompts").glob("*.txt"))]
    table = ["| engine | types | values | strict F1 | touched | clean texts with a finding | MB/s |", "|---|---|---|---|---|---|---|"]
    ours = None
    for make in engines(asked.gitleaks):
        try:
            engine = make()
        except (ImportError, FileNotFoundError) as missing:
            print(f"left out: {missing}")
            continue
        found = list(engine.spans(rows))
        ours = ours or (engine, found)
        types = engine.types
        strict, touched, alarms, values = score(rows, found, types)
        table.append(f"| {engine.name} {engine.version} | {len(types)} | {values} | {strict:.3f} | {touched:.3f} | {alarms:.1%} "
                     f"| {engine.speed(texts):.3g} |")
        if engine is not ours[0]:
            strict, touched, alarms, values = score(rows, ours[1], types)
            table.append(f"| {ours[0].name}, the same types | {len(types)} | {values} | {strict:.3f} | {touched:.3f} | {alarms:.1%} | |")
    print("\n".join(table))
    if asked.write:
        page = PERFORMANCE.read_text()
        begin, end = "<!-- compare -->\n", "<!-- /compare -->"
        at = page.index(begin) + len(begin)
        PERFORMANCE.write_text(page[:at] + "\n".join(table) + "\n" + page[page.index(end):])


if __name__ == "__main__":
    main()
