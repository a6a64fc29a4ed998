"""The DAG that `snakemake -n` would build, built in this process by Snakemake itself.

A dry run as a process costs two seconds, most of them to import Snakemake; here it is
imported once. The command line, the profiles and the Snakefile are read by the code
behind the command; test_dag.py holds that both agree.
"""

import importlib
import os
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from snakemake import cli
from snakemake.workflow import Workflow

from pixelwalk.jobs import fingerprint


def load(place, *arguments, mirrors=None):
    """Build the DAG of a dry run in a place.

    Parameters
    ----------
    place : Place
        Folder with the workflow and a configuration.
    *arguments : str
        What stands on the command line behind `snakemake -n`.
    mirrors : list of str, optional
        Addresses for PIXELWALK_MNIST_MIRRORS.

    Returns
    -------
    snakemake.workflow.Workflow
        Its `rules` are loaded, and its `dag` holds the jobs. Functions of the rules can
        be called until the next workflow is loaded, which takes their global names.

    Raises
    ------
    SystemExit
        With the line that the Snakefile ends the command with, such as an error in the
        configuration.
    """
    loaded = []

    def build(workflow, *_, **__):
        # What Workflow.execute does before it counts the jobs of a dry run.
        workflow._prepare_dag(
            forceall=workflow.dag_settings.forceall,
            ignore_incomplete=workflow.execution_settings.ignore_incomplete,
            lock_warn_only=True,
        )
        workflow._build_dag()
        workflow.async_run(
            workflow.dag.postprocess(update_needrun=False, check_initial=True)
        )
        loaded.append(workflow)

    command = ["snakemake", "-n", *map(str, arguments)]
    with (
        _as_a_process(place, mirrors),
        mock.patch.object(sys, "argv", command),
        mock.patch.object(Workflow, "execute", build),
    ):
        cli.args_to_api(*reversed(cli.parse_args(command[1:])))
    assert loaded, "Snakemake built no DAG; what it said stands above"
    return loaded[0]


def needed(place, *arguments, mirrors=None):
    """Count the jobs of each rule that a dry run would do, but for the target rule."""
    jobs = load(place, *arguments, mirrors=mirrors).dag.needrun_jobs()
    return Counter(job.rule.name for job in jobs if job.rule.name != "all")


def outputs(workflow):
    """Give the paths of all files that the jobs of a DAG make."""
    return {str(path) for job in workflow.dag.jobs for path in job.output}


@contextmanager
def _as_a_process(place, mirrors):
    """Give what a process of its own would have: folder, environment, package."""
    folder, path = Path.cwd(), sys.path.copy()
    # The package of the place may have been edited: not the one that the tests import.
    ours = _without_package()
    with mock.patch.dict(os.environ):
        os.environ.clear()
        os.environ.update(place.environment(mirrors))
        os.chdir(place.folder)
        sys.path.insert(0, str(place / "workflow"))
        try:
            _share_parsed_code(importlib.import_module("pixelwalk.jobs.fingerprint"))
            yield
        finally:
            os.chdir(folder)
            sys.path[:] = path
            _without_package()
            sys.modules.update(ours)


def _without_package():
    """Take the package out of the imported modules, and give what was there."""
    packages = ("pixelwalk", "studies")
    names = [name for name in sys.modules if name.partition(".")[0] in packages]
    return {name: sys.modules.pop(name) for name in names}


def _share_parsed_code(theirs):
    """Let a place use what is known of equal code, unless its own parser was edited."""
    files = [Path(module.__file__) for module in (theirs, fingerprint)]
    if files[0].read_bytes() == files[1].read_bytes():
        theirs._parsed = fingerprint._parsed
