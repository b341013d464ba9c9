# What can be done here: make run, make test. The parts of each are below.
# PORT (8000), DATA_DIR (./data) and the other settings come from the environment or the
# command line: make run PORT=8080
SHELL := /bin/sh

PYTHON := .venv/bin/python
INSTALL := scripts/install-packages
WITH_POSTGRES := $(PYTHON) -m scripts.with_postgres
COMPILE := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)

# Checks and tests start Python many times. None should read every package anew.
unexport PYTHONDONTWRITEBYTECODE

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: run setup test test-sqlite test-postgres test-browser check format bench pictures lock clean

# Serve Gatherings. It prints the addresses to open.
run: setup
	@exec $(PYTHON) -m litestar --app app:app serve

# Everything `make run` does before it serves.
setup: .venv/.run-packages node_modules/.front-end .venv/.pango

# Every check and every test. One that fails does not hide the others.
test:
	@$(MAKE) --keep-going --no-print-directory check test-sqlite test-postgres test-browser

test-sqlite: .venv/.dev-packages node_modules/.front-end .venv/.pango
	@echo "Tests on SQLite"
	@TEST_DB=sqlite $(WITH_POSTGRES) --or-without $(PYTHON) -m pytest -n 2 -m "not browser"

test-postgres: .venv/.dev-packages node_modules/.front-end .venv/.pango
	@echo "Tests on PostgreSQL"
	@TEST_DB=postgres $(WITH_POSTGRES) $(PYTHON) -m pytest -n 2 -m "not browser"

test-browser: .venv/.dev-packages node_modules/.front-end
	@echo "Tests in a browser"
	@if CHROMIUM=$$(scripts/chromium); then export CHROMIUM; $(PYTHON) -m pytest -n 2 --dist loadgroup -m browser \
		$$(grep -l "mark\.browser" tests/test_*.py); \
	else scripts/skip "The browser tests need Chromium."; fi

# Layout, common mistakes, types, and words that are not plain.
check: .venv/.dev-packages node_modules/.front-end
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy -n auto
	@$(PYTHON) -m litestar --app app:app lint-words

format: .venv/.dev-packages
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

# What is no test: the app is killed while people book and watch, many screens share one board
# (beside nginx with nchan, where that is installed), 300 people book the last 120
# places, and 1,000 needs are opened.
bench: .venv/.dev-packages node_modules/.front-end
	@$(PYTHON) -m bench.killed_surge
	@$(PYTHON) -m bench.restart
	@$(PYTHON) -m bench.board_crowd
	@$(PYTHON) -m bench.fan_out
	@$(PYTHON) -m bench.booking_surge
	@$(PYTHON) -m bench.opening_needs

# The pictures in the README.
pictures: .venv/.dev-packages node_modules/.front-end
	@CHROMIUM=$$(scripts/chromium) && export CHROMIUM && $(PYTHON) -m scripts.pictures

# Write the lock files again. `make lock UPGRADE=--upgrade` also takes newer versions.
lock: .venv/.dev-packages
	@$(COMPILE) pyproject.toml -o requirements/run.txt >/dev/null
	@$(COMPILE) pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt >/dev/null
	@$(COMPILE) --group pip -o requirements/pip.txt >/dev/null
	@$(COMPILE) --group node -o requirements/node.txt >/dev/null
	@npm install --package-lock-only
	@echo "Written: requirements/*.txt and package-lock.json"

# Away with everything that setting up made. DATA_DIR stays.
clean:
	@rm -rf .venv node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@scripts/make-environment

.venv/.run-packages: requirements/run.txt .venv/bin/python
	@$(INSTALL) requirements/run.txt
	@touch $@

.venv/.dev-packages: requirements/dev.txt .venv/bin/python
	@$(INSTALL) requirements/dev.txt
	@touch $@

# PDF files need it, and nothing else does.
.venv/.pango: .venv/bin/python
	@if scripts/pango; then touch $@; fi

node_modules/.front-end: package-lock.json .venv/bin/python
	@scripts/front-end
	@touch $@
