#!/usr/bin/env bash
# Installs what building, checking and testing need: scripts/setup.sh [run|check|test]. Quick when all is there.
# `run` wants cargo and node; `check` adds python; `test` adds the peers the tests talk to, under `.peers/`.
# As root with apt it installs Debian packages; as anybody else it says which ones to ask for.
set -euo pipefail
cd "$(dirname "$0")/.."
want=${1:-test}

fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" > /dev/null 2>&1; }

# The two tools nothing works without.
has cargo || fail "cargo is missing: install Rust with rustup (rust-toolchain.toml picks the version)"
has node || fail "node is missing: install Node 20.19 or newer"
has npm || fail "npm is missing: it comes with Node"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "node $(node --version) is too old: install 20.19 or newer"
has cc || fail "a C compiler is missing (SQLite and TLS are built from source): install gcc"

# apt_install PACKAGE…: installs Debian packages where we may; returns false where we may not.
apt_install() {
  [ "$(id -u)" -eq 0 ] && has apt-get || return 1
  printf 'setup: installing %s\n' "$*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -q --no-install-recommends "$@" > /dev/null 2>&1 ||
    { apt-get update -q > /dev/null && apt-get install -y -q --no-install-recommends "$@" > /dev/null; }
}

# npm_ci FOLDER: the locked packages of a folder, unless they are there already.
npm_ci() {
  local stamp=$1/node_modules/.locked
  local sum
  sum=$(cat "$1/package-lock.json" "$1/package.json" | cksum)
  [ "$(cat "$stamp" 2> /dev/null)" = "$sum" ] && return
  printf 'setup: npm packages of %s\n' "$1"
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
  printf '%s' "$sum" > "$stamp"
}

# python_env NAME REQUIREMENTS: a virtual environment under .peers/ with exactly these packages.
python_env() {
  local env=.peers/$1
  local stamp=$env/.locked
  local sum
  sum=$(cksum < "$2")
  [ "$(cat "$stamp" 2> /dev/null)" = "$sum" ] && return
  printf 'setup: python packages of %s\n' "$2"
  rm -rf "$env"
  python3 -m venv "$env" && "$env/bin/pip" install -q --disable-pip-version-check -r "$2" || return 1
  printf '%s' "$sum" > "$stamp"
}

npm_ci web
[ "$want" = run ] && exit

has python3 || apt_install python3 || fail "python3 is missing: install it"
[ "$want" = check ] && exit

# From here on each missing thing costs only the tests that need it.
npm_ci tests/browser
has chromium || has chromium-browser || has google-chrome || apt_install chromium ||
  scripts/skip "browser tests" "no chromium; install the package chromium, or name one in CHROMIUM"
python3 -c 'import ensurepip, venv' 2> /dev/null || apt_install python3-venv || true
python_env schemathesis tests/peers/requirements.txt ||
  scripts/skip "API fuzzer" "its python environment could not be made; install python3-venv and try again"
python_env fernet tests/peers/fernet-requirements.txt ||
  scripts/skip "Fernet against Python" "its python environment could not be made; install python3-venv and try again"
python_env otlp tests/peers/otlp-requirements.txt ||
  scripts/skip "OpenTelemetry's exporters" "its python environment could not be made; install python3-venv and try again"
has strace || apt_install strace || scripts/skip "sync counting" "no strace; install the package strace"
has unshare || apt_install util-linux || scripts/skip "full and read-only disks" "no unshare; install util-linux"
