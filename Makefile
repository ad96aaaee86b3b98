# Starts, stops and tests the platform on one machine; `make` alone lists what there is.

PYTHON ?= python3
BIN := .venv/bin
STACK := $(BIN)/python -m deploy.local

.DEFAULT_GOAL := help
.PHONY: help environment stack unstack

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

environment:
	@$(PYTHON) deploy/local/bootstrap.py

stack: environment ## Start private PostgreSQL, RabbitMQ and Redis for tests, and leave them running
	@$(STACK) stack

unstack: environment ## Stop what `make stack` started
	@$(STACK) unstack
