"""How far one step of the walk moves an image (section 11)."""

import numpy as np
import scipy

from pixelwalk import ledger
from pixelwalk.graph.steps import DISTANCES, steps, total_variation

__all__ = ["DISTANCES", "LEAST", "MOST", "judge", "steps", "total_variation"]

#: A movement of the distance itself (and the rounding of it) is what may be called
#: near, and a rank correlation of this much a clear one.
MOST, LEAST = 1.01, 0.5


def judge(found, label):
    """Judge whether a step leaves what is near the stationary distribution in place.

    Parameters
    ----------
    found : object
        Results of `steps`, with `image_labels`, shape (n,).
    label : int
        The digit that the graph was learned from.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    ratio = found.moved.max(axis=1) / found.nearness
    same = found.image_labels == label
    ranks = map(scipy.stats.rankdata, (found.image_nearness, found.image_moved))
    rank, low, high = np.nan, np.nan, np.nan
    if len(same) > 3:  # fewer images have no interval
        correlation = scipy.stats.pearsonr(*ranks)  # of the ranks: Spearman's
        rank, (low, high) = correlation.statistic, correlation.confidence_interval()
    measured = {
        f"moved, for x at distance {distance}": {
            "value": float(np.mean(moved)),
            "largest": float(np.max(moved)),
        }
        for distance, moved in zip(DISTANCES, found.moved, strict=True)
    }
    for name, chosen in (("this digit", same), ("other digits", ~same)):
        nearness, moved = found.image_nearness[chosen], found.image_moved[chosen]
        measured[f"distance of images of {name}"] = ledger.mean_and_error(nearness)
        measured[f"moved, images of {name}"] = ledger.mean_and_error(moved)
    measured["rank correlation over images"] = {
        "value": float(rank),
        "interval": [float(low), float(high)],
    }
    return ledger.claim(
        "step-invariance",
        "11",
        "An image near the stationary distribution is hardly changed by a step of the "
        "walk, and the images that a step changes little are those near it.",
        None,
        measured,
        f"supported if no x moves by more than {MOST} times its distance from the "
        "stationary distribution, and over real images the 95 % interval of the rank "
        f"correlation of distance and movement lies above {LEAST}; else refuted",
        ledger.supported(bool(np.all(ratio <= MOST)) and low > LEAST),
        "Distances in total variation, 0 to 1. That a step moves x by less than twice "
        "its distance is a theorem; the largest movement seen is "
        f"{np.max(ratio):.2f} times the distance, so 'hardly' means no more than the "
        "distance itself. Real images are single test images: they stand far from the "
        "stationary distribution, and a step changes them much.",
    )
