"""Runs that are killed, two runs at once, stale locks, and no home: nothing is lost."""

import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psutil
import pytest
from aftermath import assert_heals, assert_whole, row

from slurm_run import always

TARGETS = [
    "results/figures/figure2.svg",
    "results/graphs/half/at-0/stationary.h5",
    "results/graphs/fives/at-0/stationary.h5",
]


@pytest.fixture
def begin(emptied):
    """Function that starts a run, which is over at the end of the test."""
    begun = []

    def start(*arguments):
        run = subprocess.Popen(
            [sys.executable, "-m", "snakemake", "--cores", "2", *arguments, *TARGETS],
            cwd=emptied.folder,
            env=emptied.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        begun.append(run)
        return run

    yield start
    for run in begun:
        if run.poll() is None:
            run.kill()
            run.wait()
        run.stderr.close()


def jobs_of(run):
    """Processes of the jobs that are under way."""
    with suppress(psutil.NoSuchProcess):
        found = psutil.Process(run.pid).children(recursive=True)
        return [job for job in found if job.name().startswith("python")]
    return []


def wait_for(condition, run):
    while not (found := condition()) and run.poll() is None:
        time.sleep(0.01)
    return found


def test_jobs_killed_at_any_moment(emptied, finished, begin):
    moments, seen = random.Random(20201115), []
    for _ in range(50):
        run = begin()
        wait_for(lambda run=run: jobs_of(run), run)
        time.sleep(moments.uniform(0, 1))  # which moment that is, the machine decides
        with suppress(psutil.NoSuchProcess, IndexError):  # it was faster
            moments.choice(jobs_of(run)).kill()
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
    row("jobs killed by SIGKILL at random moments", seen[-1])
    assert_heals(emptied, finished, *TARGETS)
    assert not [path for path in emptied.files() if "/." in path]


def test_everything_killed_at_any_moment(emptied, finished, begin):
    moments, killed = random.Random(19691228), 0
    for _ in range(50):
        run = begin("--nolock")
        wait_for(lambda run=run: jobs_of(run), run)
        time.sleep(moments.uniform(0, 2))
        jobs = []
        with suppress(psutil.NoSuchProcess):  # the run was over
            jobs = psutil.Process(run.pid).children(recursive=True)
        run.kill()
        for process in jobs:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        run.communicate()
        psutil.wait_procs(jobs, timeout=30)
        assert_whole(emptied, finished)
        if run.returncode == 0:
            shutil.rmtree(emptied / "results")
            continue
        assert run.returncode == -signal.SIGKILL
        killed += 1
        if killed == 4:
            break
    assert killed == 4
    assert_heals(emptied, finished, *TARGETS)
    row("Snakemake and its jobs killed at random moments", "nothing: it was killed")


def test_a_second_run_beside_jobs_that_outlived_the_first(emptied, finished, begin):
    run = begin()
    jobs = wait_for(lambda: jobs_of(run), run)
    psutil.Process(run.pid).kill()  # it alone: its jobs go on
    run.wait()
    refused = emptied.snakemake(*TARGETS)
    assert refused.returncode == 1 and "--unlock" in refused.stderr
    assert emptied.snakemake("--unlock").returncode == 0
    assert_heals(emptied, finished, *TARGETS)  # whether or not they still write, too
    psutil.wait_procs(jobs, timeout=60)
    assert set(TARGETS) <= assert_whole(emptied, finished).keys()
    assert not [path for path in emptied.files() if "/." in path]
    row("a second run beside jobs of a killed one", "nothing: both are whole")


def test_two_runs_at_once(emptied, finished, begin):
    gate = emptied / "gate"
    gate.touch()
    held = "while pathlib.Path('gate').exists(): time.sleep(0.01)"
    always(emptied, "sample_ising", held)  # so that the first run outlasts the others
    first = begin()
    try:
        assert wait_for(lambda: emptied.files("logs"), first)
        second = emptied.snakemake(*TARGETS)
        third = emptied.python("workflow/reproduce.py", *TARGETS)
        assert first.poll() is None
    finally:
        gate.unlink()
    for run in (second, third):
        assert run.returncode == 1 and "Traceback" not in run.stderr
        assert "Directory cannot be locked" in run.stderr
        assert "--unlock" in run.stderr
    assert "If no other run is under way here, free the folder: make unlock" in (
        third.stdout
    )
    _, told = first.communicate()
    assert first.returncode == 0, told
    assert set(TARGETS) <= assert_whole(emptied, finished).keys()
    said = next(x for x in second.stderr.splitlines() if "cannot be locked" in x)
    row("two runs at once in one folder", f"{said} ... --unlock")


def test_two_runs_that_were_told_to_ignore_the_lock(emptied, finished, begin):
    runs = [begin("--nolock"), begin("--nolock")]
    for run in runs:
        _, told = run.communicate()
        assert "Traceback" not in told
        assert_whole(emptied, finished)
    assert_heals(emptied, finished, *TARGETS)
    row("two runs at once with --nolock", "at most an error line in one of them")


def test_a_stale_lock(rerun):
    before, locks = rerun.sums(), rerun / ".snakemake/locks"
    (rerun / TARGETS[0]).unlink()
    locks.mkdir(exist_ok=True)
    (locks / "0.output.lock").write_text(TARGETS[0] + "\n")
    run = rerun.snakemake()
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert "--unlock" in run.stderr
    run = rerun.python("workflow/reproduce.py")
    assert run.returncode == 1 and "make unlock" in run.stdout
    row("a stale lock", run.stdout.splitlines()[-1])
    assert rerun.snakemake("--unlock").returncode == 0
    assert rerun.snakemake().returncode == 0
    assert rerun.sums() == before


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


@pytest.mark.parametrize("home", HOMES)
def test_no_place_for_caches(emptied, finished, home):
    # Compiled code must not lie beside the package either.
    for path in (emptied / "workflow").rglob("__pycache__"):
        shutil.rmtree(path)
        path.write_text("in the way")
    run = emptied.python("workflow/reproduce.py", *TARGETS, change=HOMES[home])
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert set(TARGETS) <= assert_whole(emptied, finished).keys()
    row(home, "nothing, it works")
