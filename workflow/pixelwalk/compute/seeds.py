"""Random streams that depend on a seed and on names, and on nothing else."""

import numpy as np


def seed_sequence(seed, *names):
    """Seed sequence of one named part of a run.

    Every part draws from a stream of its own, so that adding an ensemble, or
    running parts in another order, changes no other part.

    Parameters
    ----------
    seed : int
        The run's seed, from 0 to 2**32 - 1.
    *names : str
        What is drawn, from the general to the particular: ``"ising", "cold"``.

    Returns
    -------
    numpy.random.SeedSequence

    Raises
    ------
    ValueError
        If the seed is out of range.
    """
    if not 0 <= seed < 2**32:
        raise ValueError(f"seed must lie in 0 .. 2**32 - 1, got {seed}")
    return np.random.SeedSequence(entropy=[seed, *"/".join(names).encode()])


def small_seed(seed, *names):
    """Draw a whole number below 2**31, for libraries that want one, from a stream."""
    return int(generator(seed, *names).integers(2**31))


def generator(seed, *names):
    """`numpy.random.Generator` on the stream of `seed_sequence`."""
    return np.random.default_rng(seed_sequence(seed, *names))
