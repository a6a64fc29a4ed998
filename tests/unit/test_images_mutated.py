"""Mutated files of every format: one line each, little time and memory, no crash."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mutated

HERE = Path(__file__).parent.parent


def mutate(ending, count, folder):
    paths = [str(HERE), str(HERE.parent / "workflow")]
    done = subprocess.run(
        [sys.executable, mutated.__file__, ending, str(count), "1", str(folder)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def check(told, count):
    assert told["wrong"] == []
    assert told["read"] + told["refused"] == count
    assert told["refused"] > 0
    assert told["megabytes"] < 1000
    assert told["seconds"] < 10


@pytest.mark.parametrize("ending", mutated.FORMATS)
def test_some_mutated_files(ending, tmp_path):
    check(mutate(ending, 100, tmp_path), 100)


@pytest.mark.nightly
@pytest.mark.parametrize("ending", mutated.FORMATS)
def test_many_mutated_files(ending, tmp_path):
    check(mutate(ending, 3000, tmp_path), 3000)
