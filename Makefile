# Gurindam's workshop. `make` alone explains itself. Python 3.11 or newer and make are all that is needed.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test sure fix bench shots messages lock setup clean check tested

# Compiled code makes every start three seconds faster, so an environment that forbids it is overruled here.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
READY := .venv/ready
PASSED := build/passed
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-compile
IS_RECENT := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
WORKERS ?= 2
ROOMS := $(wildcard bot handlers models locales migrations tests)

# What the tests speak about: equal sums mean that a second run would say the same.
FINGERPRINT = find $(ROOMS) $(wildcard docs deploy .ci *.md *.toml *.lock Makefile .env*) -type f ! -path '*/__pycache__/*' \
	-exec cksum {} + | sort | cksum

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Start the whole product without a Telegram account and print the page's address
	@$(PYTHON) -m bot demo

test: $(READY) ## Run every test, on SQLite and on PostgreSQL (WORKERS=4 where there are four cores)
	@mkdir -p build; rm -f $(PASSED); $(FINGERPRINT) > build/testing
	@$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report= --cov-fail-under=0
	@mv build/testing $(PASSED)

sure: check tested ## Everything CI asks: format, lint, types, imports, words, tests, coverage
	@$(PYTHON) -m coverage report --skip-covered --skip-empty
	@echo "Sure."

check: $(READY)
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(if $(wildcard bot/catalogues*),$(PYTHON) -m bot.catalogues check)

tested: $(READY)
	@if [ "$$($(FINGERPRINT))" = "$$(cat $(PASSED) 2>/dev/null)" ]; \
	then echo "Tests: passed on exactly these files."; else $(MAKE) --no-print-directory test; fi

fix: $(READY) ## Format the code and mend what the linter can mend
	@$(PYTHON) -m ruff check --fix-only .
	@$(PYTHON) -m ruff format .

bench: $(READY) ## Measure our speed beside two rival bots, the survey's report from a million answers, the desk, digests, broadcasts
	@$(PYTHON) -m tests.bench
	@$(PYTHON) -m tests.bench.satisfaction
	@$(PYTHON) -m tests.bench.desk
	@$(PYTHON) -m tests.bench.digests
	@$(PYTHON) -m tests.bench.broadcasts

shots: $(READY) ## Make the pictures of README and guides anew (needs Chromium)
	@$(PYTHON) -m tests.browser.pictures

messages: $(READY) ## Bring the catalogues in locales/ up to date with the code
	@$(PYTHON) -m bot.catalogues update

lock: $(READY) ## Write requirements.lock anew from pyproject.toml (UPGRADE=1 takes newer releases)
	@$(PYTHON) -m uv pip compile pyproject.toml --all-extras --group dev --group bench --universal \
		--generate-hashes --no-header --quiet $(if $(UPGRADE),--upgrade) --output-file requirements.lock

setup: $(READY) ## Prepare .venv from requirements.lock (the others do it by themselves)
	@echo ".venv is ready."

$(READY): requirements.lock
	@if ! $(PYTHON) $(IS_RECENT); then \
		for python in python3 python3.14 python3.13 python3.12 python3.11 ""; do \
			[ -z "$$python" ] || $$python $(IS_RECENT) && break; \
		done; \
		[ -n "$$python" ] || { echo "Gurindam needs Python 3.11 or newer, and found none." >&2; exit 1; }; \
		$$python -c 'import ensurepip' 2>/dev/null \
			|| { echo "$$python cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 1; }; \
		$$python -m venv --clear .venv; \
	fi
	@echo "Installing the locked packages into .venv: about half a minute, and only when the lock changes."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --no-index --editable .
	@$(PYTHON) -m compileall -qq -j 0 .venv/lib || :
	@touch $@

clean: ## Remove .venv and everything made by the tools; the database in var/ stays
	@rm -rf .venv build artefacts htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@rm -rf .import_linter_cache
	@find $(ROOMS) -name __pycache__ -type d -prune -exec rm -rf {} +
