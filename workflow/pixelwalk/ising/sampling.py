"""Samples of the Ising model, by a method of choice.

- ``exact``: coupling from the past; every sample is exact and independent.
- ``gibbs``: the heat bath, each sample from a chain of its own that started at random.
- ``swendsen-wang``: cluster updates, each sample from a chain of its own.

`settle` chooses among them for ``method: auto``.
"""

import logging
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pixelwalk.compute import bits
from pixelwalk.compute.shards import bounds
from pixelwalk.ising.choice import settle
from pixelwalk.ising.cluster import SwendsenWang
from pixelwalk.ising.exact import CoupledFromThePast
from pixelwalk.ising.heatbath import HeatBath
from pixelwalk.ising.model import BONDS, Model, coupling, energy, spins
from pixelwalk.jobs import progress

__all__ = [
    "BONDS",
    "METHODS",
    "Model",
    "coupling",
    "course",
    "energy",
    "parts",
    "sample",
    "settle",
    "spins",
]

log = logging.getLogger(__name__)

#: Blocks of chains, by the name of the method.
METHODS = {
    "exact": CoupledFromThePast,
    "gibbs": HeatBath,
    "swendsen-wang": SwendsenWang,
}


def course(settings):
    """How an ensemble is sampled, for `sample`, from its settings in the configuration.

    Parameters
    ----------
    settings : mapping
        With `method`, as `settle` gives it, and `budget` for ``exact``, else `sweeps`.

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


def parts(samples, settings):
    """Split an ensemble into its `training` and `test` part, by its settings."""
    first = settings["training"]
    return {
        "training": samples.part(0, first),
        "test": samples.part(first, first + settings["test"]),
    }


def sample(count, model, *, method, sweeps, seeds, shard=1, shards=1, threads=None):
    """Draw independent spin configurations.

    Chains run in blocks that are seeded by their number, so the samples depend neither
    on the number of threads or of shards, nor on how many samples follow.

    Parameters
    ----------
    count : int
        How many configurations in all, at least 0.
    model : Model
        What is sampled.
    method : {"exact", "gibbs", "swendsen-wang"}
        See the top of this room.
    sweeps : int
        Sweeps of burn-in, at least 0; for ``exact``, the most that the coupling may go
        back into the past, at least 1.
    seeds : numpy.random.SeedSequence
        Where the randomness comes from.
    shard, shards : int
        Draw only this shard of them, of so many: whole blocks of chains.
    threads : int, optional
        Threads to use; all cores by default.

    Returns
    -------
    samples : pixelwalk.compute.bits.Packed, shape (count, rows, columns)
        A bit is set where the spin is +1. Of a shard, only its own samples; those of
        all shards, one after the other, are those of a single one.
    burned : ndarray of int64, shape (blocks,)
        Sweeps of burn-in of each block; for ``exact``, those it went back.

    Raises
    ------
    ValueError
        If a value lies outside of its range, or an exact sample is not to be had within
        the sweeps allowed.
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

    # Several blocks at a time, so that threads need not wait for a new one.
    burned, threads = [], threads or os.cpu_count()
    several = max(1, len(blocks) // (10 * threads))
    parts = [blocks[start : start + several] for start in blocks[::several]]
    with ThreadPoolExecutor(threads) as pool:
        for took in pool.map(fill, parts):
            burned += took
            done = min(len(burned) * block.WIDTH, count)
            progress.report(log, done, count, "samples", step=several * block.WIDTH)
    words = words.reshape(model.rows, model.columns, -1)
    samples = bits.Packed(words, len(blocks) * block.WIDTH).part(0, count)
    return samples, np.array(burned, np.int64)
