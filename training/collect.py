#!/usr/bin/env python3
"""Reads the labelled sets into one list of rows, each with the group it is held out with.

    collect.py --public DIR --dev DIR [--code DIR]... --out rows.jsonl

A row is {"id", "text", "label", "group", "part", "template"}. `group` says where a text comes from (one author
or one forum): the evaluation holds out whole groups. `part` says what kind of text it is there. `template` ties
rows made from one template together. Public rows stay outside the repository: README.md says where each set
comes from and under which licence.
"""
import argparse
import ast
import csv
import hashlib
import json
import pathlib
import random
import re
import sys
from collections import Counter

import pyarrow.parquet as parquet
import yaml

import generate

csv.field_size_limit(10**8)
SHORTEST, LONGEST = 4, 12_000


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8-sig").split("\n") if line.strip()]


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def deepset(root):
    for file in sorted((root / "sinanw+llm-security-prompt-injection/data/raw").glob("*.parquet")):
        for row in parquet.read_table(file).to_pylist():
            yield row["text"], row["label"], "deepset", "mixed"


def firewall(root):
    folder = root / "ogulcanaydogan+Prompt-Injection-Firewall/benchmarks/dataset"
    for name, label in (("injections", 1), ("benign", 0)):
        for row in json.loads((folder / f"{name}.json").read_text())["samples"]:
            yield row["text"], label, "firewall", row.get("category", name)


def langchain(root):
    folder = root / "aliakarma+langchain-prompt-injection/data"
    for name in (
        "synthetic/injections",
        "synthetic/benign",
        "benign/benign_corpus_v2",
        "external/synthetic_stress_test",
    ):
        for row in lines(folder / f"{name}.jsonl"):
            yield row["text"], row["label"], "langchain", name


def hinglish(root):
    folder = root / "kyahikaru+hinglish-prompt-injection-detector/data"
    for name in ("hinglish-clean-500", "hinglish-stealth-250", "hinglish-stealth-110-heldout"):
        for row in table(folder / f"{name}.csv"):
            # the other kinds ask for harm in disguise: a harmful question is not an injection
            if row["expected"] == "ALLOW" or "Override" in row["reason"]:
                yield row["hinglish"], row["expected"] == "BLOCK", "hinglish", row["category"]


def korean(root):
    folder = root / "Marker-Inc-Korea+ko-redteam/tests/fixtures"
    sets = json.loads((folder / "indirect_pi_trainset.json").read_text())
    for label, name in ((1, "attacks"), (0, "benign")):
        for text in sets[name]:
            yield text, label, "korean", name
    for text in json.loads((folder / "refusal_trainset.json").read_text())["non_refusals"]:
        yield text, 0, "korean", "answers"


def sandbox(root):
    for file in sorted((root / "X-PG13+agent-security-sandbox/data/full_benchmark").glob("*.jsonl")):
        for row in lines(file):
            yield row["goal"], 0, "sandbox", "goal"
            if row.get("untrusted_content"):
                yield row["untrusted_content"], row["type"] == "attack", "sandbox", file.stem


def skills(root):
    honest = []
    file = root / "opena2a-org+open-agent-security-benchmark/corpus/v2.json"
    for row in json.loads(file.read_text())["samples"]:
        if row["label"] == "malicious" and row.get("category") == "prompt_injection":
            yield row["content"], 1, "skills", row["category"]
        elif row["label"] == "benign":
            honest.append((row["content"], 0, "skills", row["source"]))
    # thousands of packages described by the same few sentences
    yield from honest[:60] + honest[60::8]


def no_evil(root):
    folder = root / "thekie+read-no-evil-mcp/tests/integration/prompt_injection/payloads"
    for file in sorted(folder.glob("*.yaml")):
        for row in yaml.safe_load(file.read_text()).get("payloads") or []:
            yield row["payload"], 1, "payloads", file.stem


def guardrails_bench(root):
    folder = root / "0xkadxr+llm-guardrails-bench/guardrails_bench/datasets/data"
    for name, label in (("jailbreak_prompts", 1), ("benign_requests", 0), ("harmful_requests", 0)):
        for row in json.loads((folder / f"{name}.json").read_text()):
            yield row["prompt"], label, "guardrails", name
    for row in json.loads((folder / "system_prompts.json").read_text()):
        yield row["system_prompt"], 0, "guardrails", "system_prompt"


def authensor(root):
    """Attacks and look-alikes; not its folders about leaked values and unsafe code, which hold no orders to a model."""
    folder = root / "AUTHENSOR+prompt-injection-benchmark/benchmark/v1"
    for kind in ("prompt-injection", "jailbreak", "memory-poisoning", "exfiltration"):
        for file in sorted((folder / kind).glob("*.json")):
            for row in json.loads(file.read_text()):
                yield row["input"], row["expected_detection"], "authensor", file.stem


def raucle(root):
    """Not its bare shell commands (tool_abuse): they speak to a shell, not to a model."""
    folder = root / "craigamcw+raucle-bench/datasets"
    for name in ("benign", "data_exfiltration", "direct_injection", "evasion", "indirect_injection", "jailbreak"):
        for row in lines(folder / f"{name}.jsonl"):
            yield row["prompt"], row["expected_action"] != "ALLOW", "raucle", row["category"]


# instructions of custom assistants that are attacks themselves, or quote some to forbid them: nobody labelled them
DISPUTED = re.compile(
    r"(?i)(ignore|disregard|forget)[^.\n]{0,40}(instruction|previous|prior)|no circumstance|jailbreak|\bDAN\b|reveal|secret"
    r"|confidential|exact instructions|(share|disclose|repeat|output)[^.\n]{0,40}(instruction|prompt|rules)|hack"
)


def forum(root):
    """Jailbreaks that went round the forums, and honest personas of the same length and tone."""
    for row in table(root / "sherdencooper+GPTFuzz/datasets/prompts/GPTFuzzer.csv"):
        yield row["text"], 1, "forum", "gptfuzz"
    for row in table(root / "sherdencooper+GPTFuzz/datasets/questions/question_list.csv"):
        yield row["text"], 0, "forum", "harmful question"
    for text in json.loads((root / "whylabs+langkit/langkit/themes.json").read_text())["jailbreak"]:
        yield text, 1, "forum", "langkit"
    for row in table(root / "Giskard-AI+giskard/giskard/llm/loaders/local/prompt_injections.csv"):
        yield row["prompt"], 1, "forum", "giskard"
    for file in sorted((root / "0xeb+TheBigPromptLibrary/CustomInstructions/ChatGPT").glob("*.md"))[::2]:
        fenced = re.search(r"```\w*\n(.*?)```", file.read_text("utf-8", "replace"), re.S)
        if fenced and not DISPUTED.search(fenced[1]):
            yield fenced[1][:3000], 0, "forum", "custom instructions"


def payloads(root):
    for file in sorted((root / "preambleai+prompt-injector/assets/payloads").glob("*.json")):
        stack = [json.loads(file.read_text())]
        while stack:
            item = stack.pop()
            if isinstance(item, dict):
                text = item.get("payload") or item.get("prompt")
                if isinstance(text, str):
                    yield text, 1, "payloads", file.stem
                stack.extend(item.values())
            elif isinstance(item, list):
                stack.extend(item)


def mails(root):
    for row in table(root / "Giskard-AI+giskard/tests/test_data/enron_data.csv"):
        yield (row.get("Content") or "")[:4000], 0, "mails", "mail"


def security_documents(root):
    """Documents of guards and scanners: they quote attacks to explain them."""
    for name in (
        "protectai+llm-guard", "NVIDIA+garak", "NVIDIA+NeMo-Guardrails", "deadbits+vigil-llm", "Azure+PyRIT",
        "invariantlabs-ai+invariant", "cisco-ai-defense+mcp-scanner", "Giskard-AI+giskard",
    ):  # fmt: skip
        files = sorted(f for f in (root / name).rglob("*") if f.suffix in (".md", ".rst") and f.is_file())
        for file in files[:80]:
            text = file.read_text("utf-8", "replace")
            for at in range(0, min(len(text), 8000), 2000):
                yield text[at : at + 2000], 0, "security-docs", name


def interfaces(root):
    """What a program says to its users, in twenty languages."""
    for file in sorted((root / "f+awesome-chatgpt-prompts/messages").glob("*.json")):
        texts, stack = [], [json.loads(file.read_text())]
        while stack:
            item = stack.pop()
            stack.extend(item.values() if isinstance(item, dict) else [])
            if isinstance(item, str) and len(item) > 30:
                texts.append(item)
        for at in range(0, min(len(texts), 120), 4):
            yield "\n".join(texts[at : at + random.Random(at).randint(1, 4)]), 0, "interfaces", file.stem


def passages(files, most, size, group):
    """A passage of each of up to `most` files, the same ones every time."""
    files = sorted(files)
    random.Random(len(files)).shuffle(files)
    for file in files[:most]:
        text = file.read_text("utf-8", "replace")
        at = random.Random(len(text)).randrange(max(1, len(text) - size))
        yield text[at : at + size], 0, group, file.suffix


def manuals(root):
    """What people write for their agents to obey: orders in plenty, and none of them an attack."""
    for name in ("github+awesome-copilot", "wshobson+agents", "anthropics+anthropic-cookbook"):
        yield from passages((root / name).rglob("*.md"), 200, 2500, "manuals")


def guide(root):
    """A guide to prompting in thirteen languages. Some of its pages quote attacks to explain them."""
    yield from passages((root / "dair-ai+Prompt-Engineering-Guide").rglob("*.mdx"), 450, 2000, "guide")


def sources(root):
    """Programs that call models: full of prompts, roles and names of tools."""
    files = [f for kind in ("*.py", "*.cs", "*.tsx") for f in (root / "microsoft+autogen").rglob(kind)]
    yield from passages(files, 400, 2500, "sources")


def proventra(root):
    tree = ast.parse((root / "proventra+proventra-core/benchmark/data/test_data.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List):
            for row in ast.literal_eval(node.value):
                yield row["text"], row["is_attack"], "aside-proventra", row["category"]


def moltshield(root):
    text = (root / "gtech+moltshield/tests/benchmarks/framework/datasets.ts").read_text()
    value = r"(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|`((?:[^`\\]|\\.)*)`)"
    for kind, *forms in re.findall(r"(?:(prompt|category)|maliciousContent):\s*" + value, text):
        written = next(filter(None, forms), "").encode().decode("unicode_escape", "ignore")
        if kind == "category":
            part = written
        else:
            yield written, kind != "prompt" and part != "benign", "aside-moltshield", part


def mail_agent(root):
    folder = root / "CatarinaSeigward+Email-Agent-Prompt-Injection-and-GRPO-Defense/data"
    for row in lines(folder / "attack_seeds.jsonl"):
        yield row["body"], 1, "aside-mails", row["category"]
    for row in json.loads((folder / "inbox.json").read_text()):
        yield row["body"], 0, "aside-mails", "inbox"


def development(folder):
    for row in lines(folder / "injection.jsonl"):
        source = row["source"]
        made = source == "synthetic"
        group = "dev-made" if made else "forum" if source.startswith("garak/") else source
        yield row["text"], row["label"], group, row["family"]
    for row in lines(folder / "pii.jsonl")[::8]:
        yield row["text"], 0, "dev-documents", row["domain"]


def code(roots):
    """Licensed code and documents out of a package cache: texts full of commands that are none."""
    kinds = (".md", ".rs", ".toml", ".yml", ".py")
    files = sorted(f for root in roots for f in root.rglob("*") if f.suffix in kinds and f.is_file())
    random.Random(7).shuffle(files)
    for file in files[:800]:
        text = file.read_text("utf-8", "replace")
        at = random.Random(len(text)).randrange(max(1, len(text) - 3000))
        yield text[at : at + 3000], 0, "code", file.suffix


SETS = [deepset, firewall, langchain, hinglish, korean, sandbox, skills, no_evil, guardrails_bench, authensor, raucle, forum, payloads, mails, security_documents, interfaces,
        manuals, guide, sources, proventra, moltshield, mail_agent]  # fmt: skip


def marks(text):
    """What tells a text from others: a sample of its runs of twelve letters, without case, digits and marks."""
    text = re.sub(r"[\d\W_]+", " ", text.lower()).strip()
    size = 12 if text.isascii() else 6
    every = max(1, len(text) // 200)
    runs = (text[at : at + size] for at in range(max(1, len(text) - size + 1)))
    sums = (int.from_bytes(hashlib.blake2s(run.encode(), digest_size=4).digest(), "little") for run in runs)
    return {value for value in sums if value % every == 0} or {text}


def without_near_duplicates(rows):
    """Keeps the first of texts that share most of what they are made of."""
    where, kept, sizes = {}, [], []
    for row in rows:
        own = marks(row["text"])
        shared = Counter(other for mark in own for other in where.get(mark, ()))
        if any(n > 0.7 * min(len(own), sizes[other]) for other, n in shared.items()):
            continue
        for mark in own:
            bucket = where.setdefault(mark, [])
            if len(bucket) < 60:
                bucket.append(len(kept))
        kept.append(row)
        sizes.append(len(own))
    return kept


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--public", type=pathlib.Path, required=True)
    asked.add_argument("--dev", type=pathlib.Path, required=True)
    asked.add_argument("--code", type=pathlib.Path, action="append", default=[])
    asked.add_argument("--out", type=pathlib.Path, required=True)
    asked = asked.parse_args()
    found = [row for one in SETS for row in one(asked.public)]
    found += [*development(asked.dev), *code(asked.code)]
    rows = [
        {"text": text.strip(), "label": int(label), "group": group, "part": part, "template": ""}
        for text, label, group, part in found
        if SHORTEST <= len((text or "").strip()) <= LONGEST
    ]
    before = len(rows)
    rows = without_near_duplicates(rows) + generate.rows()
    with open(asked.out, "w", encoding="utf-8") as out:
        for number, row in enumerate(rows):
            print(json.dumps({"id": f"r{number:06}", **row}, ensure_ascii=False), file=out)
    print(f"{before} rows read, {len(rows)} kept", file=sys.stderr)
    for (group, label), n in sorted(Counter((row["group"], row["label"]) for row in rows).items()):
        print(f"{group:<20}{label}{n:>7}", file=sys.stderr)


if __name__ == "__main__":
    main()
