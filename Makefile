# `make help` lists the targets.

PYTHON ?= python3
BIN := .venv/bin
# Two workers that compute, and one that mostly waits for the cluster. Tests that share a
# mount, the browser or the cluster run on the same worker.
WORKERS := -n 3 --dist loadgroup --no-loadscope-reorder
export PIXELWALK_STARTED := $(shell date +%s)

.PHONY: all help slurm test nightly bench lint unlock lock audit docs docs/rules.md clean

all: .venv/run.done ## install the locked versions, run everything, write the report
	@$(BIN)/python workflow/reproduce.py $(ARGS)

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1\t/p' Makefile | expand -t 14
	@echo 'make ARGS="--configfile my.yaml" passes arguments on to snakemake;'
	@echo 'make PYTHON=python3.12 uses another Python.'

slurm: .venv/slurm.done ## install the packages for --profile profiles/slurm

test: lint ## all checks: lint, unit tests, a small run of the workflow, SLURM, the browser
	$(BIN)/python -m pytest $(WORKERS) --durations=20

nightly: .venv/test.done ## slow checks: examples, kills at any moment, coverage, seeded faults
	$(BIN)/python -m pytest $(WORKERS) --durations=20 -m nightly
	$(BIN)/python -m pytest $(WORKERS) tests/unit workflow/studies --cov --cov-fail-under=90
	$(BIN)/python tests/seeded/run.py --jobs 2

bench: benchmarks/.venv/bench.done ## compare with peers; ARGS names some comparisons, or is --quick
	@benchmarks/.venv/bin/python -m benchmarks $(ARGS)

lint: .venv/test.done ## ruff, snakefmt, imports, types, and snakemake --lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile workflow/rules workflow/studies
	PYTHONPATH=workflow $(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	$(BIN)/snakemake --lint

unlock: .venv/run.done ## free the folder after a run was killed, if no other is running
	$(BIN)/snakemake --cores 1 --unlock

.venv/run.done: envs/requirements.txt
.venv/slurm.done: envs/slurm.txt | .venv/run.done
.venv/test.done: envs/test.txt | .venv/run.done

.venv/%.done:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; \
	  sys.exit(0 if (3, 11) <= v <= (3, 13) else "Python 3.11, 3.12 or 3.13 is needed, " \
	  "but %s is %d.%d; name another: make PYTHON=python3.12" % (sys.executable, v[0], v[1]))'
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r $<
	@touch $@

benchmarks/.venv/bench.done: benchmarks/requirements.txt
	@benchmarks/.venv/bin/python -m pip --version >/dev/null 2>&1 || \
	  $(PYTHON) -m venv --clear benchmarks/.venv
	benchmarks/.venv/bin/python -m pip install --disable-pip-version-check --no-deps \
	  --require-hashes -r $<
	@touch $@

# The lock names no package index, so that it works with any.
lock: ## lock the packages of envs/*.in; needs uv
	cd envs && for name in requirements slurm test audit; do uv pip compile --quiet \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-strip-extras --fork-strategy fewest --output-file $$name.txt $$name.in || exit 1; done
	cd benchmarks && uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --fork-strategy fewest \
	  --overrides overrides.txt --output-file requirements.txt requirements.in

audit: ## check all locked packages for known vulnerabilities
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes -r envs/audit.txt
	.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes -r envs/test.txt

docs: all docs/rules.md .venv/test.done ## renew docs/: reference pages, and the README's pictures
	$(BIN)/python docs/files.py
	$(BIN)/python docs/picture.py docs/explorer.png
	$(BIN)/snakemake --cores all results/figures/transition-critical.png \
	  --configfile examples/scale.yaml examples/scale-tenth.yaml
	$(BIN)/python examples/draw_shapes.py shapes
	$(BIN)/snakemake --cores all results/figures/graph-crosses.png \
	  --configfile examples/own-folder.yaml
	cp results/figures/figure[3-9].png results/figures/figure1[01].png \
	  results/figures/transition-critical.png results/figures/graph-crosses.png docs/

# With one hash seed, since the order of lines follows that of Python's sets.
docs/rules.md: .venv/run.done
	@graph="$$(PYTHONHASHSEED=0 $(BIN)/snakemake --rulegraph mermaid-js)" && \
	  printf '# Rules\n\n%s\n\n```mermaid\n%s\n```\n' \
	  'Each box is a rule of the default configuration; arrows point from a rule to those that read its results.' \
	  "$$graph" > $@

clean: ## delete all results
	rm -rf results .snakemake
