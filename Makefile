# SPDX-License-Identifier: EUPL-1.2
# Needs python3 (3.11 or newer, with venv) and make; everything else it fetches itself.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help start test check conformance bench clean setup setup-dev

help: ## toont deze lijst
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

start: setup ## start Schakel met de demogemeente en zegt waar het te zien is
	@exec $(BIN)/python -m schakel.cli start

test: setup-dev ## draait alle tests; wat hier niet kan, staat aan het eind met de reden
	@exec $(BIN)/python -m pytest

check: setup-dev ## snelle controle: stijl, lagen, typen, kern en architectuur
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@SCHAKEL_TEST_TIER=kern $(BIN)/python -m pytest tests/core tests/architecture

conformance: export CONFORMANCE_URL = $(URL)
conformance: export CONFORMANCE_TOKEN = $(TOKEN)
conformance: setup-dev ## houdt een klantregister aan de standaard: make conformance URL=https://… TOKEN=…
	@exec $(BIN)/python -m pytest --confcutdir=tests/conformance --tb=short tests/conformance

bench: setup-dev ## meet snelheid en geheugen; de uitkomsten horen in docs/metingen.md
	@exec $(BIN)/python tools/bench.py

clean: ## ruimt de omgeving en tussenbestanden op; de gegevens in .schakel blijven staan
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .schakel-normen.json \
	  src/schakel/web/assets build dist
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@command -v $(PYTHON) >/dev/null || { echo "Schakel: Python ontbreekt: installeer het met \`apt install python3 python3-venv\`." >&2; exit 1; }
	@$(PYTHON) tools/bootstrap.py

setup-dev:
	@command -v $(PYTHON) >/dev/null || { echo "Schakel: Python ontbreekt: installeer het met \`apt install python3 python3-venv\`." >&2; exit 1; }
	@$(PYTHON) tools/bootstrap.py --dev
