"""The command: one benchmark from end to end, and names that are none."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def bench(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )


def test_a_benchmark_writes_what_the_design_says(tmp_path):
    done = bench("exact", "--quick", "--threads", 1, "--output", tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "exact.json").read_text())
    assert {"work", "ours", "peers", "ratio", "limit", "sweeps"} <= set(found)
    assert found["machine"]["threads"] == 1
    assert found["ours"]["runs"] == 2
    ours = found["ours"]
    rate = ours["work"] / ours["seconds"]["median"]
    assert ours["work_per_second"] == pytest.approx(rate)
    assert found["limit"]["what"]
    sides, couplings = found["sweeps"]
    assert sides["curves"]["pixelwalk"]["exponent"]["value"] is not None
    assert couplings["curves"]["pixelwalk"]["exponent"] is None
    assert (tmp_path / "exact.png").stat().st_size
    assert "run 2 of 2" in done.stdout


def test_a_name_that_is_none_is_refused(tmp_path):
    done = bench("sampeling", "--output", tmp_path)
    assert done.returncode == 2
    assert "got sampeling" in done.stderr
    assert not list(tmp_path.iterdir())
