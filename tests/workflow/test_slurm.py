"""On a real SLURM: the profile for users, and what may go wrong on a cluster.

The runs that wait for minutes go on beside all tests; each test waits for its own.
"""

import os
import re
import shutil
import signal
from pathlib import Path

import h5py
import pytest

from slurm_cluster import ACCOUNTS, NODES, Cluster, missing
from slurm_run import Run, at_first, change

pytestmark = pytest.mark.xdist_group("slurm")

EXACT = "results/ising/half/exact.h5"
SAMPLES = "results/ising/half/samples.h5"
IMAGES = "results/images/fives/images.h5"
FEW = ["--jobs", 4]  # submissions at once, since all share one machine
WALK = "results/graphs/half/at-0/stationary.h5"


@pytest.fixture(scope="module")
def cluster():
    if tools := missing():
        reason = f"SLURM is not whole: {', '.join(tools)} missing; .ci/run installs it"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with Cluster() as cluster:
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


@pytest.fixture(scope="module")
def faulty_run(begin, new_place):
    """Run under way in which four jobs go wrong, each in another way.

    sample_ising exceeds its memory, average_pairs fails, select_images exceeds its
    time, and the node on which solve_ising runs alone goes down.
    """
    place = new_place()
    at_first(place, "sample_ising", "held = b'x' * 900_000_000", "time.sleep(60)")
    at_first(place, "average_pairs", "raise OSError('the disk has hiccups')")
    select = "mem_mb=memory_mb(loading_gb),"
    at_most = f"{select}\n        runtime=minutes(1),"
    change(place, "workflow/rules/images.smk", select, at_most)
    at_first(place, "select_images", "time.sleep(900)")
    at_first(place, "solve_ising", "time.sleep(3000)")  # until its node goes down
    alone = ["--group-components", "ising=1", "--set-resources"]
    alone += ["solve_ising:slurm_partition=spare", "solve_ising:runtime=60"]
    return begin(place, WALK, IMAGES, EXACT, *alone, often=5)


@pytest.fixture(scope="module")
def local(request, faulty_run):
    """Place of the local run, which may be made while the first one here waits."""
    return request.getfixturevalue("finished")


@pytest.fixture(scope="module")
def compiled_place(local, new_place):
    """Function that makes a fresh place in which the kernels need not be compiled."""

    def make(*arguments):
        place = new_place(*arguments)
        workflow = local.folder / "workflow"
        shutil.copytree(workflow, place.folder / "workflow", dirs_exist_ok=True)
        return place

    return make


@pytest.fixture(scope="module")
def whole_run(begin, compiled_place):
    """Run under way of the whole workflow."""
    return begin(compiled_place())


@pytest.fixture(scope="module")
def faulty(cluster, faulty_run, whole_run):
    """Run that is over, in which four jobs went wrong; the node's is the last.

    If the plugin asks at a bad moment which node failed, it hears "None assigned" and
    excludes that from whatever it submits later, which SLURM refuses.
    """
    again = ("sample_ising", "select_images", "average_pairs")
    faulty_run.until(
        lambda: all(len(faulty_run.jobs(rule)) == 2 for rule in again), seconds=1200
    )
    (job,) = faulty_run.jobs("solve_ising")
    assert (job["node"], job["state"]) == (NODES[1], "RUNNING")
    cluster.run("scontrol", "update", f"nodename={NODES[1]}", "state=down", "reason=x")
    assert faulty_run.wait() == 0, faulty_run.text
    return faulty_run


@pytest.fixture(scope="module")
def whole(whole_run):
    """Run of the whole workflow that is over."""
    assert whole_run.wait(1800) == 0, whole_run.text
    return whole_run


def bytes_are_equal(place, local):
    """Return whether all that is there has the bytes of the local run."""
    sums = place.sums()
    return bool(sums) and sums.items() <= local.sums().items()


def log_of_failed(run, what):
    """Return what the log says that a message of a failed submission refers to."""
    (log,) = re.findall(rf"^ +log: (\S+slurm\S+{what}\S+) \(check log", run.text, re.M)
    return (run.place / log).read_text()


@pytest.mark.parametrize(
    ("rule", "state", "reason", "asked", "amounts"),
    [
        ("sample_ising", "FAILED", "exceeded memory limit", "memory", "700M 1400M"),
        ("select_images", "TIMEOUT", "DUE TO TIME LIMIT", "limit", "1:00 2:00"),
        ("average_pairs", "FAILED", "the disk has hiccups", "limit", "9:00 18:00"),
    ],
    ids=["memory", "time", "error"],
)
def test_a_failed_job_is_submitted_again_and_gets_more(
    faulty, rule, state, reason, asked, amounts
):
    first, second = faulty.jobs(rule)
    # OUT_OF_MEMORY where SLURM has it so; here it polls, and kills a step of the job.
    assert first["state"] in {state, "OUT_OF_MEMORY"}
    assert second["state"] == "COMPLETED"
    assert [first[asked], second[asked]] == amounts.split()
    assert reason in log_of_failed(faulty, rule)


def test_a_job_on_a_node_that_goes_down_runs_on_another(faulty):
    (job,) = faulty.jobs("solve_ising")  # SLURM's doing: not submitted again
    assert (job["node"], job["state"]) == (NODES[0], "COMPLETED")
    assert job["restarts"] == "1"


def test_after_all_that_went_wrong_the_bytes_are_those_of_a_local_run(faulty, local):
    assert {WALK, IMAGES, EXACT} <= set(faulty.place.files())
    assert bytes_are_equal(faulty.place, local)


def test_the_whole_workflow_has_the_bytes_of_a_local_run(whole, local):
    assert set(whole.states()) == {"COMPLETED"} and len(whole.jobs()) <= 12
    assert whole.place.sums() == local.sums()


def test_a_further_run_does_what_is_missing_and_no_more(whole, begin, local):
    place = whole.place
    run = begin(place)
    assert run.wait() == 0 and "Nothing to be done" in run.text
    assert run.jobs() == []
    (place / "results/figures/figure4.png").unlink()
    run = begin(place)
    assert run.wait() == 0, run.text
    (job,) = run.jobs()  # the figure, and the summary, which shows it
    what = "rule_figures_draw_figure4_write_summary"
    assert job["state"] == "COMPLETED" and job["what"] == what
    assert place.sums() == local.sums()


@pytest.mark.usefixtures("whole_run")
def test_an_interrupt_cancels_what_runs_and_what_waits(begin, compiled_place, local):
    place = compiled_place()
    at_first(place, "solve_ising", "time.sleep(900)")
    # One by one, and of a size of which a node holds one.
    wide = ["--group-components", "ising=1", "--set-resources"]
    wide += ["solve_ising:mem_mb=40000"]
    targets = [EXACT, EXACT.replace("half", "standard")]
    run = begin(place, *targets, *wide)
    run.until(lambda: (place / "solve_ising.first").exists())
    run.until(lambda: sorted(run.states()) == ["PENDING", "RUNNING"])
    run.process.send_signal(signal.SIGINT)
    assert run.wait() != 0
    assert run.settled() == ["CANCELLED"] * 2
    assert not list((place / ".snakemake/locks").glob("*"))
    again = begin(place, *targets)
    assert again.wait() == 0, again.text
    assert set(targets) <= set(place.files()) and bytes_are_equal(place, local)


@pytest.mark.usefixtures("whole_run")
def test_a_run_that_is_killed_leaves_jobs_that_do_no_harm(begin, compiled_place, local):
    place = compiled_place()
    wait = "any(time.sleep(0.1) for _ in iter(pathlib.Path('go').exists, True))"
    at_first(place, "sample_ising", wait, before="storage.write")
    killed = begin(place, SAMPLES)
    killed.until(lambda: (place / "sample_ising.first").exists())
    killed.kill()
    assert place.snakemake("--unlock").returncode == 0
    run = begin(place, SAMPLES)
    assert run.wait() == 0, run.text
    assert killed.states() == ["RUNNING"], "the old job is to outlive the new run"
    sums = place.sums()
    assert SAMPLES in sums and bytes_are_equal(place, local)
    (place / "go").touch()
    assert killed.settled() == ["COMPLETED"]
    assert place.sums() == sums
    assert "Nothing to be done" in place.snakemake("-n", SAMPLES).stdout


@pytest.mark.usefixtures("whole_run")
def test_without_accounts_squeue_tells_what_failed_and_what_is_over(
    cluster, begin, compiled_place, local
):
    place = compiled_place()
    at_first(place, "solve_ising", "raise OSError('the disk has hiccups')")
    by_squeue = ["--slurm-status-command", "squeue"]
    run = begin(place, EXACT, *by_squeue, environment=cluster.without_sacct)
    assert run.wait() == 0, run.text
    assert run.states() == ["FAILED", "COMPLETED"]
    assert bytes_are_equal(place, local)


@pytest.mark.usefixtures("whole_run")
def test_account_and_partition_are_passed_on_and_mnist_is_fetched_here(
    cluster, begin, compiled_place, mirror
):
    mine = [f"slurm_account={ACCOUNTS[1]}", "slurm_partition=other", "turn=1"]
    place = compiled_place(mirror("good"))
    run = begin(place, IMAGES, "--default-resources", *mine)
    assert run.wait() == 0, run.text
    (job,) = run.jobs()
    assert job["what"].startswith("rule_images_select_images")
    fields = ("--format=Account,Partition,State", "--parsable2", "--noheader")
    (line,) = cluster.run("sacct", "-X", "-j", job["id"], *fields).splitlines()
    assert line == f"{ACCOUNTS[1]}|other|COMPLETED"
    assert place.files("mnist") and IMAGES in place.files()


@pytest.mark.nightly
def test_the_whole_workflow_runs_over_mnist(begin, new_place, mirror):
    run = begin(new_place(mirror("good")), *FEW, often=20)
    assert run.wait(1800) == 0, run.text
    assert set(run.states()) == {"COMPLETED"} and len(run.jobs()) <= 12
    assert run.place.files("mnist") and (run.place / "results/claims.json").stat()


@pytest.mark.nightly
def test_a_tenth_of_the_example_larger_than_a_machine(begin, new_place):
    place = new_place()
    shutil.copytree(Path(__file__).parents[2] / "examples", place / "examples")
    example = ["examples/scale.yaml", "examples/scale-tenth.yaml"]
    figure = "results/figures/transition-critical.png"
    run = begin(place, figure, "--configfile", *example, *FEW, often=30)
    assert run.wait(3000) == 0, run.text
    assert set(run.states()) == {"COMPLETED"} and (place / figure).stat().st_size
    samples = sorted((place / "results/ising").glob("scale-*/diagnostics.h5"))
    assert len(samples) == 5
    for path in samples:
        with h5py.File(path) as file:
            assert abs(file["z"][0]) < 5  # of the energy, from the exact one
        measured = place / f"results/graphs/{path.parent.name}/transition.h5"
        with h5py.File(measured) as file:
            assert file["precision"][()] == 1
