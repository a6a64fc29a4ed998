"""The DAG is built without any library that computes, draws or trains."""

import pytest

# Snakemake's own report module tries to import numpy, and goes on without it. The
# plugin for SLURM and the pandas that it brings, which every start imports where they
# are installed, would not: here they are as if they were not.
WITHOUT = """
import importlib.abc
import importlib.util
import pkgutil
import sys

every, spec = pkgutil.iter_modules, importlib.util.find_spec
pkgutil.iter_modules = lambda *where: (
    found for found in every(*where) if "plugin_slurm" not in found.name
)
importlib.util.find_spec = lambda name, *of: (
    None if name == "pandas" else spec(name, *of)
)

class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {SLOW}:
            raise ImportError(f"{name} is not to be imported")

sys.meta_path.insert(0, Refuse())
sys.argv = ["snakemake", *sys.argv[1:]]
from snakemake.cli import main
main()
"""
SLOW = {
    *("numpy", "scipy", "numba", "llvmlite", "h5py", "matplotlib", "sklearn", "PIL"),
    *("tensorflow", "keras", "jax", "torch", "pooch", "arviz_stats"),
}


@pytest.fixture
def without():
    """Program that is Snakemake, with no way to import what is slow."""
    return WITHOUT.replace("{SLOW}", repr(SLOW))


def test_a_dry_run_of_a_finished_run_imports_nothing_slow(finished, without):
    run = finished.python("-c", without, "-n")
    assert run.returncode == 0, run.stderr
    assert "Nothing to be done" in run.stderr + run.stdout


def test_a_dry_run_of_all_imports_nothing_slow(place, without):
    run = place.python("-c", without, "-n")
    assert run.returncode == 0, run.stderr
    assert "This was a dry-run" in run.stdout


def test_what_the_tests_above_refuse(place, without):
    (place / "Snakefile").write_text("import numpy\nrule all:\n", encoding="utf-8")
    run = place.python("-c", without, "-n")
    assert run.returncode != 0
    assert "numpy is not to be imported" in run.stdout + run.stderr
