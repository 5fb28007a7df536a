#!/usr/bin/env python3
"""Audits what we build on, and in which direction our own crates import each other.

Run by `make check`; needs nothing but Python, cargo and npm's lock files. What is allowed, and why, is written in
dependencies.json beside this file. An entry there that nothing needs any more is a failure, too, so that the list
stays as short as it can be.
"""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = json.loads((ROOT / "scripts/dependencies.json").read_text())
LOCKS = ["web/package-lock.json", "tests/browser/package-lock.json"]

# Who may import whom: a crate sees the layers before its own, never its siblings.
# The simulator stands apart: it is made from the vendors' documents, so it must not see our parsers.
LAYERS = [
    {"aegis-detect"},
    {"aegis-domain"},
    {"aegis-vault", "aegis-vendors", "aegis-egress", "aegis-identity", "aegis-outbound", "aegis-prices", "aegis-spend", "aegis-store", "aegis-sim", "aegis-eval", "aegis-classifier"},
    {"aegis-collect"},
    {"aegis-server"},
    {"aegisflow"},
]
NEVER = {("aegis-server", "aegis-sim"): "the simulator is for demo and tests; the server must not know it"}

problems = []
used = set()


def cargo(*args):
    return subprocess.run(["cargo", *args], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def crates():
    """(name, version, licence) of every crate that is compiled for this platform, tests and build scripts included."""
    tree = cargo("tree", "--workspace", "--locked", "-e", "normal,build,dev", "--prefix", "none", "-f", "{p}|{l}")
    found = set()
    for line in tree.splitlines():
        crate, _, licence = line.removesuffix(" (*)").partition("|")
        if crate:
            name, version = crate.split()[:2]
            found.add((name, version.removeprefix("v"), licence.removesuffix(" (*)")))
    return sorted(found)


def packages():
    """(npm:name, version, licence) of every package in the lock files."""
    for lock in LOCKS:
        for path, facts in json.loads((ROOT / lock).read_text())["packages"].items():
            if path:
                yield "npm:" + path.rpartition("node_modules/")[2], facts["version"], facts.get("license", "")


def permitted(expression):
    """True when an SPDX expression (and the older A/B form) leaves us a licence of the list."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def any_of():
        ok = all_of()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            ok = all_of() or ok
        return ok

    def all_of():
        ok = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            ok = one() and ok
        return ok

    def one():
        token = tokens.pop(0)
        if token == "(":
            ok = any_of()
            tokens.pop(0)
            return ok
        if tokens and tokens[0] == "WITH":
            token = f"{token} WITH {tokens[1]}"
            del tokens[:2]
        return token in RULES["licences"]

    return bool(tokens) and any_of()


def check_licences(everything):
    for name, version, licence in everything:
        if permitted(licence):
            continue
        pattern = next((p for p in RULES["licence_exceptions"] if fnmatch.fnmatch(name, p)), None)
        if pattern and RULES["licence_exceptions"][pattern][0] == licence:
            used.add(("licence_exceptions", pattern))
        else:
            problems.append(f"{name} {version} is under {licence or 'no stated licence'}: choose another, or give the reason it may stay")


def check_banned(found):
    names = {name for name, _, _ in found}
    for name, reason in RULES["banned"].items():
        if name in names:
            problems.append(f"{name} is banned ({reason}): `cargo tree -i {name}` says who brings it")


def check_doubled(found):
    versions = defaultdict(set)
    for name, version, _ in found:
        versions[name].add(version)
    for name, several in sorted(versions.items()):
        if len(several) > 1 and name in RULES["doubled"]:
            used.add(("doubled", name))
        elif len(several) > 1:
            problems.append(f"{name} comes in {len(several)} versions ({', '.join(sorted(several))}): align them, or say why not")


def check_stale():
    for section in ("licence_exceptions", "doubled"):
        for name in RULES[section]:
            if (section, name) not in used:
                problems.append(f"{section} names {name}, which needs it no longer: take the line out")


def check_manifests():
    place = {name: i for i, names in enumerate(LAYERS) for name in names}
    for package in json.loads(cargo("metadata", "--format-version", "1", "--no-deps", "--locked"))["packages"]:
        name = package["name"]
        if name not in place:
            problems.append(f"{name} has no place in the order of imports: give it one in scripts/dependencies.py")
            continue
        ours = {d["name"] for d in package["dependencies"]}
        for banned in ours & RULES["banned_in_our_manifests"].keys():
            problems.append(f"{name} must not import {banned}: {RULES['banned_in_our_manifests'][banned]}")
        # What only tests use may know more than what is shipped.
        shipped = {d["name"] for d in package["dependencies"] if d["kind"] != "dev"}
        for other in (ours & place.keys()) - {name}:
            if place[other] >= place[name] or (other in shipped and (name, other) in NEVER):
                why = NEVER.get((name, other), "it stands beside or above; a crate imports only what stands below")
                problems.append(f"{name} must not import {other}: {why}")


def check_advisories():
    """Known holes, where somebody put the databases in reach; says so where not."""
    database = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")) / "advisory-db"
    if database.is_dir() and shutil.which("cargo-audit"):
        ignored = [f"--ignore={advisory}" for advisory in RULES["advisories"]]
        command = ["cargo", "audit", "--no-fetch", "--stale", f"--db={database}", *ignored]
        if subprocess.run(command, cwd=ROOT).returncode:
            problems.append("cargo audit found advisories (above)")
    else:
        print("  advisories of crates: skipped, no cargo-audit with a database at hand")
    audit = subprocess.run(["npm", "audit", "--omit=dev", "--json"], cwd=ROOT / "web", capture_output=True, text=True)
    try:
        totals = json.loads(audit.stdout)["metadata"]["vulnerabilities"]
    except (KeyError, ValueError):
        print("  advisories of npm packages: skipped, the registry does not answer such questions")
        return
    if totals["high"] or totals["critical"]:
        problems.append(f"npm audit: {totals['high']} high, {totals['critical']} critical; see `npm audit` in web/")


def main():
    found = crates()
    npm = list(packages())
    check_licences(found + npm)
    check_banned(found)
    check_doubled(found)
    check_stale()
    check_manifests()
    check_advisories()
    for problem in problems:
        print(f"  ✘ {problem}", file=sys.stderr)
    print(f"  {len(found)} crates, {len(npm)} npm packages, {len(RULES['doubled'])} of them doubled for a reason")
    sys.exit(1 if problems else 0)


main()
