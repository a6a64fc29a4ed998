"""On a real SLURM: the profile for users, and what may go wrong on a cluster.

Five runs are begun at once and go on beside the tests that stand before theirs.
"""

import os
import re
import shutil
import signal
from collections import Counter
from pathlib import Path

import h5py
import numpy as np
import pytest

from slurm_cluster import ACCOUNT, NODES, Cluster, missing
from slurm_run import Run, always, at_first, change

SAMPLES = "results/ising/half/samples.h5"
WALK = "results/graphs/half/at-0/stationary.h5"
SAMPLING_TIME = ("workflow/rules/ising.smk", "sampling_minutes)", "1)")


@pytest.fixture(scope="module")
def tell(request):
    """Function that says something in the log of the tests, whatever is captured."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(*lines):
        with capture.global_and_fixture_disabled():
            print("", *lines, sep="\n", flush=True)

    return tell


def started(accounting=False):
    """Cluster that may be entered; where it cannot stand: skip, or fail on guard."""
    if tools := missing(accounting):
        reason = f"SLURM is not whole: {', '.join(tools)} missing; .ci/run installs it"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return Cluster(accounting)


@pytest.fixture(scope="module")
def cluster(tell):
    with started() as cluster:
        tell(cluster.run("sinfo", "--Node", "--long").strip())
        yield cluster


@pytest.fixture(scope="module")
def begin(cluster):
    """Function that begins a run, which ends with these tests at the latest."""
    runs = []

    def begin(place, *arguments, **options):
        runs.append(Run(place, cluster, *arguments, **options))
        return runs[-1]

    yield begin
    for run in runs:
        run.end()


@pytest.fixture
def show(request, tell):
    """Function that shows what a run submitted, and what holds of it."""

    def show(run, *held):
        row = "  job {id:>3}  {state:<10} {memory:>6} {limit:>8}  {node:<3} {what:.60}"
        jobs = [row.format_map(job) for job in run.jobs()]
        tell(f"{request.node.name}: {', '.join(held)}", *jobs)

    return show


@pytest.fixture(scope="module")
def side_by_side(begin, new_place):
    """Four runs under way: whole, failing once, over its memory, and over its time."""
    failing, greedy, slow = (new_place() for _ in range(3))
    at_first(failing, "average_pairs", "raise OSError('the disk has hiccups')")
    always(greedy, "sample_ising", "held = b'x' * 900_000_000", "time.sleep(5)")
    change(slow, *SAMPLING_TIME)
    at_first(slow, "sample_ising", "time.sleep(600)")
    return {
        "slow": begin(slow, SAMPLES, often=20),
        "whole": begin(new_place(), often=20, limit=900),
        "failing": begin(failing, WALK),
        "greedy": begin(greedy, SAMPLES),
    }


@pytest.fixture(scope="module")
def with_accounts(new_place, mirror):
    """Run under way on a cluster that keeps accounts."""
    mine = [f"slurm_account={ACCOUNT}", "slurm_partition=main", "turn=1"]
    targets = [WALK, "results/images/fives/images.h5"]
    with started(accounting=True) as cluster:
        run = Run(
            new_place(mirror("good")), cluster, *targets, "--default-resources", *mine
        )
        yield run
        run.end()


def same(place, finished):
    """Whether all that is there has the bytes of the local run; nothing half done."""
    sums = place.sums()
    assert sums and sums.items() <= finished.sums().items()
    return f"{len(sums)} files, bytes equal"


def test_an_interrupt_cancels_what_runs_and_what_waits(
    side_by_side, with_accounts, begin, new_place, finished, show
):
    place = new_place()
    at_first(place, "solve_ising", "time.sleep(300)")
    # One by one, and of a size that lets a node hold one of them.
    wide = ["--group-components", "ising=1", "--set-resources"]
    wide += ["sample_ising:mem_mb=9000", "solve_ising:mem_mb=9000"]
    targets = [
        f"results/ising/{name}/{file}.h5"
        for name in ("half", "standard")
        for file in ("exact", "samples")
    ]
    run = begin(place, *targets, *wide)
    run.until(lambda: (place / "solve_ising.first").exists())
    run.until(lambda: {"RUNNING", "PENDING"} <= set(run.states()))
    run.process.send_signal(signal.SIGINT)
    assert run.wait() != 0
    counts = Counter(run.settled())
    assert counts["CANCELLED"] >= 2
    show(run, f"interrupted, {counts['CANCELLED']} jobs cancelled, none left")
    assert not list((place / ".snakemake/locks").glob("*"))
    again = begin(place, *targets)
    assert again.wait() == 0, again.text
    show(again, "run again", same(place, finished))


def test_a_run_that_is_killed_leaves_jobs_that_do_no_harm(
    begin, new_place, finished, show
):
    place = new_place()
    wait = "any(time.sleep(0.1) for _ in iter(pathlib.Path('go').exists, True))"
    at_first(place, "sample_ising", wait, before="storage.write")
    killed = begin(place, SAMPLES)
    killed.until(lambda: (place / "sample_ising.first").exists())
    killed.kill()
    assert place.snakemake("--unlock").returncode == 0
    run = begin(place, SAMPLES, often=6)
    assert run.wait() == 0, run.text
    assert killed.states() == ["RUNNING"], "the old job is to outlive the new run"
    held = same(place, finished)
    (place / "go").touch()
    assert killed.settled() == ["COMPLETED"]
    show(killed, "killed, its job goes on")
    show(run, "run at the same time on the same output", held)
    assert same(place, finished) == held
    assert "Nothing to be done" in place.snakemake("-n", SAMPLES).stdout


def test_a_failed_job_is_submitted_anew(side_by_side, finished, show):
    run = side_by_side["failing"]
    assert run.wait() == 0, run.text
    assert Counter(run.states()) == {"COMPLETED": 2, "FAILED": 1}
    show(run, "failed once", same(run.place, finished))


@pytest.mark.parametrize(
    ("kind", "states", "reason", "asked", "grew"),
    [
        ("greedy", {"FAILED", "OUT_OF_MEMORY"}, "exceeded", "memory", "700M 1400M"),
        ("slow", {"TIMEOUT"}, "DUE TO TIME LIMIT", "limit", "1:00 2:00"),
    ],
)
def test_a_job_over_its_limit_is_told_of_and_gets_more(
    side_by_side, finished, show, kind, states, reason, asked, grew
):
    run = side_by_side[kind]
    assert run.wait() == 0, run.text
    first, second = run.jobs()
    assert first["state"] in states and second["state"] == "COMPLETED"
    assert [first[asked], second[asked]] == grew.split()
    (log,) = re.findall(r"^ +log: (\S+slurm\S+) \(check log", run.text, re.M)
    told = (run.place / log).read_text()
    assert reason in told, told
    (line,) = [line for line in told.splitlines() if reason in line][:1]
    show(run, same(run.place, finished), f"log: {log}", line)


def test_the_whole_workflow_has_the_bytes_of_a_local_run(side_by_side, finished, show):
    run = side_by_side["whole"]
    assert run.wait() == 0, run.text
    assert set(run.states()) == {"COMPLETED"} and len(run.jobs()) <= 12
    assert run.place.sums() == finished.sums()
    show(run, same(run.place, finished))


def test_a_further_run_does_what_is_missing_and_no_more(
    side_by_side, begin, finished, show
):
    place = side_by_side["whole"].place
    run = begin(place)
    assert run.wait() == 0 and "Nothing to be done" in run.text
    assert run.jobs() == []
    (place / "results/figures/figure4.png").unlink()
    run = begin(place)
    assert run.wait() == 0, run.text
    (job,) = run.jobs()  # the figure, and the summary, which shows it
    what = "rule_figures_draw_figure4_write_summary"
    assert job["state"] == "COMPLETED" and job["what"] == what
    show(run, "one figure deleted", same(place, finished))
    assert place.sums() == finished.sums()


def test_a_node_that_goes_down_loses_nothing(begin, cluster, new_place, finished, show):
    place = new_place()
    at_first(place, "average_pairs", "time.sleep(600)")
    run = begin(place, WALK)
    run.until(lambda: (place / "average_pairs.first").exists())
    (down,) = [job["node"] for job in run.jobs() if job["state"] == "RUNNING"]
    set_node = ("scontrol", "update", f"nodename={down}")
    cluster.run(*set_node, "state=down", "reason=test")
    try:
        assert run.wait() == 0, run.text
    finally:
        cluster.run(*set_node, "state=resume")
    last = run.jobs()[-1]
    assert last["state"] == "COMPLETED"
    assert last["node"] in set(NODES) - {down}
    show(run, f"{down} went down", same(place, finished))


def test_with_accounts_it_is_told_by_sacct_and_mnist_is_fetched_here(
    with_accounts, finished, show, tell
):
    run = with_accounts
    assert run.wait() == 0, run.text
    fields = "--format=JobID,Account,Partition,State,ReqMem,Timelimit,NodeList"
    tell(run.cluster.run("sacct", "-X", fields).rstrip())
    assert run.states() == ["COMPLETED"] * 3
    assert not [job for job in run.jobs() if "fetch_mnist" in job["what"]]
    sums, local = run.place.sums(), finished.sums()
    common = [path for path in sums if re.search("/(ising|graphs)/", path)]
    assert len(common) == 5
    assert all(sums[path] == local[path] for path in common)
    show(run, f"{len(common)} files, bytes equal")


@pytest.mark.scale
def test_a_tenth_of_the_example_larger_than_a_machine(begin, new_place, show, tell):
    place = new_place()
    shutil.copytree(Path(__file__).parents[2] / "examples", place / "examples")
    example = ["examples/scale.yaml", "examples/scale-tenth.yaml"]
    figure = "results/figures/transition-critical.png"
    run = begin(place, figure, "--configfile", *example, often=30, limit=3000)
    assert run.wait() == 0, run.text
    assert set(run.states()) == {"COMPLETED"} and (place / figure).stat().st_size
    samples = sorted((place / "results/ising").glob("scale-*/diagnostics.h5"))
    assert len(samples) == 5
    for path in samples:
        with h5py.File(path) as file:
            assert abs(file["z"][0]) < 5  # of the energy, from the exact one
        measured = place / f"results/studies/transition/{path.parent.name}.h5"
        with h5py.File(measured) as file:
            assert file["precision"][()] == 1
    tell(f"{'rule':20} {'jobs':>4} {'CPU s each':>10} {'most MB':>8}")
    for rule in sorted((place / "results/benchmarks").iterdir()):
        rows = [
            path.read_text().split("\n")[1].split("\t") for path in rule.rglob("*.tsv")
        ]
        cpu, most = (np.array([row[c] for row in rows], float) for c in (-1, 2))
        tell(f"{rule.name:20} {len(rows):4} {cpu.mean():10.1f} {most.max():8.0f}")
    show(run, f"{len(run.jobs())} submissions")
