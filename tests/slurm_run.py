"""A run of the workflow on a cluster: begun, watched, interrupted, limited in time."""

import re
import signal
import subprocess
import sys
import time

import pytest

COMMAND = ["-m", "snakemake", "--profile", "profiles/slurm"]
OVER = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "OUT_OF_MEMORY", "NODE_FAIL"}


class Run:
    """The real command in a place, under way, with jobs on a cluster.

    `often` is the time in s between queries of its jobs' states; the plugin waits 10 s
    longer after each query that finds no job completed.
    """

    def __init__(self, place, cluster, *arguments, often=10, environment=None):
        self.place, self.cluster = place, cluster
        self.log = place / f"run-{len(list(place.folder.glob('run-*')))}.log"
        pace = ["--slurm-init-seconds-before-status-checks", str(often)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, *COMMAND, *pace, *map(str, arguments)],
                cwd=place.folder,
                env=place.environment() | (environment or cluster.environment),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def text(self):
        return self.log.read_text(encoding="utf-8")

    def wait(self, seconds=600):
        """Wait for the end and return the exit status; fail if it does not end."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.end()
            pytest.fail(f"not over after another {seconds} s\n{self.text}")

    def end(self):
        """Interrupt, as Ctrl-C does; kill what does not end."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(120)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def jobs(self, of=""):
        """Return what was submitted, as SLURM has it; of one rule or group."""
        name = re.search(r"SLURM run ID: (\S+)", self.text)
        jobs = self.cluster.jobs(name[1]) if name else []
        return [job for job in jobs if of in job["what"]]

    def states(self, of=""):
        return [job["state"] for job in self.jobs(of)]

    def until(self, holds, seconds=300):
        """Wait for something to hold while the run is under way."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"waited {seconds} s\n{self.text}"
            assert self.process.poll() is None, self.text
            time.sleep(0.5)

    def settled(self, seconds=120):
        """Wait until none of its jobs waits or runs, and return their states."""
        end = time.monotonic() + seconds
        while not set(states := self.states()) <= OVER:
            assert time.monotonic() < end, f"still in the queue: {self.jobs()}"
            time.sleep(0.5)
        return states


def change(place, path, old, new):
    """Change a file of a copied workflow, in which the old text stands once."""
    file = place / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, path
    file.write_text(text.replace(old, new), encoding="utf-8")


def always(place, rule, *lines, before="with stages.logged"):
    """Let every job of a rule do something more."""
    script = place / f"workflow/scripts/{rule}.py"
    text = script.read_text(encoding="utf-8")
    here = re.search(rf"^( *){re.escape(before)}", text, re.M)
    added = "".join(f"{here[1]}{line}\n" for line in ("import pathlib, time", *lines))
    script.write_text(text[: here.start()] + added + text[here.start() :], "utf-8")


def at_first(place, rule, *what, **options):
    """Let the first job of a rule do something that later ones do not."""
    first = f"first = pathlib.Path('{rule}.first')"
    once = f"if not first.exists(): first.touch(); {'; '.join(what)}"
    always(place, rule, first, once, **options)
