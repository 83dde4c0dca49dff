# Everything is done by saas/bootstrap; this file only gives it names.
PYTHON ?= python3
DO := @$(PYTHON) -m saas.bootstrap
export PORT T M SCOPE CODE NAME

.DEFAULT_GOAL := help
.PHONY: setup build run test bench lint fix types layers check migration migrate tenant demo stop shell clean help

setup: ## install, build, start and migrate everything; nothing is served
	$(DO) $@
build: ## install and build what needs no database, for an image
	$(DO) $@
run: ## set up what is missing and serve; PORT=8001 changes the port
	$(DO) $@
test: ## set up what is missing and run the tests; T=tests/saas for a part
	$(DO) $@
bench: ## run the benchmarks and write build/bench.json
	$(DO) $@
lint: ## ruff, mypy, import-linter, djlint
	$(DO) $@
fix: ## let ruff and djlint put right what they can
	$(DO) $@
types: ## mypy only
	$(DO) $@
layers: ## import-linter only
	$(DO) $@
check: ## lint, then test
	$(DO) $@
migration: ## draft a migration; M='what changes' SCOPE=tenant
	$(DO) $@
migrate: ## bring every city's tables to the newest version
	$(DO) $@
tenant: ## make a city; CODE=langfang NAME=廊坊市
	$(DO) $@
demo: ## load demonstration cases
	$(DO) $@
stop: ## stop PostgreSQL
	$(DO) $@
shell: ## a Python prompt inside the application
	$(DO) $@
clean: ## remove what was built; data and packages stay
	$(DO) $@
help: ## this list
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20
