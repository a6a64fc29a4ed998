"""What a classifier reads in the stationary distributions (section 11, figure 5)."""

import logging

import numpy as np
from sklearn.decomposition import PCA
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer

log = logging.getLogger(__name__)

#: Principal components, and neighbours that vote.
COMPONENTS, VOTES = 50, 5


def train_reader(images, labels, *, seed):
    """Train a classifier of digits: nearest neighbours among principal components.

    Brightness is divided out first, because a probability per pixel has another scale
    than a grey value.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Grey values.
    labels : ndarray of uint8, shape (n,)
        Digits.
    seed : int
        Of the randomised principal components.

    Returns
    -------
    sklearn.pipeline.Pipeline
    """
    components = min(COMPONENTS, images[0].size)
    reader = make_pipeline(
        Normalizer(),
        PCA(components, svd_solver="randomized", random_state=seed),
        KNeighborsClassifier(VOTES),
    )
    return reader.fit(_flat(images), labels)


def read(reader, pictures):
    """Probability of each digit, 0 to 9.

    Parameters
    ----------
    reader : sklearn.pipeline.Pipeline
        As `train_reader` gives it.
    pictures : ndarray of float, shape (n, rows, columns)
        At least 0, in any unit.

    Returns
    -------
    ndarray of float64, shape (n, 10)
        Shares of the votes; 0 for a digit that the reader never saw.
    """
    table = np.zeros((len(pictures), 10))
    table[:, reader.classes_] = reader.predict_proba(_flat(pictures))
    return table


def accuracy(reader, images, labels):
    """Share of test images that the reader reads rightly, 0 to 1."""
    share = reader.score(_flat(images), labels)
    log.info("test accuracy %.4f", share)
    return share


def _flat(images):
    return np.reshape(images, (len(images), -1)).astype(np.float32)
