# make: install what is locked, run the workflow, say where the results are.
# ARGS is passed on to snakemake: make ARGS="--configfile my.yaml".

PYTHON ?= python3
BIN := .venv/bin
export PIXELWALK_STARTED := $(shell date +%s)

.PHONY: all slurm test scale bench lint unlock lock audit docs clean

all: .venv/run.done
	@$(BIN)/python workflow/reproduce.py $(ARGS)

# What a run on a cluster needs on top: snakemake --profile profiles/slurm.
slurm: .venv/slurm.done

test: lint
	$(BIN)/python -m pytest --cov --cov-fail-under=90

# A tenth of examples/scale.yaml on a SLURM of its own.
scale: .venv/test.done
	$(BIN)/python -m pytest -m scale

# Ours and the peers, side by side; ARGS names some, or says --quick.
bench: benchmarks/.venv/bench.done
	@benchmarks/.venv/bin/python -m benchmarks $(ARGS)

lint: .venv/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/snakefmt --check Snakefile workflow/rules
	$(BIN)/snakemake --lint

# Only when no other run is under way here: after one was killed.
unlock: .venv/run.done
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

# Needs uv. Names no package index, so that the lock works with any.
lock:
	cd envs && for name in requirements slurm test audit; do uv pip compile --quiet \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-strip-extras --fork-strategy fewest --output-file $$name.txt $$name.in || exit 1; done
	cd benchmarks && uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --fork-strategy fewest \
	  --overrides overrides.txt --output-file requirements.txt requirements.in

# Known vulnerabilities of all that is locked; asks the package index about them.
audit:
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes -r envs/audit.txt
	.venv/audit/bin/pip-audit --strict --disable-pip --require-hashes -r envs/test.txt

# The figures that the README shows, from the last run; a tenth of the large example.
docs: all
	$(BIN)/snakemake --cores all results/figures/transition-critical.png \
	  --configfile examples/scale.yaml examples/scale-tenth.yaml
	cp results/figures/figure[3-9].png results/figures/figure1[01].png \
	  results/figures/transition-critical.png docs/

clean:
	rm -rf results .snakemake
