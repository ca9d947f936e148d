# What can be done here: `make help`. It needs make and Python 3.11 or later; all else goes into .venv.

PORT ?= 8000
PYTHON ?= $(or $(and $(wildcard .venv/bin/pip),$(wildcard .venv/bin/python)),$(newest_python))
newest_python = $(shell for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
TOO_OLD = Python 3.11 or later is needed. Install it, or say where it is: make run PYTHON=/path/to/python3.11
PIN = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links
# `make check` looks at nothing of this machine: no .env, no database file.
BARE = ENV_FILE=/dev/null DATABASE_URL=sqlite://:memory: SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_hex(32))')
BIN = .venv/bin/python -m
DEVELOP = env DJANGO_SETTINGS_MODULE=bpo_portal.development.settings .venv/bin/python manage.py

.PHONY: help run dev test quick bench check fix pins runtime tools
.DEFAULT_GOAL := help

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: runtime .env  ## Serve the portal on http://127.0.0.1:8000; PORT=8001 and HTTPS=1 change that
	@exec .venv/bin/python manage.py serve --port "$(PORT)"

dev: tools  ## Develop: reloads what you change, debug toolbar, demo people in a database of its own; PORT=8001 changes that
	@$(DEVELOP) migrate --verbosity 0
	@$(DEVELOP) load_guide
	@$(DEVELOP) make_demo_people
	@exec $(DEVELOP) runserver "127.0.0.1:$(PORT)"

test: tools  ## Run all tests: SQLite, PostgreSQL, browser; DB=sqlite leaves PostgreSQL out, ARGS="-k roles" goes to pytest
	@.venv/bin/python -m tests.run

quick: check  ## Look for faults and ask in 90 seconds one case of each test that needs no PostgreSQL, no browser and not much
	@QUICK=1 .venv/bin/python -m tests.run

bench: tools  ## Measure pages, writes, runs: SIZE=50,1000,5000 roles, PEOPLE=1000,100000, or ONET=folder of an O*NET release
	@.venv/bin/python -m tests.bench "$(ONET)"

check: tools  ## Look for faults and change nothing: lint, format, imports, templates, migrations, deployment, types
	@$(BIN) ruff check --quiet .
	@$(BIN) ruff format --check --quiet . || { echo "Not formatted as above: make fix"; exit 1; }
	@.venv/bin/lint-imports --no-logo --no-cache
	@$(BIN) djlint --quiet --lint templates
	@$(BARE) .venv/bin/python manage.py makemigrations --check --dry-run
	@$(BARE) HTTPS=1 .venv/bin/python manage.py check --deploy --fail-level WARNING
	@$(BIN) mypy
	@$(BIN) mypy --config-file .ci/types.ini
	@.venv/bin/python .ci/lengths.py

fix: tools  ## Repair what can be repaired: lint and format
	@$(BIN) ruff check --fix --quiet . || true
	@$(BIN) ruff format .

pins:  ## Compile requirements.txt and requirements-dev.txt anew from pyproject.toml; UPGRADE=--upgrade takes newer releases
	@command -v uv >/dev/null || { echo "make pins needs uv: https://docs.astral.sh/uv/"; exit 1; }
	$(PIN) $(UPGRADE) -o requirements.txt
	$(PIN) $(UPGRADE) --extra dev -c requirements.txt -o requirements-dev.txt

.env: runtime
	@.venv/bin/python -m bpo_portal.env

runtime tools:
	$(if $(PYTHON),,$(error $(TOO_OLD)))
	@$(PYTHON) .ci/install.py $(if $(filter tools,$@),requirements-dev.txt,requirements.txt)
