#!/usr/bin/env bash
# Writes what is generated from the code: the OpenAPI document, the console's types of it, and the pages of the command
# line and of the detectors. `--check` writes nothing and fails where a committed file says something else. Wants the dev binary.
set -euo pipefail
cd "$(dirname "$0")/.."
aegisflow=${AEGISFLOW:-target/debug/aegisflow}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# help_of COMMAND…: its help as a section, and those of its subcommands.
help_of() {
  local help command
  help=$("$aegisflow" "$@" --help | sed 's/ *$//')
  printf '\n## aegisflow%s\n\n```text\n%s\n```\n' "${*:+ $*}" "$help"
  for command in $(sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p' <<< "$help"); do
    [ "$command" = help ] || help_of "$@" "$command"
  done
}

"$aegisflow" openapi > "$out/openapi.json"
{
  printf '# The command line\n\nGenerated from `--help` by `make references`; not edited by hand.\n'
  printf 'Every option can also be set in the environment, or as a key in the file that `--config` names.\n'
  printf 'Exit codes: 0 fine, 1 it failed, 2 wrong usage; `scan` exits 3 where `--fail-on` matched.\n'
  unset "${!AEGISFLOW_@}" # help shows what is set
  help_of
} > "$out/cli.md"
{
  printf '# The detectors\n\nGenerated from the catalogue by `make references`; not edited by hand.\n'
  printf 'Precision and recall are measured by the program itself on the labelled texts it ships, so many values (*of*) and\n'
  printf 'their look-alikes. Who made the detectors made that set, too: on your texts expect less, and measure with\n'
  printf '`aegisflow eval`. All values are made up. What they do together: [what is found](../guide/detectors.md).\n\n'
  "$aegisflow" detectors --format markdown
} > "$out/detectors.md"

stale=0
put() {
  if [ "${1:-}" = --check ]; then
    diff -u --label "$3 (committed)" --label "$3 (generated)" "$3" "$2" | head -40
    cmp -s "$2" "$3" || stale=1
  else
    mkdir -p "$(dirname "$3")"
    cp "$2" "$3"
  fi
}
put "${1:-}" "$out/openapi.json" docs/reference/openapi.json
put "${1:-}" "$out/cli.md" docs/reference/cli.md
put "${1:-}" "$out/detectors.md" docs/reference/detectors.md
if [ "$stale" -ne 0 ]; then
  echo "generated files are out of date: run make references and commit what it writes" >&2
  exit 1
fi
# The types follow the document; `--check` leaves them to the console's own checks.
[ "${1:-}" = --check ] || npm --prefix web run --silent gen
