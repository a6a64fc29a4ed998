"""Read the digit in the stationary distributions with a classifier (figure 5).

Those of the graph are read under every cut. Under its sparsest cut the same is tried
for every digit, with the first images and with random choices; and again with each
pixel shuffled among the images, which leaves their mean and no structure.
"""

import logging

from pixelwalk import graph, pairs, storage
from pixelwalk.compute import seeds
from pixelwalk.graph import walk
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit import choices, kinds

import numpy as np
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

log = logging.getLogger(__name__)

#: Principal components, and neighbours that vote.
COMPONENTS, VOTES = 50, 5

#: Choices of images of each digit: the first ones, and random ones.
TRIALS = 10


def read_digits(training, test, walks, *, count, settings, stream):
    """Train a classifier, and read the digit in stationary distributions.

    Parameters
    ----------
    training, test : pixelwalk.storage.kinds.images.Images
        Images of digits with their `labels`.
    walks : sequence of pixelwalk.storage.kinds.graph.Stationary
        Of the same graph, one for each cut.
    count : int
        Number of images in a choice; all of a digit with fewer.
    settings : dict
        Names of the `cuts`, and `weight` and `teleport` of the graph.
    stream : numpy.random.Generator
        For the choices.

    Returns
    -------
    studies.digit.kinds.Reading
    """
    reader = train_reader(training.images, training.labels)
    active = [float(one.active_fraction) for one in walks]
    sparsest = int(np.argmin(active))
    digits = np.unique(training.labels)
    trials = np.zeros((2, len(digits), TRIALS))
    for place, digit in enumerate(digits):
        images = training.images[training.labels == digit]
        trials[:, place] = try_digit(
            reader,
            digit,
            images,
            count=count,
            weight=settings["weight"],
            cut=settings["cuts"][sparsest],
            teleport=settings["teleport"],
            stream=stream,
        )
    return kinds.Reading(
        cuts=settings["cuts"],
        active=active,
        probabilities=votes(reader, [one.distribution for one in walks]),
        mean_probabilities=votes(reader, [walks[0].mean])[0],
        accuracy=accuracy(reader, test.images, test.labels),
        tested=len(test.images),
        digits=digits,
        trial_cut=sparsest,
        trials=trials,
    )


def try_digit(reader, digit, images, *, count, weight, cut, teleport, stream):
    """Read the walks on graphs of choices of images of one digit.

    Parameters
    ----------
    reader : sklearn.pipeline.Pipeline
        A classifier from `train_reader`.
    digit : int
        What the images show.
    images : ndarray of uint8, shape (n, rows, columns)
    count : int
        Number of images in a choice, at most all.
    weight, cut, teleport
        As `pairs.pair_weights`, `graph.sparsify` and `walk.stationary_distribution`
        take them.
    stream : numpy.random.Generator

    Returns
    -------
    ndarray of bool, shape (2, TRIALS)
        Whether the digit is read; second row: each pixel shuffled among the images.
    """
    count = min(count, len(images))
    pictures = []
    for trial in range(TRIALS):
        chosen = images[:count]
        if trial:
            chosen = images[stream.choice(len(images), count, replace=False)]
        for one in (chosen, choices.independent(chosen, stream)):
            weights = graph.sparsify(pairs.pair_weights(one, **weight, threads=1), cut)
            visits, _, _ = walk.stationary_distribution(weights, teleport=teleport)
            pictures.append(visits.reshape(images.shape[1:]))
    return (reader.predict(_flat(pictures)) == digit).reshape(TRIALS, 2).T


def train_reader(images, labels):
    """Train a classifier of digits: nearest neighbours among principal components.

    Brightness is divided out first, because a probability per pixel has another scale
    than a grey value.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Grey values.
    labels : ndarray of uint8, shape (n,)
        Digits.

    Returns
    -------
    sklearn.pipeline.Pipeline
    """
    components = min(COMPONENTS, len(images), images[0].size)
    reader = make_pipeline(
        Normalizer(),
        PCA(components, svd_solver="covariance_eigh"),
        KNeighborsClassifier(min(VOTES, len(images))),
    )
    return reader.fit(_flat(images), labels)


def votes(reader, pictures):
    """Estimate the probability of each label for each picture.

    Parameters
    ----------
    reader : sklearn.pipeline.Pipeline
        A classifier from `train_reader`.
    pictures : ndarray of float, shape (n, rows, columns)
        At least 0, in any unit.

    Returns
    -------
    ndarray of float64, shape (n, labels)
        Shares of the votes, by label: 0 to 9, or to the largest; 0 for a label that the
        classifier was not trained on.
    """
    table = np.zeros((len(pictures), max(10, int(reader.classes_.max()) + 1)))
    table[:, reader.classes_] = reader.predict_proba(_flat(pictures))
    return table


def accuracy(reader, images, labels):
    """Compute the share of test images that are classified correctly, 0 to 1."""
    share = reader.score(_flat(images), labels)
    log.info("test accuracy %.4f", share)
    return share


def _flat(images):
    images = np.asarray(images)
    # Grey values take single precision, which halves the time; it holds them exactly.
    precision = np.result_type(images.dtype, np.float32)
    return images.reshape(len(images), -1).astype(precision)


if __name__ == "__main__":
    with stages.logged(snakemake):
        settings, seed = snakemake.params.settings, snakemake.params.seed
        images = storage.read(snakemake.input.images, Images)
        training = storage.read(snakemake.input.training, Images)
        test = storage.read(snakemake.input.test, Images)
        walks = [storage.read(path, Stationary) for path in snakemake.input.walks]
        reading = read_digits(
            training,
            test,
            walks,
            count=len(images.images),
            settings=settings,
            stream=seeds.generator(seed, "reading"),
        )
        storage.write(
            snakemake.output.reading,
            reading,
            settings=settings
            | {
                "training": training.attributes["settings"],
                "test": test.attributes["settings"],
            },
            source=walks[0].attributes,
            seed=seed,
            libraries=["scikit-learn"],
        )
