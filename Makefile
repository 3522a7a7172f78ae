# One command runs the airport, another tests it. Everything else is a part of these two.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run setup console models test check lint types imports unit benchmarks lock clean

help:  ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run:  ## Set everything up and run the whole airport with the day at Hongqiao
	@$(PYTHON) airport_brain/bootstrap.py run
	@$(BIN)/airport-brain up --day $(ARGS)

setup:  ## Set everything up without starting it
	@$(PYTHON) airport_brain/bootstrap.py run

test:  ## Set everything up and run every check and test
	@$(PYTHON) airport_brain/bootstrap.py test
	@$(MAKE) --no-print-directory check unit

check: lint types imports  ## Style, types and import rules (needs setup for development)
	@cd airport_brain/console && $(abspath $(BIN))/python ../bootstrap.py npm run check

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types:
	@$(BIN)/mypy

imports:
	@$(BIN)/lint-imports

unit:
	@$(BIN)/python -m pytest

benchmarks:  ## Print throughput and latency beside raw twins
	@$(BIN)/python -m pytest tests/benchmarks -m benchmark_run -s -p no:cacheprovider

lock:  ## Renew the locked dependencies (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group setup -o requirements.lock pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group setup --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group node -o requirements-node.lock

clean:  ## Remove what was installed and built (data stay)
	rm -rf .venv .cache airport_brain/console/node_modules airport_brain/console/dist
