"""Killed in the middle and run again: the bytes of a run that nobody disturbed."""

import os
import signal
import subprocess
import sys
import time

import psutil

TARGETS = [
    "results/figures/figure2.svg",
    "results/graphs/half/at-0/stationary.h5",
]


def start(place, *command):
    """Start the workflow in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, *(command or ("-m", "snakemake", "--cores", "2")), *TARGETS],
        cwd=place.folder,
        env=place.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def start_up_to(place, moment, *command):
    """Start the workflow, and wait until a job is under way."""
    log = place / f"results/logs/{moment}/half.log"
    log.unlink(missing_ok=True)
    run = start(place, *command)
    while not log.exists():
        assert run.poll() is None, run.stderr.read()
        time.sleep(0.01)
    return run


def kill_all(run):
    """Kill the workflow with all its jobs."""
    jobs = psutil.Process(run.pid).children(recursive=True)
    os.killpg(run.pid, signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    run.stderr.close()
    _, alive = psutil.wait_procs(jobs, timeout=30)
    assert not alive, "jobs that outlive the workflow"


def kill_job(run, rule):
    """Kill one job, and let the workflow come to its end."""
    (job,) = (
        process
        for process in psutil.Process(run.pid).children(recursive=True)
        if process.cmdline()[-1].endswith(f"{rule}.py")
        and process.name().startswith("python")
    )
    job.kill()
    _, told = run.communicate()
    assert run.returncode not in (0, -signal.SIGKILL)
    assert "Traceback" not in told


def test_killed_at_three_moments(finished, place):
    kill_all(start_up_to(place, "sample_ising"))
    assert_whole_and_right(finished, place)
    assert place.snakemake("--unlock").returncode == 0

    kill_job(start_up_to(place, "train_autoencoder"), "train_autoencoder")
    assert_whole_and_right(finished, place)

    kill_all(start_up_to(place, "train_autoencoder"))
    assert_whole_and_right(finished, place)
    run = place.snakemake(*TARGETS)
    assert run.returncode != 0 and "unlock" in run.stdout + run.stderr
    assert place.snakemake("--unlock").returncode == 0

    run = place.snakemake(*TARGETS)
    assert run.returncode == 0, run.stderr
    assert set(TARGETS) <= set(place.sums())
    assert_whole_and_right(finished, place)


def test_an_interrupt_leaves_the_folder_free(finished, place):
    run = start_up_to(place, "sample_ising", "workflow/reproduce.py")
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate()
    assert run.returncode == 1
    assert "Traceback" not in told and "run make again" in told
    assert_whole_and_right(finished, place)
    run = place.snakemake(*TARGETS)
    assert run.returncode == 0, run.stderr
    assert_whole_and_right(finished, place)


def assert_whole_and_right(finished, place):
    """What looks finished is; what a killed job left behind has another name."""
    left = place.sums()
    stray = {path for path in left if path.rpartition("/")[2].startswith(".")}
    whole = {path: left[path] for path in left.keys() - stray}
    assert whole.items() <= finished.sums().items()
