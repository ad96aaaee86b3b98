# Starts, stops and tests the platform on one machine; `make` alone lists what there is.

PYTHON ?= python3
BIN := .venv/bin
STACK := $(BIN)/python -m deploy.local
CODE := services gateway deploy bench tests
# tests/conftest.py says which tests stay together in one process, and which come first.
PYTEST := $(BIN)/pytest --numprocesses 3 --dist loadscope --no-loadscope-reorder --durations 12
LOCKED := --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help environment run stop status backup restore operate stack unstack format lint pages screenshots sure test bench chaos clean lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

environment:
	@$(PYTHON) -m deploy.local.bootstrap

run: environment ## Start the platform with demonstration data, and stop it with Ctrl-C (PORT=8080 for a fixed port)
	@exec $(STACK) run

stop: environment ## Stop what `make run` started, from another terminal
	@$(STACK) stop

status: environment ## Show the processes of `make run`
	@$(BIN)/supervisorctl -c .stack/run/supervisord.conf status

backup: environment ## Copy databases, files and keys of the running platform into a new folder (TO=folder)
	@$(STACK) backup "$(TO)"

restore: environment ## Put a backup in the place of what is there, while the platform is stopped (FROM=folder)
	@$(STACK) restore "$(FROM)"

operate: environment ## An operator's look or repair: make operate SERVICE=hazard DO="parked" (rerun, audit, restored HOURS)
	@set -a; . .stack/run/environment/$(SERVICE)-worker.env; set +a; $(BIN)/python -m services.runtime.operate $(SERVICE) $(DO)

stack: environment ## Start private PostgreSQL, RabbitMQ and Redis for tests, and leave them running
	@$(STACK) stack

unstack: environment ## Stop what `make stack` started
	@$(STACK) unstack

format: environment ## Put the code in its one form
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

lint: environment ## Form, lint, types and import rules
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy $(CODE)
	@$(BIN)/lint-imports

pages: ## Check and build the web pages: types, unit tests, what is generated from the API, size
	@$(PYTHON) -m deploy.local.web check

screenshots: environment ## Take pictures of all pages of the menus, and of the public ones on a phone, into .stack/screenshots
	@$(BIN)/pytest tests/browser/screenshots.py

sure: lint pages ## What a developer runs before committing: lint, pages, then unit, service and contract tests and the guards
	@$(PYTEST) $(wildcard tests/unit tests/guards tests/service tests/contract)

test: ## Everything: the environment and lint beside the pages, then every test
	@$(MAKE) --no-print-directory --jobs 2 lint pages
	@$(PYTEST) tests

bench: environment ## Measure the platform beside its peers, into bench/RESULTS.md (ONLY=B1,B3 SIZE=small)
	@$(BIN)/python -m bench --only "$(ONLY)" --size "$(or $(SIZE),full)"

chaos: environment ## Break a private platform on purpose and count what is left (ONLY=R-04,R-05 for some faults, LONG=1 for an hour)
	@$(BIN)/python -m tests.chaos

clean: environment ## Stop everything and delete .stack with all its data, .venv and caches
	@$(STACK) clean
	@rm -rf .stack .venv gateway/web/node_modules gateway/web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

lock: environment ## Write the lock files anew: for people, for the image, for the benchmarks' peers, for Node
	@$(BIN)/pip-compile $(LOCKED) --extra dev --output-file requirements.lock pyproject.toml
	@$(BIN)/pip-compile $(LOCKED) --constraint requirements.lock --output-file requirements.image.lock pyproject.toml
	@$(BIN)/pip-compile $(LOCKED) --output-file bench/requirements.lock bench/requirements.in
	@$(BIN)/pip-compile $(LOCKED) --output-file gateway/web/node.lock gateway/web/node.in
