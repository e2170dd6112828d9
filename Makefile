# The few tasks people type every day. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run test quick fmt lint openapi webs bench soak
SHELL := /bin/bash

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

webs: ## build both webs, which the binary then holds
	@bash tests/needs.sh node
	@npm ci --no-progress
	@npm run build

run: webs ## build both webs and the release binary, and serve the demo (ARGS="--speed 3600" hands on options)
	@bash tests/needs.sh rust
	@echo "Building the release binary (the first time takes some minutes) ..."
	@cargo build --release -p yidiantong-api
	@exec "$${CARGO_TARGET_DIR:-target}/release/yidiantong" demo $(ARGS)

test: ## every suite, on SQLite and PostgreSQL; installs what is missing
	@bash tests/run.sh

quick: ## units and the API suite on SQLite only
	@bash tests/run.sh --quick

soak: ## the long form of the fault, mutation and contract tests: hundreds of kills, tens of thousands of inputs, and fuzzing (hours; FUZZ_SECONDS=600 a parser)
	@bash tests/needs.sh rust node postgresql redis nginx faults schemathesis
	@cargo build --profile soak -p yidiantong-api
	@YDT_SOAK=1 YDT_TEST_DATABASE=sqlite cargo test --workspace --test it -- mutations matrix --nocapture
	@bash tests/run.sh --postgres
	@YDT_SOAK=1 YDT_BIN=$${CARGO_TARGET_DIR:-target}/soak/yidiantong node tests/schemathesis/run.mjs
	@YDT_SOAK=1 YDT_BIN=$${CARGO_TARGET_DIR:-target}/soak/yidiantong node tests/faults/run.mjs
	@bash tests/fuzz/run.sh $${FUZZ_SECONDS:-600}

bench: webs ## every number beside its benchmark: weights, times, memory, rates and their peers (ARGS=--quick: a look)
	@bash tests/needs.sh rust chromium postgresql clients bench
	@cargo build --release -p yidiantong-api -p it --bins
	@bash tests/bench/run.sh $(ARGS)

fmt: ## format the Rust sources
	cargo fmt --all

lint: ## what .ci/run checks before it tests: format, clippy, fences; and Biome for the TypeScript
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	bash tests/fences.sh
	@[[ -d node_modules ]] || npm ci --no-progress
	npm run lint

# Written beside and moved into place: a failing build must not leave an empty contract behind.
openapi: ## regenerate openapi/*.json and permissions.md from the code and the TypeScript client from them
	@bash tests/needs.sh rust node
	for file in public.json admin.json permissions.md; do \
	    cargo run -q -- openapi $${file%.*} > openapi/$$file.new && test -s openapi/$$file.new && \
	    mv openapi/$$file.new openapi/$$file || { rm -f openapi/$$file.new; exit 1; }; \
	done
	npm ci --no-progress
	npm run generate
