"""What a classifier reads in the stationary distributions (section 11, figure 5)."""

import logging

import numpy as np

from pixelwalk import ledger

log = logging.getLogger(__name__)

#: Principal components, and neighbours that vote.
COMPONENTS, VOTES = 50, 5


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
    # Here, so that a second of imports is not for those who only judge.
    from sklearn.decomposition import PCA
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import Normalizer

    components = min(COMPONENTS, len(images), images[0].size)
    reader = make_pipeline(
        Normalizer(),
        PCA(components, svd_solver="covariance_eigh"),
        KNeighborsClassifier(min(VOTES, len(images))),
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


def judge(found, label):
    """Judge whether the sparse graphs still show their digit.

    Parameters
    ----------
    found : object
        With `cuts`, `active`, shape (cuts,), `probabilities`, shape (cuts, 10),
        `mean_probabilities`, `accuracy` and `tested`, of `reading`.
    label : int
        The digit that the images show.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    least = 0.95
    right = found.probabilities.argmax(axis=1) == label
    error = np.sqrt(found.accuracy * (1 - found.accuracy) / found.tested)
    measured = {
        cut: {
            "active fraction": float(active),
            "read as": int(np.argmax(votes)),
            f"share of votes for {label}": float(votes[label]),
        }
        for cut, active, votes in zip(
            found.cuts, found.active, found.probabilities, strict=True
        )
    }
    measured["mean image"] = {"read as": int(np.argmax(found.mean_probabilities))}
    measured["test accuracy"] = {
        "value": float(found.accuracy),
        "standard_error": float(error),
    }
    return ledger.claim(
        "sparse-still-five",
        "11, figure 5",
        "With one in 200 of the possible edges the stationary distribution still shows "
        "the digit.",
        None,
        measured,
        f"supported if a classifier whose test accuracy is at least {least} reads the "
        "digit in the stationary distribution of every cut; else refuted",
        ledger.supported(bool(np.all(right)) and found.accuracy >= least),
        f"{VOTES} nearest neighbours vote, among principal components; brightness is "
        "divided out.",
    )


def _flat(images):
    images = np.asarray(images)
    # Grey values take single precision, which halves the time; it holds them exactly.
    precision = np.result_type(images.dtype, np.float32)
    return images.reshape(len(images), -1).astype(precision)
