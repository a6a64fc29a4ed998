"""Random streams that depend only on a seed and on names."""

import numpy as np


def seed_sequence(seed, *names):
    """Return the seed sequence of one named part of a run.

    Each part has an independent stream, so that adding an ensemble, or running parts in
    another order, changes no other part.

    Parameters
    ----------
    seed : int
        The run's seed, from 0 to 2**32 - 1.
    *names : str
        Path of the part, from general to specific, such as ``"ising", "cold"``.

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
    """Return an int below 2**31 from a stream, to seed libraries that need an int."""
    return int(generator(seed, *names).integers(2**31))


def generator(seed, *names):
    """Return a `numpy.random.Generator` seeded by `seed_sequence`."""
    return np.random.default_rng(seed_sequence(seed, *names))
