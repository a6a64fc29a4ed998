"""The jobs of the workflow, executed in this process.

A job as a process takes a second or two to import what it needs, and Snakemake two more
to begin. Here the DAG is built and the scripts are run where all is imported; the tests
of real runs hold that the command does the same.
"""

import asyncio
import os
import runpy
from collections import Counter
from contextlib import chdir
from pathlib import Path
from unittest import mock

from snakemake.iocontainers import Snakemake

import dag


def execute(place, *targets, mirrors=None):
    """Execute the jobs that targets need, one after another; count them by rule.

    Parameters
    ----------
    place : Place
        Folder with the workflow and a configuration.
    *targets : str
        What stands on the command line behind `snakemake`.
    mirrors : list of str, optional
        Addresses for PIXELWALK_MNIST_MIRRORS.

    Returns
    -------
    collections.Counter

    Raises
    ------
    SystemExit
        As a script does that fails; its line on the standard error says why.
    """
    workflow = dag.load(place, *targets, mirrors=mirrors)
    done, environment = Counter(), place.environment()
    with chdir(place.folder), mock.patch.dict(os.environ, environment, clear=True):
        for jobs in workflow.dag.toposorted():
            for job in filter(workflow.dag.needrun, jobs):
                for old in (*job.output, job.benchmark):  # as Snakemake does
                    Path(old).unlink(missing_ok=True)
                _execute(job, place / f"workflow/scripts/{job.rule.name}.py")
                # What a later dry run compares with.
                asyncio.run(workflow.persistence.finished(job))
                done[job.rule.name] += 1
    return done


def _execute(job, script):
    given = Snakemake(
        job.input,
        job.output,
        job.params,
        job.wildcards,
        job.threads,
        job.resources,
        job.log,
        job.rule.workflow.config,
        job.rule.name,
        None,
    )
    runpy.run_path(str(script), {"snakemake": given})
