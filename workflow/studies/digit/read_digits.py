"""Read the digit in the stationary distributions with a classifier (figure 5)."""

import logging

from pixelwalk import storage
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary
from pixelwalk.storage.kinds.images import Images
from studies.digit import kinds

import numpy as np
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

log = logging.getLogger(__name__)

#: Principal components, and neighbours that vote.
COMPONENTS, VOTES = 50, 5


def read_digits(training, test, walks, *, cuts):
    """Train a classifier and read the digit in the walks of the same graph.

    Parameters
    ----------
    training, test : pixelwalk.storage.kinds.images.Images
        Images of digits with their `labels`.
    walks : sequence of pixelwalk.storage.kinds.graph.Stationary
        One for each cut.
    cuts : list of str
        Their names.

    Returns
    -------
    studies.digit.kinds.Reading
    """
    reader = train_reader(training.images, training.labels)
    return kinds.Reading(
        cuts=cuts,
        active=[walk.active_fraction for walk in walks],
        probabilities=votes(reader, [walk.distribution for walk in walks]),
        mean_probabilities=votes(reader, [walks[0].mean])[0],
        accuracy=accuracy(reader, test.images, test.labels),
        tested=len(test.images),
    )


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
    """Estimate the probability of each digit, 0 to 9, for each picture.

    Parameters
    ----------
    reader : sklearn.pipeline.Pipeline
        A classifier from `train_reader`.
    pictures : ndarray of float, shape (n, rows, columns)
        At least 0, in any unit.

    Returns
    -------
    ndarray of float64, shape (n, 10)
        Shares of the votes; 0 for a digit that the classifier was not trained on.
    """
    table = np.zeros((len(pictures), 10))
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
        settings = snakemake.params.settings
        training = storage.read(snakemake.input.training, Images)
        test = storage.read(snakemake.input.test, Images)
        walks = [storage.read(path, Stationary) for path in snakemake.input.walks]
        storage.write(
            snakemake.output.reading,
            read_digits(training, test, walks, cuts=settings["cuts"]),
            settings=settings
            | {
                "training": training.attributes["settings"],
                "test": test.attributes["settings"],
            },
            source=walks[0].attributes,
            libraries=["scikit-learn"],
        )
