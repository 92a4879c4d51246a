# One page of everything you can do here. `make` alone prints it.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --require-virtualenv

.PHONY: help install dev demo test test-live test-postgres test-deep check format bench lock clean

help: ## print this
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## the environment .venv with the command .venv/bin/rung (hashes checked)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Rung needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Rung needs into $(VENV) (about half a minute the first time) ..."
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q -j 0 bot
	@touch $@

dev: $(VENV)/.dev ## the same, with what the tests and checks need

$(VENV)/.dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing the tools for tests and checks ..."
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: install ## play with Rung in a browser, no Slack needed
	@$(BIN)/rung demo

# Thrown-away databases and browsers live in memory where there is a place for it: several times faster than a disk.
SCRATCH := $(firstword $(wildcard /dev/shm) /tmp)

PYTEST := PYTHONDONTWRITEBYTECODE= TMPDIR=$(SCRATCH) $(BIN)/python -m pytest

LIVE := tests/browser tests/reliability
PUSHED := tests $(LIVE:%=--ignore=%)

test: dev ## everything in which time is pushed: unit, contract, integration, stories
	$(PYTEST) $(PUSHED) --workers=3

test-live: dev ## the program in real time: killed and restarted, and its demo in Chromium (apt-get install chromium)
	$(PYTEST) $(LIVE) --workers=2

test-postgres: dev ## stories and command lines once more, on PostgreSQL instead of SQLite
	$(PYTEST) $(PUSHED) --database=postgres --workers=3

test-deep: dev ## every property and the life of an issue once more, with ten times as many examples
	$(PYTEST) tests -m hypothesis --deep --workers=3 -o faulthandler_timeout=900

check: dev ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: dev ## let ruff put things in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: dev ## measure speed against a floor in the same run
	$(BIN)/python -m tests.benchmarks

lock: ## write requirements.lock and requirements-dev.lock anew (needs uv)
	uv pip compile pyproject.toml --extra install --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 --upgrade -q -o requirements.lock
	uv pip compile pyproject.toml --extra install --extra dev -c requirements.lock --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11 -q -o requirements-dev.lock

clean: ## remove what was made here
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
