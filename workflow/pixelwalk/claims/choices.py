"""Repeat a measurement over random choices of images, for its uncertainty."""

import logging
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from pixelwalk.jobs import progress
from pixelwalk.sources import folders

log = logging.getLogger(__name__)


def of_label(population, label):
    """Images of one label, of a set as `storage.read` gives it; all for ``any``."""
    found = folders.has_label(population.labels, label, population.label_names)
    return population.images[found]


def over_choices(measure, population, count, choices, *, seeds, threads):
    """Apply a measurement to random choices of images.

    Parameters
    ----------
    measure : callable
        Takes images, gives an ndarray, always of one shape.
    population : ndarray, shape (available, rows, columns)
        Images to choose from.
    count : int
        How many each choice takes, without repetition.
    choices : int
        How many choices.
    seeds : numpy.random.SeedSequence
        Each choice has a stream of its own.
    threads : int
        Threads to use; the result does not depend on it.

    Returns
    -------
    ndarray, shape (choices, ...)

    Raises
    ------
    ValueError
        If the population is smaller than a choice.
    """
    if count > len(population):
        raise ValueError(
            f"a choice of {count} images needs a population of as many, "
            f"got {len(population)}; name a larger one as paper.population"
        )

    def one(child):
        stream = np.random.default_rng(child)
        return measure(population[stream.choice(len(population), count, replace=False)])

    table = []
    with ThreadPoolExecutor(threads) as pool:
        for result in pool.map(one, seeds.spawn(choices)):
            table.append(result)
            progress.tell(log, len(table), choices, "choices")
    return np.array(table)
