"""Repeat a measurement over random choices of images, for its uncertainty."""

import logging
from concurrent.futures import ThreadPoolExecutor

from pixelwalk.jobs import progress
from pixelwalk.sources import folders

import numpy as np

log = logging.getLogger(__name__)

#: Fewest images of a label from which choices are made.
LEAST = 4


def of_label(population, label):
    """Select the images of one label from a set of images; all for ``any``.

    Parameters
    ----------
    population : pixelwalk.storage.kinds.images.Images
        With `images`, `labels` and `label_names`.
    label : int or str
        A digit, the name of a folder, or ``any``.

    Returns
    -------
    ndarray, shape (n, rows, columns)
    """
    chosen = folders.has_label(population.labels, label, population.label_names)
    return population.images[chosen]


def over_choices(measure, population, count, choices, *, seeds, threads):
    """Apply a measurement to random choices of images.

    Parameters
    ----------
    measure : callable
        Takes images and a `numpy.random.Generator`, and returns an ndarray, always of
        one shape.
    population : ndarray, shape (available, rows, columns)
        Images to choose from.
    count : int
        Number of images in a choice, without repetition; but at most half of the
        population, because choices of nearly all images are nearly equal.
    choices : int
        Number of choices.
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
        If the population has fewer than `LEAST` images.
    """
    if len(population) < LEAST:
        raise ValueError(
            f"expected at least {LEAST} images of the label to choose from, got "
            f"{len(population)}; name a larger set as paper.population"
        )
    half = len(population) // 2
    if count > half:
        log.info("choices of %d images, half of all, instead of %d", half, count)
        count = half

    def one(child):
        stream = np.random.default_rng(child)
        chosen = stream.choice(len(population), count, replace=False)
        return measure(population[chosen], stream)

    table = []
    with ThreadPoolExecutor(threads) as pool:
        for result in pool.map(one, seeds.spawn(choices)):
            table.append(result)
            progress.report(log, len(table), choices, "choices")
    return np.array(table)
