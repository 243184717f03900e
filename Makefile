# `make` lists the targets. The work is in tools/: a target says what, not how.
python := .venv/bin/python
cdk := node_modules/.bin/cdk

# A shell that forbids bytecode would have every process compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo down test lint bench openapi matrix stores sbom synth deploy clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install everything this machine needs (all other targets do what they need)
	@tools/setup.sh test

demo: ## start the local cloud, deploy the system to it and walk a picture through
	@tools/setup.sh demo
	@$(python) -m local up
	@$(python) -m local deploy
	@$(python) -m local.demo

down: ## stop the local cloud
	@if [ -x $(python) ] && [ -d .local ]; then $(python) -m local down; \
	else echo "down: nothing runs here"; fi

test: ## run the whole suite: lint, tests, dependency audit
	@tools/setup.sh test
	@$(python) -m tools.check test

lint: ## check code, arrows, workflows and templates
	@tools/setup.sh lint
	@$(python) -m tools.check lint

bench: ## measure time, memory and cost
	@tools/setup.sh bench
	@$(python) -m bench

openapi: ## write the API's description for programs, docs/api/openapi.json
	@tools/setup.sh lint
	@$(python) -m tools.openapi

matrix: ## write who may do what, docs/security/access-matrix.md
	@tools/setup.sh lint
	@$(python) -m tools.matrix

stores: ## write where everything lies, docs/security/stores.md
	@tools/setup.sh lint
	@$(python) -m tools.stores

sbom: ## write what it is made of to build/sbom, as CycloneDX
	@tools/setup.sh test
	@$(python) -m tools.sbom

synth: ## write the CloudFormation templates to cdk.out
	@tools/setup.sh synth
	@$(cdk) synth --quiet

deploy: ## deploy to the AWS account of your credentials
	@tools/setup.sh synth
	@$(cdk) deploy --all

clean: down ## remove what was built and downloaded, but no state of the local cloud
	@rm -rf build cdk.out .venv node_modules .cache .mypy_cache .pytest_cache .ruff_cache \
	    .hypothesis .import_linter_cache test-results
