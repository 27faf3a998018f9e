# `make demo` shows what Bilik does, `make test` proves it. Both make their own environment in .venv and need nothing but
# Python 3.11 or newer and make.

PYTHON ?= python3
BIN := .venv/bin
AS_OF ?= 2026-01-01
LANG_OF_DEMO ?= ru

.PHONY: demo test check agreement bench clean

demo: .venv/ready
	@echo '$$ bilik build --check'
	@$(BIN)/bilik build --check && echo 'every generated file follows from the source text'
	@echo; echo '$$ bilik check data/people/saule-ulgi.ttl --as-of $(AS_OF) --lang $(LANG_OF_DEMO)'
	@$(BIN)/bilik check data/people/saule-ulgi.ttl --as-of $(AS_OF) --lang $(LANG_OF_DEMO) || test $$? -eq 1
	@echo; echo '$$ bilik check data/people/saule-ulgi.ttl --as-of $(AS_OF) --lang $(LANG_OF_DEMO) --grade accountant-high-first --why'
	@$(BIN)/bilik check data/people/saule-ulgi.ttl --as-of $(AS_OF) --lang $(LANG_OF_DEMO) --grade accountant-high-first --why || test $$? -eq 1
	@echo; echo '$$ bilik explain accountant-high-first --lang $(LANG_OF_DEMO)'
	@$(BIN)/bilik explain accountant-high-first --lang $(LANG_OF_DEMO)

test: .venv/ready
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# Everything that CI asks for.
check: test
	$(BIN)/bilik build --check
	$(BIN)/ruff check scripts tests
	$(BIN)/mypy

# The evaluators on as many random people as you like: the rules on two engines, the oracle, SHACL and OWL.
PEOPLE ?= 5000
PEOPLE_ON_RDFLIB ?= $(PEOPLE)
agreement: .venv/ready
	BILIK_PEOPLE=$(PEOPLE) BILIK_PEOPLE_ON_RDFLIB=$(PEOPLE_ON_RDFLIB) $(BIN)/python -m pytest --numprocesses auto \
	    tests/test_agreement.py tests/test_shapes.py tests/test_classes.py

bench: .venv/ready
	$(BIN)/python tests/benchmarks/cold_check.py
	$(BIN)/python tests/benchmarks/growth.py
	$(BIN)/python tests/benchmarks/queries.py

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Bilik needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# An R2RML engine for the test of the mapping of tables: it wants older packages than the project, so it lives apart.
.venv-r2rml/ready:
	$(PYTHON) -m venv .venv-r2rml
	.venv-r2rml/bin/python -m pip install --quiet "morph-kgc[sqlite]>=2.8"
	touch $@

clean:
	rm -rf .venv .venv-r2rml dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
