# Two commands matter: `make demo` runs the product, `make test` runs all tests. Each sets up what it needs.
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin

.PHONY: demo test lint check lock clean screenshots

demo: $(VENV)/runtime
	@exec $(BIN)/python manage.py demo

test: $(VENV)/dev
	@PYTHON=$(BIN)/python deploy/test.sh

lint: $(VENV)/dev
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/lint-imports

screenshots: $(VENV)/dev
	$(BIN)/python -m tests.e2e.screenshots

lock:
	uv pip compile -q pyproject.toml -p 3.11 --generate-hashes --no-header -o requirements.lock
	uv pip compile -q pyproject.toml -p 3.11 --extra dev -c requirements.lock --generate-hashes --no-header -o requirements-dev.lock

clean:
	rm -rf $(VENV) var

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Python 3.11 is needed (PYTHON=/path/to/python3.11 make …)"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/runtime: requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev: requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/runtime
