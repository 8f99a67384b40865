# 案程 caselane. Needs Python 3.11+, make, and a package index; everything else is installed
# into .venv. `make help` lists the targets.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv
# uv's cache and Python search stay inside the project: an empty or unwritable HOME is fine.
export UV_CACHE_DIR ?= $(CURDIR)/$(VENV)/.uv-cache
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/$(VENV)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
SYNC := $(UV) sync --quiet --locked --python $(CURDIR)/$(BIN)/python --inexact

.DEFAULT_GOAL := help
.PHONY: help run test proof mutation lint assets check-assets browser pictures clean clean-data

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 22

run: $(VENV)/.runtime ## 启动全部（数据库、网页、后台），打印地址和演示账号；start everything, print address and demo accounts
	@$(BIN)/caselane run $(ARGS)

test: $(VENV)/.development browser ## all tests, browser included (15 minutes on 2 cores)
	@# Both parts run, whatever the first one finds; the result is that of both.
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal -m "not browser and not proof" $(ARGS); first=$$?; \
	  $(BIN)/python -m pytest -q -m "browser and not proof" $(ARGS) && exit $$first

proof: $(VENV)/.development mutation ## long proofs: fuzz at length, benchmarks, mutation
	@$(BIN)/python -m pytest -q -m proof $(ARGS)

mutation: $(VENV)/.mutation ## break guards, permissions and calendar on purpose; MUTANTS="--sample 400" for a part
	@test -f var/mutation/lines.json || nice $(BIN)/python -m tests.mutation trace
	@nice $(BIN)/python -m tests.mutation run --at-least 95 $(MUTANTS)

lint: $(VENV)/.development ## ruff, mypy --strict on models and workflows, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

assets: $(VENV)/.assets ## rebuild the committed front-end bundles (the only use of Node)
	@$(BIN)/python webapp/assets/build.py

check-assets: $(VENV)/.assets ## fail when the committed bundles are not what the sources give
	@$(BIN)/python webapp/assets/build.py --check

browser: $(VENV)/.development ## find or install the Chromium that browser tests drive
	@$(BIN)/python -m tests.browser.chromium

pictures: $(VENV)/.development browser ## make the documentation's screenshots anew (docs/screenshots)
	@$(BIN)/python -m tests.browser.pictures docs/screenshots

clean: ## remove caches and .venv; data stays
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

clean-data: $(VENV)/.runtime ## remove var/ with the embedded database, for good
	@$(BIN)/caselane forget
	rm -rf var

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "缺少 venv 模块 / the venv module is missing (Debian: apt install python3-venv)"; exit 2; }

$(UV): | $(BIN)/python
	@$(BIN)/python -m pip install --quiet 'uv>=0.9,<1'

$(VENV)/.runtime: pyproject.toml uv.lock | $(UV)
	@echo "正在安装 / installing into $(VENV) …"
	@$(SYNC) --no-default-groups --extra embedded
	@touch $@

$(VENV)/.development: pyproject.toml uv.lock | $(UV)
	@echo "正在安装测试工具 / installing what the tests need into $(VENV) …"
	@$(SYNC) --extra embedded --group dev
	@touch $@ $(VENV)/.runtime

$(VENV)/.mutation: pyproject.toml uv.lock | $(UV)
	@$(SYNC) --extra embedded --group dev --group mutation
	@touch $@

$(VENV)/.assets: pyproject.toml uv.lock | $(UV)
	@$(SYNC) --no-default-groups --extra embedded --group assets
	@touch $@
