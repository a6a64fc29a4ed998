"""Dry runs by the hundred: the real command, in forks of one process.

A process of its own for each would take 500 times the second that Snakemake needs to be
imported. Here it is imported once, and each dry run is a fork that calls the function
behind the command, with a folder, an environment and outputs of its own.
"""

import multiprocessing
import os
import sys
from pathlib import Path
from types import SimpleNamespace

_CONTEXT = multiprocessing.get_context("forkserver")
# What a dry run imports of others; the package comes from the folder, as ever.
_REPORTER = "snakemake.report.html_reporter"
_OTHERS = ["jsonschema", "nbformat", "requests", "smart_open", "fastjsonschema"]
_CONTEXT.set_forkserver_preload(["snakemake.cli", _REPORTER, *_OTHERS])


def _dry_run(folder, environment, outputs, arguments):
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, path in enumerate(outputs, start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    sys.argv = ["snakemake", *arguments]
    from snakemake.cli import main

    main(arguments)  # which ends the process, with the status of the command


class DryRun:
    """`snakemake -n`, begun in a place; `end` waits for it."""

    def __init__(self, place, mirrors=None):
        self.outputs = [str(place / f".{name}") for name in ("stdout", "stderr")]
        self.process = _CONTEXT.Process(
            target=_dry_run,
            args=(place.folder, place.environment(mirrors), self.outputs, ["-n"]),
        )
        self.process.start()

    def end(self):
        """Give the status, and what was said."""
        self.process.join(300)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
        out, err = (Path(path).read_text(errors="replace") for path in self.outputs)
        status = self.process.exitcode
        return SimpleNamespace(returncode=status, stdout=out, stderr=err)
