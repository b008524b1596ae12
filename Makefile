# Every target sets up what it needs in .venv: nothing to install first but Python 3.11 or newer.

SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
DATA ?= ../shared/data
JOBS ?= 2

.PHONY: help demo test check bench lock clean

help: ## Say what there is to make (this)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: .venv/.run ## Show the X-ray of an example article here, all of them as a page, and where they part
	@mkdir -p build
	@rm -f build/demo.db
	@$(BIN)/unspin mark examples/daily_stenhavn_register.html
	@$(BIN)/unspin mark examples --library build/demo.db --html build/demo.html
	@$(BIN)/unspin compare --library build/demo.db --html build/comparison.html
	@echo "Open them in a browser: $(CURDIR)/build/demo.html $(CURDIR)/build/comparison.html"

test: .venv/.dev ## Run the tests
	$(BIN)/python -m pytest -n $(JOBS)

check: .venv/.dev ## Format, lint, types, import contracts, tests: what must hold before a commit
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

bench: .venv/.run ## Score everything on the public data sets, where DATA holds them, against its gates
	@if [ -d $(DATA) ]; then \
	  $(BIN)/unspin bench reading --json --data $(DATA)/article-extraction-scrapinghub && \
	  $(BIN)/unspin bench reading --json --data $(DATA)/article-extraction-wcxb && \
	  $(BIN)/unspin bench attribution --json --data $(DATA)/polnear/dev.jsonl.gz --gate gates/attribution.json && \
	  $(BIN)/unspin bench quoting --json --data tests/data/bench/quotations.jsonl $(DATA)/polnear $(DATA)/allsides-ukraine --gate gates/quoting.json && \
	  $(BIN)/unspin bench quoting --json --data tests/data/bench/quoting.jsonl --gate gates/quoting-own.json && \
	  $(BIN)/unspin bench names --json --data $(DATA)/polnear/dev.jsonl.gz $(DATA)/polnear/train.jsonl.gz --gate gates/names.json && \
	  $(BIN)/unspin bench evenness --json --data $(DATA)/ptc/train.jsonl.gz $(DATA)/babe/train.jsonl.gz --gate gates/evenness.json && \
	  $(BIN)/unspin bench figures --json --data $(DATA)/newsquant/newsquant-train85.jsonl --gate gates/figures.json && \
	  $(BIN)/unspin bench claims --json --data $(DATA)/checkworthy-claimbuster/ct24-english-dev.jsonl --gate gates/claims.json && \
	  $(BIN)/unspin bench voices --json --data $(DATA)/subjectivity-ct25/dev_test_en.tsv --gate gates/voices.json && \
	  $(BIN)/unspin bench copies --json --data $(DATA)/polnear $(DATA)/allsides-stories $(DATA)/allsides-ukraine --gate gates/copies.json && \
	  $(BIN)/unspin bench stories --json --data $(DATA)/wikinews-events $(DATA)/newswcl50/articles.jsonl.gz $(DATA)/ecbplus --gate gates/stories.json && \
	  $(BIN)/unspin bench speakers --json --data $(DATA)/newswcl50/articles.jsonl.gz --gate gates/speakers.json && \
	  $(BIN)/unspin bench speakers --json --data tests/data/bench/speakers.jsonl --gate gates/speakers-own.json && \
	  $(BIN)/unspin bench slips --json --data tests/data/bench/slips.jsonl --gate gates/slips.json && \
	  $(BIN)/unspin bench pairs --json --data $(DATA)/nli-sick/SICK_trial.tsv --gate gates/pairs-sick.json && \
	  $(BIN)/unspin bench pairs --json --data $(DATA)/fever-symmetric/dev.jsonl --gate gates/pairs-fever.json && \
	  $(BIN)/unspin bench dates --json --data tests/data/bench/dates.jsonl --gate gates/dates.json && \
	  $(BIN)/unspin bench conflicts --json --data tests/data/bench/conflicts.jsonl --gate gates/conflicts.json && \
	  $(BIN)/unspin bench quotations --json --data tests/data/bench/variants.jsonl $(DATA)/allsides-stories $(DATA)/newswcl50/articles.jsonl.gz $(DATA)/basil --gate gates/quotations.json && \
	  $(BIN)/unspin bench pairs --json --data tests/data/bench/pairs.jsonl --gate gates/pairs-own.json; \
	else echo "no data sets in $(DATA): make bench DATA=FOLDER"; fi

lock: .venv/.dev ## Choose the newest versions again and write requirements/*.txt
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) --extra arrow --group dev --output-file requirements/dev.txt pyproject.toml
	$(LOCK) --group build --constraint requirements/dev.txt --output-file requirements/run.txt pyproject.toml

clean: ## Remove everything that was made
	rm -rf .venv build dist .*_cache .hypothesis

LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock"

.venv/.python:
	@test -n "$(PYTHON)" || { echo "unspin needs Python 3.11 or newer: make PYTHON=/path/to/python"; exit 1; }
	@echo "Setting up .venv (once)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: requirements/run.txt pyproject.toml .venv/.python
	$(call install,run)

.venv/.dev: requirements/dev.txt pyproject.toml .venv/.python
	$(call install,dev)
	@touch .venv/.run

# Hashes pin every file that pip may take, whatever index or folder it comes from.
define install
@PIP_CONSTRAINT= $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/$(1).txt
@PIP_CONSTRAINT= $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
@touch $@
endef
