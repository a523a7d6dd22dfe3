# Alongside. `make` alone lists what there is; `make demo` is all it takes to see the product.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset shell environment environment-dev test lint format ci bench screenshots lock

help: ## List these targets
	@echo "Usage: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1  \2/p' $(MAKEFILE_LIST)

demo: environment ## Start everything with invented people; PORT=8123 make demo moves it; Ctrl-C stops it
	@$(PYTHON) scripts/system_packages.py pdf
	@exec $(RUN) scripts/demo.py

demo-reset: environment ## Empty the demo: its database, files, letters and queue
	@$(RUN) scripts/demo.py --reset

shell: environment ## A Python prompt with the models, on the demo's data
	@$(RUN) manage.py shell

environment: ## Make .venv, or bring it up to date with requirements/base.lock
	@$(PYTHON) scripts/environment.py base

environment-dev: ## The same with what tests and linters need (requirements/dev.lock)
	@$(PYTHON) scripts/environment.py dev

test: environment-dev ## Run all tests on servers of their own; ARGS="tests/ops -x" runs some
	@$(PYTHON) scripts/system_packages.py pdf
	@$(RUN) scripts/browser.py
	@$(RUN) scripts/run_tests.py $(ARGS)

lint: environment-dev ## Check code, templates and migrations without changing them
	$(RUN) -m ruff check .
	$(RUN) -m djlint --lint --quiet --ignore H015,H023,H043 templates
	$(RUN) scripts/lint_migrations.py

format: environment-dev ## Sort imports, mend what ruff can mend, format code
	$(RUN) -m ruff check --fix-only --quiet .
	$(RUN) -m ruff format .

ci: lint test ## What must pass before a change is taken in

bench: environment-dev ## Measure imports, matching, pages, PDFs, reminders, mail; count letters while servers are killed; figures go to var/bench
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(RUN) -m bench.$$(basename $$script .py) || exit 1; done

screenshots: environment-dev ## Take the README's pictures anew
	@$(RUN) scripts/browser.py
	@$(RUN) scripts/screenshots.py

lock: ## Pin every dependency with its hash again (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --upgrade \
		pyproject.toml -o requirements/base.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --upgrade \
		pyproject.toml --group dev -o requirements/dev.lock
