"""Sampling of the Ising model by one of three methods.

- ``exact``: coupling from the past; every sample is exact and independent.
- ``gibbs``: the heat bath; each sample is from its own chain with a random start.
- ``swendsen-wang``: cluster updates; each sample is from its own chain.

`choose_method` chooses among them for ``method: auto``.
"""

import logging
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pixelwalk.compute import bits
from pixelwalk.compute.shards import bounds
from pixelwalk.ising.choice import choose_method
from pixelwalk.ising.cluster import SwendsenWang
from pixelwalk.ising.exact import CoupledFromThePast
from pixelwalk.ising.heatbath import HeatBath
from pixelwalk.ising.model import BONDS, Model, coupling, energy, spins
from pixelwalk.jobs import progress

__all__ = [
    "BONDS",
    "METHODS",
    "Model",
    "choose_method",
    "coupling",
    "energy",
    "method_and_sweeps",
    "sample",
    "spins",
    "split",
]

log = logging.getLogger(__name__)

#: Blocks of chains, by the name of the method.
METHODS = {
    "exact": CoupledFromThePast,
    "gibbs": HeatBath,
    "swendsen-wang": SwendsenWang,
}


def method_and_sweeps(settings):
    """Return the arguments of `sample` that the settings of an ensemble define.

    Parameters
    ----------
    settings : mapping
        As `choose_method` returns them: `method`, and `budget` for ``exact``, else
        `sweeps`.

    Returns
    -------
    dict
        `method` and `sweeps`.
    """
    exact = settings["method"] == "exact"
    return {
        "method": settings["method"],
        "sweeps": settings["budget" if exact else "sweeps"],
    }


def split(samples, settings):
    """Split an ensemble into its `training` and `test` parts; returns a dict."""
    first = settings["training"]
    return {
        "training": samples.part(0, first),
        "test": samples.part(first, first + settings["test"]),
    }


def sample(count, model, *, method, sweeps, seeds, shard=1, shards=1, threads=None):
    """Draw independent spin configurations.

    Chains run in blocks, each with a seed that depends on its number. So the samples do
    not depend on the number of threads, of shards or of further samples.

    Parameters
    ----------
    count : int
        Total number of configurations, at least 0.
    model : Model
        Model to sample.
    method : {"exact", "gibbs", "swendsen-wang"}
        See the docstring of this module.
    sweeps : int
        Sweeps of burn-in, at least 0; for ``exact``, most sweeps that the coupling may
        go back into the past, at least 1.
    seeds : numpy.random.SeedSequence
        Seed of the random streams.
    shard, shards : int
        Number of the shard to draw, from 1, and number of shards.
    threads : int, optional
        Number of threads; by default, that of cores.

    Returns
    -------
    samples : pixelwalk.compute.bits.Packed, shape (count, rows, columns)
        A bit is set where the spin is +1. A shard has only its own samples; all shards,
        concatenated, are equal to the samples of a single one.
    burned : ndarray of int64, shape (blocks,)
        Sweeps of burn-in of each block; for ``exact``, sweeps back into the past.

    Raises
    ------
    ValueError
        If a value is out of range, or the chains of an exact sample do not agree within
        `sweeps`.
    """
    if count < 0 or sweeps < (method == "exact"):
        raise ValueError(
            f"count and sweeps must be at least 0, and sweeps at least 1 for method: "
            f"exact, got {count} and {sweeps}"
        )
    if method not in METHODS:
        raise ValueError(f"method must be one of {tuple(METHODS)}, got {method!r}")
    block = METHODS[method]
    start, stop = bounds(count, shard, shards, whole=block.WIDTH)
    count = stop - start
    children = seeds.spawn(-(-stop // block.WIDTH))[start // block.WIDTH :]
    blocks = range(len(children))
    width = block.WIDTH // 64
    words = np.empty((model.sites, len(blocks) * width), np.uint64)

    def fill(numbers):
        burned = []
        for number in numbers:
            chains = block(model, children[number])
            burned.append(chains.burn_in(sweeps))
            words[:, number * width : (number + 1) * width] = chains.words()
        return burned

    # Threads get several blocks at a time, to wait less for new ones.
    burned, threads = [], threads or os.cpu_count()
    several = max(1, len(blocks) // (10 * threads))
    parts = [blocks[start : start + several] for start in blocks[::several]]
    with ThreadPoolExecutor(threads) as pool:
        for sweeps_of_part in pool.map(fill, parts):
            burned += sweeps_of_part
            done = min(len(burned) * block.WIDTH, count)
            progress.report(log, done, count, "samples", step=several * block.WIDTH)
    words = words.reshape(model.rows, model.columns, -1)
    samples = bits.Packed(words, len(blocks) * block.WIDTH).part(0, count)
    return samples, np.array(burned, np.int64)
