"""Faults of disks and files: what the user sees, what is left, and that a run heals."""

import os
import subprocess
from contextlib import ExitStack, contextmanager

import h5py
import numpy as np
import pytest
from aftermath import assert_heals, assert_whole, errors, unfinished

import dag
from pixelwalk import storage
from pixelwalk.jobs import faults
from pixelwalk.storage.kinds.pairs import Weights

IMAGES = "results/images/fives/images.h5"
WEIGHTS = "results/graphs/fives/weights.h5"
GRAPH = "results/graphs/fives/at-0.10/graph.h5"
pytestmark = pytest.mark.xdist_group("mounts")

NO_ROOM = "the disk is full; make room and run again"


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


# Folders of results with disks of their own, how many kB another file leaves free, and
# what is then made: the second of two files is cut off, or the only one, and what
# Snakemake or a job notes.
FULL = {
    "ising/half": (12, "results/ising/half/samples.h5"),
    "graphs/fives": (4, WEIGHTS),
    "figures": (64, "results/figures/figure6.svg"),
    "benchmarks/select_images": (0, "results/images/test/images.h5"),
    "logs/solve_ising": (0, "results/ising/standard/exact.h5"),
}


def test_a_disk_that_fills_while_something_is_written(rerun, finished):
    targets = [target for _, target in FULL.values()]
    for target in targets:
        (rerun / target).unlink()
    disks = [rerun / "results" / folder for folder in FULL]
    with ExitStack() as stack:
        for disk, (free, _) in zip(disks, FULL.values(), strict=True):
            stack.enter_context(mounted(disk, f"size={4 + free}k"))
            (disk / "mine").write_bytes(bytes(4096))
        run = rerun.snakemake("--keep-going", *targets)
        for disk in disks:
            (disk / "mine").unlink()
        *lines, last = errors(run)
        assert last == f"error: {NO_ROOM}"  # of what Snakemake could not note
        assert sorted(lines) == [
            f"error: results/{path}: {NO_ROOM}"
            for path in (
                "figures/figure6.svg",
                "graphs/fives/weights.h5",
                "ising/half/diagnostics.h5",
            )
        ]
        assert targets[-1] in assert_whole(rerun, finished)  # a log stops nothing
        assert not unfinished(rerun)
        for disk in disks:
            remount(disk, "size=2m")
        assert_heals(rerun, finished, *targets)


@pytest.mark.nightly
@pytest.mark.parametrize("size", [120, 600])
def test_a_disk_that_holds_all_results_is_full(emptied, finished, size):
    targets = [f"results/figures/figure{number}.svg" for number in (2, 3, 4)]
    with mounted(emptied / "results", f"size={size}k"):
        lines = errors(emptied.snakemake(*targets))
        assert all(line.endswith(NO_ROOM) for line in lines)
        assert "results" in lines[0]
        assert_whole(emptied, finished)
        assert not unfinished(emptied)
        remount(emptied / "results", "size=20m")
        assert_heals(emptied, finished, *targets)


def test_results_that_cannot_be_written_are_told_before_anything(emptied, finished):
    place, results = emptied, emptied / "results"
    with mounted(results, "size=20m"):
        remount(results, "ro")
        (line,) = errors(place.python("workflow/reproduce.py", IMAGES))
        assert line.startswith(f"error: {results}: the disk is read-only; make it")
        remount(results, "rw", "size=8k")
        (line,) = errors(place.snakemake(IMAGES))
        assert line == f"error: {results}: {NO_ROOM}"
        assert place.files() == []
        remount(results, "size=20m")
        assert_heals(place, finished, IMAGES)


def test_the_whole_folder_is_read_only(rerun):
    before, folder = rerun.sums(), rerun / ".snakemake"
    with mounted(folder, "size=1m"):
        remount(folder, "ro")
        (line,) = errors(rerun.snakemake(IMAGES))
        assert line.startswith(f"error: {folder}: the disk is read-only; make it")
        with pytest.raises(SystemExit) as stopped:  # a dry run, too
            dag.load(rerun, IMAGES)
        assert str(stopped.value) == line
    assert rerun.sums() == before


def test_a_folder_that_becomes_read_only_midway(rerun, finished):
    graphs = rerun / "results/graphs"
    with mounted(graphs, "size=20m"):
        remount(graphs, "ro")
        run = rerun.snakemake(WEIGHTS)
        assert run.returncode == 1 and "Traceback" not in run.stderr
        assert "Read-only file system" in run.stderr
        assert_whole(rerun, finished)
        remount(graphs, "rw")
        assert_heals(rerun, finished, WEIGHTS)


def test_a_full_disk_is_no_lack_of_mnist(emptied, mnist_config, mirror):
    place = emptied
    place.configure(mnist_config)
    with mounted(place / "results/mnist", "size=64k"):
        (place / "results/mnist/mine").touch()  # Snakemake removes an empty folder
        target, mirrors = "results/images/test/images.h5", [mirror("good")]
        run = place.python("workflow/reproduce.py", target, mirrors=mirrors)
        for line in (lines := errors(run)):
            assert line.endswith(NO_ROOM)
        assert "results/mnist/t10k-images-idx3-ubyte.gz: the disk" in lines[0]
        assert "going on with" not in run.stdout
        assert not unfinished(place)


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


def in_data(content):
    """Flip a byte in a chunk of data: all but a few percent of the file is that."""
    return flipped(content, len(content) * 3 // 4)


def replace(path, content):
    """Put another file in the place of a result, as old as that was."""
    times = path.stat()
    path.unlink()
    path.write_bytes(content)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_a_file_that_is_broken_is_set_aside_and_made_again(rerun, finished):
    path, aside = rerun / WEIGHTS, rerun / f"{WEIGHTS}.broken"
    broken = in_data(path.read_bytes())
    replace(path, broken)
    (rerun / GRAPH).unlink()
    (line,) = errors(rerun.snakemake(GRAPH))
    assert line.startswith(f"error: {WEIGHTS}: expected a whole HDF5 file, but it is ")
    assert line.endswith(
        "; it is set aside as weights.h5.broken; run again to make it anew"
    )
    assert not path.exists() and not (rerun / GRAPH).exists()
    assert aside.read_bytes() == broken
    assert_heals(rerun, finished, GRAPH)
    assert path.read_bytes() == (finished / WEIGHTS).read_bytes()


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


@pytest.mark.parametrize("fault", BREAKS)
def test_every_way_in_which_a_result_is_broken_is_seen(finished, tmp_path, fault):
    path = tmp_path / "weights.h5"
    path.write_bytes(BREAKS[fault]((finished / WEIGHTS).read_bytes()))
    expected = r"weights\.h5: expected a whole HDF5 file, but it is broken \("
    with pytest.raises(faults.Broken, match=expected):
        storage.read(path, Weights)


@pytest.mark.parametrize("kind", ["layout", "kind"])
def test_a_result_of_another_layout_or_kind_is_seen(finished, tmp_path, kind):
    path = tmp_path / "weights.h5"
    path.write_bytes((finished / WEIGHTS).read_bytes())
    with h5py.File(path, "r+") as file:
        file.attrs[kind] = {"layout": 1, "kind": np.bytes_(b"graph")}[kind]
    expected = "expected a file of kind 'weights', layout 3, got"
    with pytest.raises(faults.Broken, match=expected):
        storage.read(path, Weights)
