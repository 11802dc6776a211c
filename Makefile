# The usual round of a catalog: `make site`, `make serve`, `make test`.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TOOLS := .venv/tools
FUZZER := .venv/fuzzer
NODE := tests/node_modules/.package-lock.json
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --upgrade
CORPUS ?=
N ?= 10000
MINUTES ?= 10
SITE ?= site
READERS ?= 200

.DEFAULT_GOAL := help
.PHONY: help site serve test fuzz lint check-site browser lock evaluate-topics evaluate-search bench-search bench-load bench bench-growth bench-import clean

help: ## Say what can be made.
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 28

site: $(READY) ## Make the website in site/, from seeds/ and docs/.
	$(BIN)/papercatalog import
	$(BIN)/papercatalog build

serve: $(READY) ## Look at the website on this machine, live.
	$(BIN)/papercatalog serve

test: $(TOOLS) $(NODE) browser ## Run every test, the browser's among them.
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

fuzz: $(FUZZER) ## Feed the readers of strangers' text with damaged text for MINUTES.
	$(BIN)/python tests/fuzz/run.py $(MINUTES)

browser: $(TOOLS)
	$(BIN)/python tests/helpers/chromium.py

lint: $(TOOLS) $(NODE) ## Check style, types and workflows.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python tests/helpers/script_modules.py build/scripts
	PATH="$(CURDIR)/$(BIN):$$PATH" tests/node_modules/.bin/tsc -p tests/search
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions .github/actions/*/action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/add-*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml

check-site: $(TOOLS) $(NODE) browser ## Check every kind of page: axe, markup, links; print what pages cost.
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/benchmarks/check_site.py

evaluate-search: $(READY) ## Measure search's answers; CORPUS=papers.jsonl for other papers.
	$(BIN)/python tests/benchmarks/search_quality.py $(CORPUS)

bench-search: $(TOOLS) browser ## Measure search's cost, with N made papers or CORPUS.
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/benchmarks/search_cost.py -n $(N) $(CORPUS)

bench-load: $(TOOLS) browser ## Let READERS search a built SITE at once.
	$(BIN)/python tests/benchmarks/search_load.py --readers $(READERS) $(SITE)

bench: $(READY) ## Measure building N made papers or CORPUS, beside other generators.
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/benchmarks/build_cost.py -n $(N) $(CORPUS)

bench-growth: $(READY) ## Measure how the cost of a site grows with its papers.
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/benchmarks/build_growth.py $(CORPUS)

bench-import: $(READY) ## Measure importing a dump of many papers.
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/benchmarks/import_cost.py $(CORPUS)

evaluate-topics: $(READY) ## Hold the suggested topics against the curated ones.
	$(BIN)/python tests/benchmarks/topic_quality.py $(CORPUS)

lock: ## Solve the dependencies anew; needs uv.
	$(LOCK) --group build pyproject.toml --output-file requirements.lock
	$(LOCK) --group dev pyproject.toml --constraint requirements.lock \
		--output-file requirements-dev.lock
	$(LOCK) pyproject.toml --constraint requirements.lock --output-file requirements-runtime.lock
	$(LOCK) --group fuzz --output-file requirements-fuzz.lock
	$(LOCK) --group release --output-file requirements-release.lock

clean: ## Remove all that was made.
	rm -rf .venv .cache site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/node_modules .fuzz

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TOOLS): $(READY) requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(FUZZER): $(READY) requirements-fuzz.lock
	$(PIP) --require-hashes -r requirements-fuzz.lock
	@touch $@

$(NODE): $(TOOLS) tests/package-lock.json
	cd tests && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-fund --no-audit
	@touch $@
