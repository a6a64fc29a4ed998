"""Judge whether a step of the walk leaves images near its distribution unchanged."""

import numpy as np
import scipy

from pixelwalk import ledger

# A movement of the distance itself (and the rounding of it) is what may be called near,
# and a rank correlation of this much a clear one; as in the claim step-invariance.
_MOST, _LEAST = 1.01, 0.5


def judge_fixed_points(fixed):
    """Judge whether steps leave what is near the stationary distribution there.

    Parameters
    ----------
    fixed : FixedPoints

    Returns
    -------
    ledger.Claim
    """
    near = fixed.largest / fixed.nearness
    images = np.divide(
        fixed.image_moved,
        fixed.image_nearness,
        out=np.zeros_like(fixed.image_moved),
        where=fixed.image_nearness > 0,
    )
    far = float(images.max())
    ranks = [
        _rank(nearness, moved)
        for nearness, moved in zip(fixed.image_nearness, fixed.image_moved, strict=True)
    ]
    lows = np.array([low for _, low, _ in ranks])
    holds = near.max() <= _MOST and bool(np.all(lows > _LEAST))
    judged = ledger.claim(
        "fixed-point",
        "11",
        "If an image is nearly equal to the stationary distribution, a step of the "
        "walk leaves it nearly equal, and the images that a step changes little are "
        "those near the stationary distribution; whatever the digit.",
        None,
        {
            f"digit {digit}": _of_digit(fixed, row, images[row], ranks[row])
            for row, digit in enumerate(fixed.digits.tolist())
        }
        | {"movement over distance, test images, largest": far},
        f"as for step-invariance, supported if for every digit no x moves by more than "
        f"{_MOST} times its distance from the stationary distribution, in random "
        "directions and towards every pixel, and over test images the 95 % interval of "
        "the rank correlation of distance and movement lies above "
        f"{_LEAST}; else refuted; not measured with fewer than 4 test images, or "
        "where all are as far or move as far",
        ledger.supported(bool(holds)),
        f"A step moves x by {near.max():.3f} times its distance at most in random "
        f"directions and towards single pixels, and by {far:.3f} times at most towards "
        "test images. Over test images the rank correlation is "
        f"{np.min(lows):.2f} at least, with 97.5 % confidence.",
        evidence=[fixed],
        figures=["figure11"],
    )
    if np.isnan(lows).any():
        return ledger.not_measured(
            judged,
            "The rank correlation needs 4 or more test images that differ in their "
            "distance from the stationary distribution, and in how far they move.",
        )
    return judged


def _of_digit(fixed, row, ratios, rank):
    """Collect what was measured on the graph of one digit.

    Parameters
    ----------
    fixed : FixedPoints
    row : int
        Of the digit.
    ratios : ndarray of float, shape (n,)
        Movement over distance of the test images.
    rank : tuple of float
        Rank correlation of distance and movement, with its interval.

    Returns
    -------
    dict
    """
    same = fixed.image_labels == fixed.digits[row]
    value, low, high = rank
    return {
        "movement over distance": {
            "value": float(np.mean(fixed.moved[row] / fixed.nearness)),
            "largest": float((fixed.largest[row] / fixed.nearness).max()),
        },
        "movement over distance, test images of this digit": (
            ledger.mean_and_error(ratios[same]) if same.any() else None
        ),
        "movement over distance, all test images": {
            "value": float(ratios.mean()),
            "largest": float(ratios.max()),
        },
        "distance of test images of this digit": (
            float(fixed.image_nearness[row][same].mean()) if same.any() else None
        ),
        "rank correlation over test images": {"value": value, "interval": [low, high]},
    }


def _rank(nearness, moved):
    """Spearman's rank correlation with its 95 % interval; nan where it has none."""
    if len(nearness) < 4 or np.ptp(nearness) == 0 or np.ptp(moved) == 0:
        return np.nan, np.nan, np.nan
    ranks = map(scipy.stats.rankdata, (nearness, moved))
    correlation = scipy.stats.pearsonr(*ranks)
    low, high = correlation.confidence_interval()
    return float(correlation.statistic), float(low), float(high)
