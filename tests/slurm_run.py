"""A run of the workflow on a cluster: begun, watched, interrupted, bounded in time."""

import re
import signal
import subprocess
import sys
import time

import pytest

#: The profile for users; a cluster that keeps no accounts is asked by squeue, and more
#: often than a real one should be.
COMMAND = ["-m", "snakemake", "--profile", "profiles/slurm"]
BY_SQUEUE = ["--slurm-status-command", "squeue"]
OVER = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "OUT_OF_MEMORY", "NODE_FAIL"}


class Run:
    """The real command in a place, under way, with jobs on a cluster."""

    def __init__(self, place, cluster, *arguments, often=12, limit=300):
        self.place, self.cluster = place, cluster
        self.begun, self.limit = time.monotonic(), limit
        self.log = place / f"told-{len(list(place.folder.glob('told-*')))}.log"
        status = [] if cluster.accounting else BY_SQUEUE
        pace = ["--slurm-init-seconds-before-status-checks", str(often)]
        with self.log.open("w") as told:
            self.process = subprocess.Popen(
                [sys.executable, *COMMAND, *status, *pace, *map(str, arguments)],
                cwd=place.folder,
                env=place.environment() | cluster.environment,
                stdout=told,
                stderr=subprocess.STDOUT,
            )

    @property
    def text(self):
        return self.log.read_text(encoding="utf-8")

    def wait(self):
        """Come to the end, and give the exit status; too late is an error."""
        left = self.limit - (time.monotonic() - self.begun)
        try:
            self.process.wait(max(left, 1))
        except subprocess.TimeoutExpired:
            self.end()
            pytest.fail(f"not over after {self.limit} s\n{self.text}")
        return self.process.returncode

    def end(self):
        """Interrupt, as Ctrl-C does, and at the last kill."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def jobs(self):
        """What was submitted, as SLURM has it."""
        name = re.search(r"SLURM run ID: (\S+)", self.text)
        return self.cluster.jobs(name[1]) if name else []

    def states(self):
        return [job["state"] for job in self.jobs()]

    def until(self, holds, seconds=120):
        """Wait for something to hold while the run is under way."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"waited {seconds} s\n{self.text}"
            assert self.process.poll() is None, self.text
            time.sleep(0.2)

    def settled(self, seconds=60):
        """Wait until none of its jobs waits or runs, and give their states."""
        end = time.monotonic() + seconds
        while not set(states := self.states()) <= OVER:
            assert time.monotonic() < end, f"still in the queue: {self.jobs()}"
            time.sleep(0.2)
        return states


def change(place, path, old, new):
    """Change a file of a copied workflow, where the old text must stand."""
    file = place / path
    text = file.read_text(encoding="utf-8")
    assert old in text, path
    file.write_text(text.replace(old, new), encoding="utf-8")


def always(place, rule, *what, before="with stages.logged"):
    """Let every job of a rule do something more."""
    script = f"workflow/scripts/{rule}.py"
    text = (place / script).read_text(encoding="utf-8")
    indent, line = re.search(rf"^( *)({re.escape(before)}.*)", text, re.M).groups()
    lines = ["import pathlib, time", *what, line]
    change(place, script, line, f"\n{indent}".join(lines))


def at_first(place, rule, what, **options):
    """Let the first job of a rule do something that later ones do not."""
    first = f"pathlib.Path('{rule}.first')"
    once = f"if not {first}.exists(): {first}.touch(); {what}"
    always(place, rule, once, **options)
