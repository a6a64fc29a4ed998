"""Compiled kernels: never older than the code that they are made of."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from pixelwalk.compute import compiled

PACKAGE = Path(compiled.__file__).parents[1]
HELPER = "import numba\n\n@numba.njit\ndef helper():\n    return {}\n"
CALLER = """
from pixelwalk.compute.compiled import kernel
from pixelwalk.helper import helper

@kernel
def call():
    return helper()
"""
RUN = """
from pixelwalk.caller import call

print(call(), sum(call.stats.cache_hits.values()))
"""


@pytest.fixture
def run(tmp_path):
    """Run a kernel in a package of its own: what it gives, and hits of the cache."""
    folder = tmp_path / "pixelwalk"
    for name in ("compute/compiled", "jobs/fingerprint", "jobs/surroundings"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / f"{name}.py", folder / f"{name}.py")
    for name in ("", "compute", "jobs"):
        shutil.copy(PACKAGE / name / "__init__.py", folder / name)
    (folder / "caller.py").write_text(CALLER)

    def run(value):
        (folder / "helper.py").write_text(HELPER.format(value))
        environment = os.environ | {"PYTHONPATH": str(tmp_path)}
        command = [sys.executable, "-c", RUN]
        ended = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.split()

    return run


def test_code_in_another_file_is_never_stale(run):
    assert run(1) == ["1", "0"]
    assert run(1) == ["1", "1"]
    assert run(2) == ["2", "0"]
    assert run(2) == ["2", "1"]


def test_without_a_folder_for_it_nothing_is_cached_and_all_works(monkeypatch):
    njit = numba.njit

    def unwritable(*arguments, cache=False, **keywords):
        if cache:
            return lambda function: (_ for _ in ()).throw(RuntimeError("no locator"))
        return njit(*arguments, **keywords)

    monkeypatch.setattr(numba, "njit", unwritable)
    with pytest.warns(UserWarning, match="NUMBA_CACHE_DIR"):
        double = compiled.kernel(lambda x: 2 * x)
    assert double(3) == 6
