"""Faults of disks and files: what the user sees, what is left, and that a run heals."""

import os
import subprocess
from contextlib import contextmanager

import h5py
import numpy as np
import pytest
from aftermath import assert_heals, assert_whole, row

WEIGHTS = "results/graphs/fives/weights.h5"
STATIONARY = "results/graphs/fives/at-0.10/stationary.h5"


def errors(run):
    """The lines with which a run ended badly, without a traceback."""
    assert run.returncode not in (0, -11), run.stderr
    told = run.stdout + run.stderr
    assert "Traceback" not in told and "Exception ignored" not in told, told
    found = [x for x in run.stderr.splitlines() if x.startswith("error")]
    assert found, run.stderr
    return found


@contextmanager
def mounted(folder, *options):
    """Mount a small disk of its own, or give the reason why that cannot be."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", folder]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        reason = f"expected to be allowed to mount a disk: {done.stderr}"
        # Where the tests stand guard, a skipped one would pass for a good one.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def remount(folder, *options):
    subprocess.run(["mount", "-o", ",".join(("remount", *options)), folder], check=True)


@pytest.mark.parametrize("size", [8, 120, 600])
def test_the_disk_is_full(emptied, finished, size):
    place, results = emptied, emptied / "results"
    with mounted(results, f"size={size}k"):
        run = place.snakemake()
        lines = errors(run)
        for line in lines:
            assert line.endswith("the disk is full; make room and run again")
        assert "results" in lines[0]
        assert_whole(place, finished)
        assert not [path for path in place.files() if "/." in path]
        row(f"disk full after {size} kB", lines[0])
        remount(results, "size=20m")
        assert_heals(place, finished)


def test_the_results_are_read_only(emptied, finished):
    place, results = emptied, emptied / "results"
    with mounted(results, "size=20m"):
        remount(results, "ro")
        (line,) = errors(place.snakemake())
        assert line.startswith(f"error: {results}: the disk is read-only; make it")
        (line,) = errors(place.python("workflow/reproduce.py"))
        assert line.startswith(f"error: {results}: the disk is read-only; make it")
        row("results/ is read-only", line)
        remount(results, "rw")
        assert_heals(place, finished, STATIONARY)


def test_the_whole_folder_is_read_only(rerun):
    before = rerun.sums()
    with mounted(rerun / ".snakemake", "size=1m"):
        remount(rerun / ".snakemake", "ro")
        for arguments in (["-n"], ["--cores", "2"]):
            (line,) = errors(rerun.snakemake(*arguments))
            assert line.startswith(f"error: {rerun / '.snakemake'}: the disk is read-")
        row("the whole folder is read-only", line)
    assert rerun.sums() == before


def test_a_folder_that_becomes_read_only_midway(emptied, finished):
    place, results = emptied, emptied / "results"
    with mounted(results / "graphs", "size=20m"):
        remount(results / "graphs", "ro")
        run = place.snakemake(STATIONARY)
        assert run.returncode == 1 and "Traceback" not in run.stderr
        assert "Read-only file system" in run.stderr
        assert_whole(place, finished)
        remount(results / "graphs", "rw")
        assert_heals(place, finished, STATIONARY)


def test_a_full_disk_is_no_lack_of_mnist(emptied, mnist_config, mirror):
    place = emptied
    place.configure(mnist_config)
    with mounted(place / "results/mnist", "size=64k"):
        (place / "results/mnist/mine").touch()  # Snakemake removes an empty folder
        target, mirrors = "results/images/test/images.h5", [mirror("good")]
        run = place.python("workflow/reproduce.py", target, mirrors=mirrors)
        for line in (lines := errors(run)):
            assert line.endswith("the disk is full; make room and run again")
        assert "results/mnist/t10k-images-idx3-ubyte.gz: the disk" in lines[0]
        assert "going on with" not in run.stdout
        assert not [path for path in place.files() if "/." in path]
        row("a full disk under results/mnist", lines[0])


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


def in_data(content):
    """Flip a byte in a chunk of data: all but a few percent of the file is that."""
    return flipped(content, len(content) * 3 // 4)


BREAKS = {
    "cut off to nothing": lambda content: b"",
    "cut off in its head": lambda content: content[:40],
    "cut off in the middle": lambda content: content[: len(content) // 2],
    "cut off by a byte": lambda content: content[:-1],
    "flipped in its signature": lambda content: flipped(content, 1),
    "flipped in its settings": lambda content: flipped(
        content, content.index(b'"kind": "coactivation"') + 9
    ),
    "flipped in its data": in_data,
    "replaced by text": lambda content: b"<html>404</html>\n" * 999,
}


def break_and_heal(rerun, finished, path, target, fault):
    """Run on a broken file, and once more; give the lines of the first run."""
    content = (rerun / path).read_bytes()
    (rerun / target).unlink()
    lines = errors(rerun.snakemake(target))
    (line,) = lines
    aside = f"{path.rpartition('/')[2]}.broken"
    assert line.startswith(f"error: {path}: ")
    assert line.endswith(f"; it is set aside as {aside}; run again to make it anew")
    assert not (rerun / path).exists() and not (rerun / target).exists()
    assert (rerun / f"{path}.broken").read_bytes() == content
    row(fault, lines[0])
    assert_heals(rerun, finished, target)
    assert (rerun / path).read_bytes() == (finished / path).read_bytes()
    return line


@pytest.mark.parametrize("fault", BREAKS)
def test_a_file_that_is_broken(rerun, finished, fault):
    path = rerun / WEIGHTS
    times = path.stat()
    path.write_bytes(BREAKS[fault](path.read_bytes()))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    target = "results/graphs/fives/at-0.10/graph.h5"
    line = break_and_heal(rerun, finished, WEIGHTS, target, f"HDF5 file {fault}")
    assert "expected a whole HDF5 file, but it is broken (" in line


@pytest.mark.parametrize("kind", ["layout", "kind"])
def test_a_file_of_another_layout_or_kind(rerun, finished, kind):
    with h5py.File(rerun / WEIGHTS, "r+") as file:
        file.attrs[kind] = {"layout": 1, "kind": np.bytes_(b"graph")}[kind]
    target = "results/graphs/fives/at-0.10/graph.h5"
    fault = f"HDF5 file of another {kind}"
    line = break_and_heal(rerun, finished, WEIGHTS, target, fault)
    assert "expected a file of kind 'weights', layout 2, got" in line
