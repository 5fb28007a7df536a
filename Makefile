# Thin names over cargo, npm and scripts/. `make help` lists them.
# Everything but `run`, `build` and `bench` uses one build profile (dev), and one set of features: that of
# `cargo test --workspace`, whose binary the checks and the browser tests use, too.

TARGET := $(or $(CARGO_TARGET_DIR),target)
AEGISFLOW := $(TARGET)/debug/aegisflow
STEP := scripts/step
CONSOLE := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)

export AEGISFLOW
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: build run test check bench soak fuzz fuzz-engine train setup dev-binary references format clean help

build: ## the release binary with the console in it: target/release/aegisflow
	@$(STEP) "set-up" scripts/setup.sh run
	@$(MAKE) --no-print-directory web/dist/index.html
	@$(STEP) "release build" cargo build --release --locked -p aegisflow
	@echo "built $(TARGET)/release/aegisflow"

run: build ## a live demo on http://127.0.0.1:8080, all set-up included
	@$(TARGET)/release/aegisflow demo

test: ## every test, browser and API fuzzer included
	@scripts/skip --begin
	@$(STEP) "set-up" scripts/setup.sh test
	@$(MAKE) --no-print-directory web/dist/index.html dev-binary
	@$(STEP) "console's own tests" npm --prefix web test --silent
	@$(STEP) "browser tests" tests/browser/run
	@$(STEP) "Rust tests" cargo test --workspace --locked
	@$(STEP) "commands of the documentation" tests/docs/run
	@$(STEP) "API fuzzer" tests/peers/schemathesis
	@scripts/skip --report

check: ## formatting, lints, dependencies, and that what is generated is up to date
	@$(STEP) "set-up" scripts/setup.sh check
	@$(STEP) "rustfmt" cargo fmt --all --check
	@$(STEP) "dependencies" scripts/dependencies.py
	@$(STEP) "Biome and tsc" npm --prefix web run check --silent
	@$(STEP) "clippy" cargo clippy --workspace --all-targets --locked -- -D warnings
	@$(STEP) "fuzz targets" cargo check --quiet --locked --manifest-path fuzz/Cargo.toml --target-dir $(TARGET)/fuzz
	@$(MAKE) --no-print-directory dev-binary
	@$(STEP) "references up to date" scripts/references.sh --check

references: dev-binary ## writes again what is generated from the code: OpenAPI, its types, the CLI page
	@scripts/setup.sh run
	@scripts/references.sh

bench: build ## prints the table of docs/performance.md for this machine
	@scripts/bench.py --write

soak: dev-binary ## what takes longer than CI has: the long tests of the store, ten minutes of the API fuzzer
	@scripts/setup.sh test
	@$(STEP) "long tests" cargo test -p aegisflow --locked --test it -- --ignored
	@FUZZ_SECONDS=600 $(STEP) "API fuzzer" tests/peers/schemathesis

fuzz: dev-binary ## the API fuzzer alone; FUZZ_SECONDS=600 for longer
	@scripts/setup.sh test
	@tests/peers/schemathesis

train: ## trains the prompt-injection model: PUBLIC=, DEV=, CODE= name the folders of training/README.md
	@$(STEP) "engine for training" cargo build --release --locked -p aegis-detect --features training --example injection_training
	@python3 training/collect.py --public $(PUBLIC) --dev $(DEV) --code $(CODE) --out $(TARGET)/rows.jsonl
	@python3 training/train.py $(TARGET)/rows.jsonl --engine $(TARGET)/release/examples/injection_training \
		--work $(TARGET)/training --write crates/aegis-detect/src/injection/model

fuzz-engine: ## the fuzz targets of the engine, the outbound guard and the OTLP reader, on a stable compiler; FUZZ_SECONDS=600 each
	@for target in detect_scan detect_stream detect_normalise detect_redact; do \
		cargo run --quiet --release --locked -p aegis-detect --example fuzz_engine -- $$target $(or $(FUZZ_SECONDS),600) || exit 1; \
	done
	@cargo run --quiet --release --locked -p aegis-outbound --example fuzz_guard -- outbound_guard $(or $(FUZZ_SECONDS),600)
	@cargo run --quiet --release --locked -p aegis-vendors --example fuzz_otlp -- otlp_read $(or $(FUZZ_SECONDS),600)

setup: ## installs what the other targets need; they call it themselves
	@scripts/setup.sh test

format: ## formats Rust and TypeScript
	@cargo fmt --all
	@npm --prefix web run format --silent

clean: ## throws away what was built, but not the peers
	@cargo clean
	@rm -rf web/dist

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

# The binary the tests run. Made by the tests' own build, so that nothing is compiled twice.
dev-binary:
	@$(STEP) "build of the tests" cargo test --workspace --locked --no-run --quiet

# The console, as the binary serves it: from disk in a debug build, embedded in a release build.
web/dist/index.html: $(CONSOLE)
	@scripts/setup.sh run
	@$(STEP) "console" npm --prefix web run build --silent
	@touch $@
