# Commands for development. Needs python3.11 with pip and venv, make and git. Installs everything else into .venv.

PYTHON ?= python3.11
BIN := .venv/bin
LOCK_FLAGS := --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
UPGRADE ?=
UPGRADE_FLAGS = $(if $(UPGRADE),$(if $(filter all,$(UPGRADE)),--upgrade,--upgrade-package $(UPGRADE)))
PYTEST_ARGS ?=
EXAMPLES ?= 500
SIZES ?= S M
MOVES ?= 500
SEEDS ?= 1 2 3 4 5
CASES ?= 20000
ROUNDS ?= 200
SEED ?= 0
IN ?= constraints check
ROOM_constraints := formulation.constraints
ROOM_check := check
MUTANTS ?= $(foreach room,$(IN),"optimizer.$(ROOM_$(room)).$(FAMILY).*")

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test doors published bounds laws moves fuzz chaos lint check format bench mutants docs sizes lock hooks

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

setup: .venv/installed ## install the locked packages and Concord into .venv, if the lock has changed

# The stamp is as new as the files it was installed from.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## start the service on loopback, solve the southern flank over HTTP, show the plan and its proof
	$(BIN)/python examples/demo.py

serve: setup ## run the service on loopback until interrupted
	$(BIN)/concord serve

test: setup ## run all tests; PYTEST_ARGS="-k word" narrows them
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

doors: setup ## compare all doors, and both writers, on the southern flank too (takes minutes)
	CONCORD_FLANK=1 $(BIN)/python -m pytest -n auto --timeout 0 tests/system/test_doors.py tests/optimizer/pyomo_model

published: setup ## solve every published problem, through library, command line and HTTP (takes minutes)
	CONCORD_PUBLISHED=1 $(BIN)/python -m pytest -n auto --timeout 0 tests/system/test_published.py

bounds: setup ## check that no plan beats a reported bound, on sizes S to L and the southern flank (takes a quarter of an hour)
	CONCORD_BOUNDS=1 $(BIN)/python -m pytest -n0 -rP --timeout 0 tests/system/test_bounds.py

laws: setup ## check the oracle and every law on EXAMPLES fresh random problems
	CONCORD_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n auto --timeout 0 tests/laws

moves: setup ## MOVES random what-ifs on M and the southern flank: none may lose a plan (takes an hour)
	$(BIN)/python -m benchmarks.moves --moves $(MOVES)

fuzz: setup .venv-fuzz/installed ## mutated documents (CASES) and requests of schemathesis, outside the gate (takes hours)
	$(BIN)/python -m tests.system.fuzz --cases $(CASES) --seed $(SEED)
	$(BIN)/python -m tests.system.fuzz_requests .venv-fuzz/bin/schemathesis --cases $(CASES) --seed $(SEED)

# Separate from .venv: only the requests of the fuzzing need it.
.venv-fuzz/installed: requirements-fuzz.lock
	$(PYTHON) -m venv .venv-fuzz
	.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	@touch $@

chaos: setup ## kill service and solver processes ROUNDS times: no accepted job may be lost (takes a quarter of an hour)
	$(BIN)/python -m tests.system.chaos --rounds $(ROUNDS) --seed $(SEED)

lint: setup ## check style, types, layers, dependencies and dead code
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/vulture
	@$(MAKE) --no-print-directory sizes

check: lint test ## run lint, then test

sizes: ## list the source files above 250 lines: consider splitting them; nothing fails
	@find models optimizer service -name '*.py' -exec wc -l {} + | awk '$$1 > 250 && $$2 != "total" {print "  " $$1 " lines: " $$2}' | sort -rn

format: setup ## let ruff format and fix what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv-bench/installed ## measure against other solvers and formulations, and what-ifs over HTTP; SIZES="S M L" SEEDS="1 2 3"
	.venv-bench/bin/python -m benchmarks $(SIZES) --seeds $(SEEDS)
	.venv-bench/bin/python -m benchmarks.what_if examples/problems/southern_flank_2019.json

# Separate from .venv: the peers of the benchmarks bring dozens of packages that nothing else needs.
.venv-bench/installed: requirements-bench.lock pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

mutants: setup ## mutation testing of FAMILY=caveat, IN=constraints for the formulation alone (docs/mutation.md)
	@rm -f mutants/mutmut-stats.json # test coverage of the family that was mutated last
	PYTEST_ADDOPTS="-k 'test_$(FAMILY).py or test_$(FAMILY)_futures.py or ((test_families.py or test_planted.py) and $(FAMILY))'" \
		$(BIN)/mutmut run --max-children 2 $(MUTANTS)

docs: setup ## write the pages that follow from the code: docs/{model,errors,problem,outcome,study}.md
	$(BIN)/python docs/model.py docs
	$(BIN)/python docs/errors.py docs
	$(BIN)/python docs/documents.py docs

lock: setup ## update the lock files from pyproject.toml; UPGRADE=all or UPGRADE=package also moves versions
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK_FLAGS) $(UPGRADE_FLAGS) \
		-o requirements-runtime.lock pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK_FLAGS) $(UPGRADE_FLAGS) \
		--extra dev -c requirements-runtime.lock -o requirements.lock pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK_FLAGS) $(UPGRADE_FLAGS) \
		--extra bench -c requirements.lock -o requirements-bench.lock pyproject.toml
	echo "schemathesis>=4.0" | CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK_FLAGS) $(UPGRADE_FLAGS) \
		-o requirements-fuzz.lock -
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile $(LOCK_FLAGS) $(UPGRADE_FLAGS) \
		--build-deps-for wheel --only-build-deps -c requirements.lock -o requirements-build.lock pyproject.toml

hooks: setup ## install a git hook that checks changed files before every commit
	$(BIN)/prek install
