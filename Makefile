# make run starts the interview, make test runs the checks; both create .venv first. Needs Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv$(if $(filter-out python3,$(PYTHON)),-$(notdir $(PYTHON)))# another Python has an environment of its own
SPARK_VENV := .venv-spark
OLDEST_VENV := .venv-oldest
BENCH_VENV := .venv-bench
MUTANTS_VENV := .venv-mutants
FUZZ_VENV := .venv-fuzz
AUDIT_VENV := .venv-audit
BIN := $(VENV)/bin

.PHONY: run test lint test-browser test-spark test-oldest test-pythons mutants fuzz audit bench schemas translations pictures clean

run: $(VENV)/.installed
	@if [ -z "$(ARGS)" ] && { [ ! -t 0 ] || [ ! -t 2 ]; }; then \
		echo "没有终端可以提问，改为评估随附的示例商户（data/sample_business.toml，评估日期 2020-02-20）。" >&2; \
		echo "No terminal to ask questions in: assessing the sample business (data/sample_business.toml, as of 2020-02-20)." >&2; \
		$(BIN)/dcrelief assess --answers data/sample_business.toml --no-input; \
	else \
		$(BIN)/dcrelief $(ARGS); \
	fi

# By these every branch of rules/ is run; traced, what leads whole interviews takes four times as long, so it is left out.
TRACED := tests/rules tests/files tests/test_every_form.py tests/catalogue/test_joined.py \
	tests/cli/test_given.py tests/report/test_cites.py tests/report/test_two_levels.py tests/report/test_template.py
# All checks and tests that need neither a browser nor a real Spark, on the Python that is given: make test PYTHON=python3.13
test: lint
	$(BIN)/pytest -n auto --dist worksteal -m "not browser" --ignore=tests/batch/test_spark.py
	$(BIN)/pytest -n auto --dist worksteal -m "not browser and not registry and not long" --cov=dcrelief.rules $(TRACED)
	$(BIN)/pytest tests/batch/test_spark.py  # Spark's client does not start in a worker of the others

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 dcrelief  # nothing that Windows does not have
	$(BIN)/lint-imports --no-cache

# The pages in a real browser, on screen and on paper; needs Debian's chromium and fonts-noto-cjk, and npm.
AXE := 4.14.1
test-browser: $(VENV)/.axe
	DCRELIEF_AXE=$(CURDIR)/$(VENV)/package/axe.min.js $(BIN)/pytest -m browser

$(VENV)/.axe: $(VENV)/.installed-dev
	cd $(VENV) && npm pack --silent axe-core@$(AXE) && tar -xzf axe-core-$(AXE).tgz package/axe.min.js
	@touch $@

# The JSON Schemas of data/*.toml, after a change of dcrelief/catalogue/schema.py or of data/words.toml.
schemas: $(VENV)/.installed
	$(BIN)/python -m tools.json_schema

# The program's texts in each language, brought up to date after a change of any of them; then translate what is new.
translations: $(VENV)/.installed-dev
	$(BIN)/python -m tools.translations

# The pictures of the README, from the real program; needs Debian's chromium, fonts-noto-cjk, libreoffice-calc, poppler-utils
# and imagemagick, and says which of them is not there.
pictures: $(VENV)/.installed-dev
	$(BIN)/python -m tools.pictures

# The same tests on a real Spark instead of Sail; needs Java 17 or newer.
test-spark: $(SPARK_VENV)/.installed
	DCRELIEF_REAL_SPARK=1 PYSPARK_PYTHON=$(CURDIR)/$(SPARK_VENV)/bin/python \
		$(SPARK_VENV)/bin/python -m pytest -p no:cacheprovider tests/batch/test_spark.py

# The tests with the oldest versions that pyproject.toml allows. Some only: make test-oldest ARGS=tests/files
test-oldest: $(OLDEST_VENV)/.installed
	$(OLDEST_VENV)/bin/python -m pytest -p no:cacheprovider -n auto --dist worksteal --ignore=tests/batch/test_spark.py $(ARGS)

# The wheel in a fresh environment of each Python of this machine from 3.11 on, and the tests against it, some ten minutes
# each. One only, and some tests only: make test-pythons ARGS="--only 3.13 tests/files"
test-pythons: $(VENV)/.installed-dev
	$(BIN)/python -m tools.pythons $(ARGS)

# Small spoilings of the code and the catalogue, a sample by a seed: the tests must find them. Some ten minutes.
# More: make mutants ARGS="--code 1000 --data 0 --seed 2", where 0 is all of the catalogue's.
mutants: $(MUTANTS_VENV)/.installed
	$(MUTANTS_VENV)/bin/python -m tools.mutants $(ARGS)

$(MUTANTS_VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(MUTANTS_VENV)
	$(MUTANTS_VENV)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--editable '.[dev,spark]' cosmic-ray==8.7.0 tomli-w==1.2.0
	@touch $@

# Spoilt bytes for every reader, ten minutes of them, from tests/corpus on. More, or less:
# make fuzz ARGS=-max_total_time=60. An input that breaks a reader is kept as crash-…: add it to tests/test_faults.py.
fuzz: $(FUZZ_VENV)/.installed
	$(FUZZ_VENV)/bin/python -m tools.fuzz $(ARGS)

$(FUZZ_VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(FUZZ_VENV)
	$(FUZZ_VENV)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . atheris==3.0.0
	@touch $@

# Known vulnerabilities of what constraints.txt names. Needs a network that reaches their database; where it does not,
# it says so and fails, so that silence is never taken for safety.
audit: $(AUDIT_VENV)/.installed
	$(AUDIT_VENV)/bin/python -m tools.audit

$(AUDIT_VENV)/.installed:
	$(PYTHON) -m venv $(AUDIT_VENV)
	$(AUDIT_VENV)/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	@touch $@

# Ratios against the floor and against peers, whose packages have an environment of their own.
bench: $(VENV)/.installed-dev $(BENCH_VENV)/.installed
	$(BIN)/python -m compileall -q dcrelief
	@status=0; \
	$(BIN)/python -m benchmarks.start_up || status=1; \
	$(BIN)/python -m benchmarks.batch || status=1; \
	$(BENCH_VENV)/bin/python -m benchmarks.peers || status=1; \
	exit $$status

$(BENCH_VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	$(BENCH_VENV)/bin/pip install --quiet --disable-pip-version-check \
		openfisca-core==46.0.1 zen-engine==2.1.3 rule-engine==5.1.0
	@touch $@

$(SPARK_VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(SPARK_VENV)
	$(SPARK_VENV)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--editable . pyspark pandas pyarrow hypothesis pytest syrupy
	@touch $@

$(VENV)/.installed: pyproject.toml constraints.txt $(wildcard dcrelief/locale/*/LC_MESSAGES/*.po)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q dcrelief
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,spark]'
	@touch $@

$(OLDEST_VENV)/.installed: pyproject.toml constraints-oldest.txt $(wildcard dcrelief/locale/*/LC_MESSAGES/*.po)
	$(PYTHON) -m venv $(OLDEST_VENV)
	$(OLDEST_VENV)/bin/pip install --quiet --disable-pip-version-check --constraint constraints-oldest.txt \
		--editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv .venv-* dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
