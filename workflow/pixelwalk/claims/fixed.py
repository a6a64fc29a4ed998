"""Whether what is near the stationary distribution stays there, for all digits."""

import logging

import numpy as np
import scipy

from pixelwalk import graph, ledger, pairs
from pixelwalk.claims import steps
from pixelwalk.graph import walk
from pixelwalk.jobs import progress

log = logging.getLogger(__name__)

# Test images of each digit, and random directions, that steps are measured with.
_SHOWN, _DRAWS = 100, 20


def fixed_points(population, test, *, count, weight, cut, teleport, stream):
    """Measure the distance of x from its next step on the graph of every digit.

    Parameters
    ----------
    population, test : object
        With `images`, ndarray of uint8, shape (n, rows, columns), and `labels`.
    count : int
        Images that a digit's graph is learned from, at most: the first ones, however
        the images of the paper's graph were chosen, so that all digits are alike.
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
        progress.tell(log, len(rows), len(digits), "digits", f"{len(images)} images")
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
    far = float(images.max())
    measured["movement over distance, test images, largest"] = far
    holds = near.max() <= steps.MOST and bool(np.all(np.array(lows) > steps.LEAST))
    made = ledger.claim(
        "fixed-point",
        "11",
        "If an image is nearly equal to the stationary distribution, a step of the "
        "walk leaves it nearly equal, and the images that a step changes little are "
        "those near the stationary distribution; whatever the digit.",
        None,
        measured,
        f"as for step-invariance, supported if for every digit no x moves by more than "
        f"{steps.MOST} times its distance from the stationary distribution, in random "
        "directions and towards every pixel, and over test images the 95 % interval of "
        "the rank correlation of distance and movement lies above "
        f"{steps.LEAST}; else refuted; not measured with fewer than 4 test images, or "
        "where all are as far or move as far",
        ledger.supported(bool(holds)),
        "Distances in total variation. That a step moves x by less than twice its "
        "distance is a theorem; it moves x by "
        f"{near.max():.3f} times its distance at most in random directions and towards "
        f"single pixels, and by {far:.3f} times at most towards test images, to which "
        "the criterion does not look. A step is linear: along a direction the ratio "
        "is the same at any distance. Over test images the rank correlation is "
        f"{np.min(lows):.2f} at least, with 97.5 % confidence. Each digit's graph is "
        "that of its first images.",
    )
    if np.isnan(lows).any():
        return ledger.not_measured(
            made,
            "The rank correlation needs 4 or more test images that differ in their "
            "distance from the stationary distribution, and in how far they move.",
        )
    return made


def _rank(nearness, moved):
    """Spearman's rank correlation with its 95 % interval; nan where it has none."""
    if len(nearness) < 4 or np.ptp(nearness) == 0 or np.ptp(moved) == 0:
        return np.nan, np.nan, np.nan
    ranks = map(scipy.stats.rankdata, (nearness, moved))
    found = scipy.stats.pearsonr(*ranks)
    low, high = found.confidence_interval()
    return float(found.statistic), float(low), float(high)
