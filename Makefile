# Everything happens in .venv, which sets itself up: Python >= 3.11 and make are all that is needed.
SHELL := bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# `make PYTHON=/path/to/python …` overrides the choice: the first of these that runs, is new enough and can make a venv.
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3.11 python3.12 python3.13 python3 python)

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PATHS := readlist tests migrations benchmarks

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where the package is built in isolation it takes its versions from here too; since 25.3 pip asks for the second name.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_BUILD_CONSTRAINT := $(PIP_CONSTRAINT)
unexport PYTHONPATH PYTHONHOME

.PHONY: .venv help demo docs schema test lint types layers pytest wheel-test bench bench-doc clean

help:  ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "  make %-11s %s\n", $$1, $$2}'

.venv: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@rm -f $@; \
	for python in $(PYTHONS); do \
		"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		echo "setting up $(VENV) with $$("$$python" --version) …" >&2; \
		"$$python" -m venv $(VENV) && $(BIN)/python -m pip install -qq -c constraints.txt -e '.[dev]' && touch $@; \
		exit; \
	done; \
	echo "readlist needs Python 3.11 or newer with its venv module; none of these is: $(PYTHONS)" >&2; \
	echo "Name one: make PYTHON=/path/to/python3" >&2; \
	exit 1

demo: $(STAMP)  ## import examples/reading-list.md into a throw-away library and read from it; no network
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash examples/demo.sh

docs: $(STAMP)  ## write docs/commands.md, docs/schema.json and docs/images/ anew from the program
	@$(BIN)/python -m readlist.cli.reference docs
	@$(BIN)/python -m tests.docs.pictures docs/images

schema: $(STAMP)  ## write readlist/db/schema.sql anew from the migrations
	@$(BIN)/python -m readlist.db.migrate

test: lint types layers pytest wheel-test  ## everything that has to pass

lint: $(STAMP)  ## ruff: mistakes and layout
	@$(BIN)/ruff check $(PATHS)
	@$(BIN)/ruff format --check $(PATHS)

types: $(STAMP)  ## mypy, strict
	@$(BIN)/mypy

layers: $(STAMP)  ## imports run one way
	@$(BIN)/lint-imports

pytest: $(STAMP)  ## the tests; `make pytest ARGS="-k queue"` for some of them
	@$(BIN)/python -m pytest -n 2 $(ARGS)

wheel-test: $(STAMP)  ## build the wheel, install it elsewhere, run it there
	@bash tests/wheel_test.sh $(BIN)/python

bench: $(STAMP)  ## measure the commands (25 minutes); `make bench SIZES="1000 10000" ROWS=todo,search ROUNDS=5` some
	@$(BIN)/python -m benchmarks $(if $(SIZES),--sizes "$(SIZES)") $(if $(ROWS),--rows "$(ROWS)") $(if $(ROUNDS),--rounds $(ROUNDS))

bench-doc: $(STAMP)  ## write docs/benchmarks.md anew from what `make bench` kept
	@$(BIN)/python -m benchmarks --doc

clean:  ## remove everything that these targets made
	rm -rf $(VENV) .wheel-venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .bench
	find readlist tests migrations benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
