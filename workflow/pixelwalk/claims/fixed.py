"""Whether what is near the stationary distribution stays there, for all digits."""

import logging

import numpy as np
import scipy

from pixelwalk import graph, pairs, walk
from pixelwalk.claims import ledger, steps

log = logging.getLogger(__name__)

# What a step moves x by at most, over its distance: the triangle inequality, since no
# step leads away from the stationary distribution. And a clear rank correlation.
_MOST, _LEAST = 2, 0.5

# Test images of each digit, and random directions, that steps are measured with.
_SHOWN, _DRAWS = 100, 20


def fixed_points(population, test, *, count, weight, cut, teleport, stream):
    """Measure the distance of x from its next step on the graph of every digit.

    Parameters
    ----------
    population, test : object
        With `images`, ndarray of uint8, shape (n, rows, columns), and `labels`.
    count : int
        Images that a digit's graph is learned from, at most: the first ones.
    weight : dict
        Settings of the averaged pairs, for `pairs.pair_weights`.
    cut : str
        As `graph.sparsify` takes it.
    teleport : float
        Chance of a jump.
    stream : numpy.random.Generator
        Where random distributions come from.

    Returns
    -------
    dict of ndarray
        `digits`, shape (digits,), those of the population. `nearness`, shape
        (distances,): distances of x from the stationary distribution; `moved` and
        `largest`, shape (digits, distances): distance from x to its next step, mean and
        largest over random directions and those of single pixels. `image_labels`, shape
        (n,): of the first test images of each digit; `image_nearness` and
        `image_moved`, shape (digits, n): both distances for these. All as total
        variation.
    """
    digits = np.unique(population.labels)
    chosen = [np.flatnonzero(test.labels == d)[:_SHOWN] for d in np.unique(test.labels)]
    chosen = np.concatenate(chosen)
    rows = []
    for digit in digits:
        images = population.images[population.labels == digit][:count]
        weights = pairs.pair_weights(images, threads=1, **weight)
        adjacency = graph.sparsify(weights, cut)
        distribution, _, _ = walk.stationary_distribution(adjacency, teleport=teleport)
        found = steps.steps(
            distribution,
            adjacency,
            teleport,
            test.images[chosen],
            stream=stream,
            draws=_DRAWS,
        )
        rows.append(
            {
                "moved": found["moved"].mean(axis=1),
                "largest": found["moved"].max(axis=1),
                "image_nearness": found["image_nearness"],
                "image_moved": found["image_moved"],
            }
        )
        log.info("digit %d: %d images", digit, len(images))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]} | {
        "digits": digits,
        "nearness": found["nearness"],
        "image_labels": test.labels[chosen],
    }


def judge(found):
    """Judge whether steps leave what is near the stationary distribution there.

    Parameters
    ----------
    found : object
        Results of `fixed_points` as attributes.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    near = found.largest / found.nearness
    images = np.divide(
        found.image_moved,
        found.image_nearness,
        out=np.zeros_like(found.image_moved),
        where=found.image_nearness > 0,
    )
    measured, lows = {}, []
    for row, digit in enumerate(found.digits.tolist()):
        rank, low, high = _rank(found.image_nearness[row], found.image_moved[row])
        lows.append(low)
        same = found.image_labels == digit
        measured[f"digit {digit}"] = {
            "movement over distance": {
                "value": float(np.mean(found.moved[row] / found.nearness)),
                "largest": float(near[row].max()),
            },
            "movement over distance, test images of this digit": (
                ledger.mean_and_error(images[row][same]) if same.any() else None
            ),
            "movement over distance, all test images": {
                "value": float(images[row].mean()),
                "largest": float(images[row].max()),
            },
            "distance of test images of this digit": (
                float(found.image_nearness[row][same].mean()) if same.any() else None
            ),
            "rank correlation over test images": {
                "value": rank,
                "interval": [low, high],
            },
        }
    largest = max(near.max(), images.max())
    holds = largest <= _MOST and bool(np.all(np.array(lows) > _LEAST))
    return ledger.entry(
        "fixed-point",
        "11",
        "If an image is nearly equal to the stationary distribution, a step of the "
        "walk leaves it nearly equal, and the images that a step changes little are "
        "those near the stationary distribution; whatever the digit.",
        None,
        measured,
        f"supported if for every digit no x moves by more than {_MOST} times its "
        "distance from the stationary distribution, in random directions, towards "
        "every pixel and towards test images, and over test images the 95 % interval "
        "of the rank correlation of distance and movement lies above "
        f"{_LEAST}; else refuted",
        ledger.supported(bool(holds)),
        f"Distances in total variation. That no x moves by more than {_MOST} times its "
        "distance is a theorem, which a distribution that is not stationary would "
        "break; that images which move little are near is none. How far x moves, over "
        "its distance, is the same at any distance, since a step is linear: "
        f"{near.max():.3f} at most in random directions and towards single pixels, "
        f"{images.max():.3f} towards test images, so a step may move x by more than "
        "its distance. Over test images the rank correlation is "
        f"{np.min(lows):.2f} at least, with 97.5 % confidence.",
    )


def _rank(nearness, moved):
    """Spearman's rank correlation with its 95 % interval; nan for fewer than 4."""
    if len(nearness) < 4:
        return np.nan, np.nan, np.nan
    ranks = map(scipy.stats.rankdata, (nearness, moved))
    found = scipy.stats.pearsonr(*ranks)
    low, high = found.confidence_interval()
    return float(found.statistic), float(low), float(high)
