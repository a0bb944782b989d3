# Two commands from a fresh clone: `make demo`, `make test`. Each makes its own environment.
# Needs: Python 3.11 or newer, make, and a package index that pip can reach.

PYTHON ?= python3
VENV ?= .venv
# Where pytest looks; e.g. make test ONLY=tests/classify
ONLY ?=
# In how many processes tests run; 0 is in pytest's own, e.g. to debug.
WORKERS ?= auto

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The theme prints an advertisement for its successor otherwise.
export NO_MKDOCS_2_WARNING := 1
# Workers of Spark and every fresh Python of a test would compile all of custseg anew.
unexport PYTHONDONTWRITEBYTECODE
# A file stays in one process: pages are read from top to bottom, and tests of a file share what they
# made. The laws share little, and most of their time is one file, so there any test may move.
SPREAD := -n $(WORKERS) --dist loadfile
SPREAD_LAWS := -n $(WORKERS) --dist worksteal
SOURCES := $(shell find src -type f -not -name '*.pyc' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test laws coverage lowest lint types docs bench clean \
  check-code check-format check-imports check-house check-mypy check-basedpyright

help:
	@echo 'make demo    run the whole job on a generated CRM; writes custseg-demo/report.html'
	@echo 'make test    tests, doctests, README and docs (hypothesis profile quick)'
	@echo 'make laws    the laws under many examples (hypothesis profile full)'
	@echo 'make lowest  the tests with the oldest libraries allowed'
	@echo 'make coverage the tests, and which branches they leave out'
	@echo 'make lint    ruff, import-linter, the rules of the house'
	@echo 'make types   mypy and basedpyright, both strict'
	@echo 'make docs    the site in both languages, by mkdocs and by zensical (which stays in site/), and its tests'
	@echo 'make bench   custseg beside its peers; prints tables'
	@echo 'make clean   remove what the other targets made'

# What users do.

demo: $(VENV)/.runtime
	$(BIN)/custseg demo

# What developers do.

test: $(VENV)/.test
	CUSTSEG_PROFILE=quick $(BIN)/python -m pytest $(SPREAD) $(ONLY)

laws: $(VENV)/.test
	CUSTSEG_PROFILE=full $(BIN)/python -m pytest $(SPREAD_LAWS) --override-ini=timeout=900 tests/laws

coverage: $(VENV)/.test
	CUSTSEG_PROFILE=quick $(BIN)/python -m coverage run -m pytest $(ONLY)
	$(BIN)/python -m coverage report

# The tests again, with the oldest libraries that pyproject.toml allows.
lowest: $(VENV)-lowest/.ready
	CUSTSEG_PROFILE=quick $(VENV)-lowest/bin/python -m pytest $(SPREAD) src tests --ignore=tests/laws --ignore=tests/test_house.py

# Each check is a target of its own, so that `make -k lint types` shows what all of them say.
lint: check-code check-format check-imports check-house
types: check-mypy check-basedpyright
docs: $(VENV)/.dev
	rm -rf site .cache
	for lang in en zh; do $(BIN)/mkdocs build --strict -f mkdocs.$$lang.yml || exit 1; done
	rm -rf site
	for lang in en zh; do $(BIN)/zensical build --clean --strict -f mkdocs.$$lang.yml || exit 1; done
	CUSTSEG_SITE=site $(BIN)/python -m pytest -p no:randomly tests/docs/test_site.py tests/docs/test_reference.py tests/docs/test_translated.py

check-code: $(VENV)/.dev
	$(BIN)/ruff check
check-format: $(VENV)/.dev
	$(BIN)/ruff format --check
check-imports: $(VENV)/.dev
	$(BIN)/lint-imports --no-logo
check-house: $(VENV)/.dev
	$(BIN)/python -m pytest tests/test_house.py
check-mypy: $(VENV)/.dev
	$(BIN)/mypy
check-basedpyright: $(VENV)/.dev
	$(BIN)/basedpyright --pythonpath $(BIN)/python

bench: $(VENV)/.test
	for script in benchmarks/[a-z]*.py; do $(BIN)/python $$script || exit 1; done

clean:
	rm -rf $(VENV) $(VENV)-lowest site custseg-demo .coverage .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .cache

# Environments: each stamp is newer than what it was made from, so a second call does nothing.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'custseg needs Python 3.11 or newer; say which: make PYTHON=python3.12 ...' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The plain install of a user. A developer's environment has custseg already, in place.
$(VENV)/.runtime: pyproject.toml README.md $(SOURCES) | $(BIN)/python
	test -e $(VENV)/.test || $(PIP) install .
	@touch $@

# pip 25.1 is the first that reads [dependency-groups].
$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(PIP) install --upgrade 'pip>=25.1'
	$(PIP) install --editable . --group test
	@touch $@

$(VENV)/.dev: $(VENV)/.test
	$(PIP) install --group dev
	@touch $@

# uv alone can resolve to the lowest versions; it is kept inside the environment.
$(VENV)-lowest/.ready: pyproject.toml $(VENV)/.test
	$(PIP) install uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	$(BIN)/uv pip install --quiet --python $(VENV)-lowest/bin/python --resolution lowest-direct \
	  --editable '.[arrow,polars,duckdb,excel,phone,plot,sklearn,sql]' --group test
	@touch $@
