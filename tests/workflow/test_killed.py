"""Runs that are killed, two runs at once, stale locks, and no home: nothing is lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psutil
import pytest
from aftermath import assert_heals, assert_whole, unfinished

from slurm_run import always

SNAKEMAKE = ("-m", "snakemake", "--cores", "2")
REPRODUCE = ("workflow/reproduce.py",)
TARGETS = ["results/ising/half/samples.h5", "results/ising/standard/samples.h5"]
MANY = [
    "results/figures/figure2.svg",
    "results/graphs/half/at-0/stationary.h5",
    "results/graphs/fives/at-0/stationary.h5",
]
# A writer waits when all bytes are there, but not yet under the final name.
HELD = """\
import os
def held(handle, sync=os.fsync):
    while pathlib.Path('gate').exists(): time.sleep(0.01)
    sync(handle)
os.fsync = held"""


@pytest.fixture
def begin(emptied):
    """Function that starts a run, which is over at the end of the test."""
    begun = []

    def start(*arguments, command=SNAKEMAKE, targets=TARGETS):
        run = subprocess.Popen(
            [sys.executable, *command, *arguments, *targets],
            cwd=emptied.folder,
            env=emptied.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        begun.append(run)
        return run

    yield start
    (emptied / "gate").unlink(missing_ok=True)  # for jobs without Snakemake, too
    for run in begun:
        if run.poll() is None:
            run.kill()
            run.wait()
        run.stderr.close()


@pytest.fixture
def gate(emptied):
    """File that lets every job that samples wait while it writes, as long as it is."""
    always(emptied, "sample_ising", *HELD.splitlines())
    (emptied / "gate").touch()
    return emptied / "gate"


def scripts_of(run):
    """Processes of the jobs of a run, without Snakemake's own."""
    with suppress(psutil.NoSuchProcess):
        found = psutil.Process(run.pid).children(recursive=True)
        return [job for job in found if _is_script(job)]
    return []


def _is_script(job):
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess, IndexError):
        return job.name().startswith("python") and job.cmdline()[-1].endswith(".py")
    return False


def wait_for(condition, run):
    """Wait until something holds, or the run is over."""
    while not (found := condition()) and run.poll() is None:
        time.sleep(0.05)
    return found


def until_written(place, count, run, before=()):
    """Wait until as many files are being written by jobs of a run."""

    def written():
        return len(set(unfinished(place)) - set(before)) == count

    assert wait_for(written, run), run.stderr.read()


def kill_all(run):
    """Kill Snakemake with all that it started."""
    jobs = []
    with suppress(psutil.NoSuchProcess):  # the run was over
        jobs = psutil.Process(run.pid).children(recursive=True)
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    _, alive = psutil.wait_procs(jobs, timeout=60)
    assert not alive, "jobs that outlive the workflow"


def test_jobs_and_then_everything_killed_while_they_write(
    emptied, finished, begin, gate
):
    run = begin()
    until_written(emptied, 2, run)
    scripts_of(run)[0].kill()
    gate.unlink()
    _, told = run.communicate()
    assert run.returncode == 1 and "Traceback" not in told
    assert [x for x in told.splitlines() if " died with " in x or " status " in x]
    (left,) = unfinished(emptied)
    whole = assert_whole(emptied, finished)
    assert len(whole) == 2  # of the other job

    gate.touch()
    run = begin()
    until_written(emptied, 1, run, before=[left])
    kill_all(run)
    assert run.returncode == -signal.SIGKILL
    assert assert_whole(emptied, finished) == whole

    run = emptied.python(*REPRODUCE, *TARGETS)
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert "--unlock" in run.stderr and "make unlock" in run.stdout
    assert emptied.snakemake("--unlock").returncode == 0
    gate.unlink()
    assert_heals(emptied, finished, *TARGETS)


def test_a_run_beside_jobs_that_outlived_another(emptied, finished, begin, gate):
    run = begin()
    until_written(emptied, 2, run)
    jobs = scripts_of(run)
    run.kill()  # it alone: its jobs go on
    run.wait()
    assert emptied.snakemake("--unlock").returncode == 0
    run = begin()
    until_written(emptied, 4, run)
    assert len(jobs) == 2 and all(job.is_running() for job in jobs)
    gate.unlink()
    _, told = run.communicate()
    assert run.returncode == 0, told
    psutil.wait_procs(jobs, timeout=60)
    assert set(TARGETS) <= assert_whole(emptied, finished).keys()
    assert not unfinished(emptied)


def test_two_runs_at_once(emptied, finished, begin, gate):
    first = begin()
    until_written(emptied, 2, first)
    second = emptied.python(*REPRODUCE, *TARGETS)
    assert first.poll() is None
    gate.unlink()
    assert second.returncode == 1 and "Traceback" not in second.stderr
    assert "Directory cannot be locked" in second.stderr
    assert "--unlock" in second.stderr
    advice = "If no other run is under way here, free the folder: make unlock"
    assert advice in second.stdout
    _, told = first.communicate()
    assert first.returncode == 0, told
    assert set(TARGETS) <= assert_whole(emptied, finished).keys()


def test_two_runs_that_ignore_the_lock(emptied, finished, begin, gate):
    target = TARGETS[0]
    first = begin("--nolock", targets=[target])
    until_written(emptied, 1, first)
    second = begin("--nolock", targets=[target])
    until_written(emptied, 2, second)
    gate.unlink()
    for run in (first, second):
        _, told = run.communicate()
        assert "Traceback" not in told
        assert_whole(emptied, finished)
    assert_heals(emptied, finished, target)


def test_an_interrupt_leaves_the_folder_free(emptied, finished, begin, gate):
    target = TARGETS[0]
    run = begin(command=REPRODUCE, targets=[target])
    until_written(emptied, 1, run)
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate()
    assert run.returncode == 1
    assert "Traceback" not in told and "run make again" in told
    assert assert_whole(emptied, finished) == {} and not unfinished(emptied)
    gate.unlink()
    assert_heals(emptied, finished, target)


@pytest.mark.nightly
def test_jobs_killed_at_any_moment(emptied, finished, begin):
    moments, seen = random.Random(20201115), []
    for _ in range(50):
        run = begin(targets=MANY)
        wait_for(lambda run=run: scripts_of(run), run)
        time.sleep(moments.uniform(0, 1))  # which moment that is, the machine decides
        with suppress(psutil.NoSuchProcess, IndexError):  # it was faster
            moments.choice(scripts_of(run)).kill()
        _, told = run.communicate()
        assert "Traceback" not in told
        assert_whole(emptied, finished)
        if run.returncode == 0:
            shutil.rmtree(emptied / "results")
            continue
        died = [x for x in told.splitlines() if " died with " in x or " status " in x]
        assert died, told
        seen += died[:1]
        if len(seen) == 6:
            break
    assert len(seen) == 6
    assert_heals(emptied, finished, *MANY)


@pytest.mark.nightly
def test_everything_killed_at_any_moment(emptied, finished, begin):
    moments, killed = random.Random(19691228), 0
    for _ in range(50):
        run = begin("--nolock", targets=MANY)
        wait_for(lambda run=run: scripts_of(run), run)
        time.sleep(moments.uniform(0, 2))
        kill_all(run)
        assert_whole(emptied, finished)
        if run.returncode == 0:
            shutil.rmtree(emptied / "results")
            continue
        assert run.returncode == -signal.SIGKILL
        killed += 1
        if killed == 4:
            break
    assert killed == 4
    assert_heals(emptied, finished, *MANY)


NOWHERE = "/dev/null/nowhere"  # a folder that nobody can make, not even root
HOMES = {
    "no HOME": {"HOME": None},
    "a HOME that cannot be": {"HOME": NOWHERE, "XDG_CACHE_HOME": None},
    "no folder for any cache": {
        key: NOWHERE
        for key in (
            *("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "NUMBA_CACHE_DIR"),
            *("MPLCONFIGDIR", "KERAS_HOME"),
        )
    },
}
# What compiles, what draws and what trains: each has a cache of its own.
CACHED = [
    "results/graphs/half/weights.h5",
    "results/figures/figure3.svg",
    "results/autoencoders/half/model.keras",
]


@pytest.mark.parametrize(
    "home",
    [
        # With HOME taken away it is that of the user, and where it cannot be, so are
        # the folders that are named after it: the last row takes away those as well.
        pytest.param("no HOME", marks=pytest.mark.nightly),
        pytest.param("a HOME that cannot be", marks=pytest.mark.nightly),
        "no folder for any cache",
    ],
)
def test_no_place_for_caches(rerun, finished, home):
    # Compiled code must not lie beside the package either.
    for path in (rerun / "workflow").rglob("__pycache__"):
        shutil.rmtree(path)
        path.write_text("in the way")
    for path in CACHED:
        (rerun / path).unlink()
    run = rerun.python(*REPRODUCE, *CACHED, change=HOMES[home])
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert rerun.sums() == finished.sums()
