"""Judge what section 11 says about steps of the walk and about losses of images."""

from pixelwalk import ledger
from studies.programme.kinds import FixedPoints
from studies.programme.low_loss import SHARE

import numpy as np

# Least share of the images of lowest loss that are among the nearest, and least rank
# correlation.
_OVERLAP, _RANK = 0.5, 0.5
# Fewest images that the share must hold.
_FEWEST = 5
# Rounding of a distance, and of a movement relative to it.
_ROUNDING, _RELATIVE = 1e-9, 1e-6


def judge_low_loss(fixed: FixedPoints) -> ledger.Claim:
    """Judge whether images of low loss are those near the stationary distribution."""
    decisions, measured, null = [], {}, {}
    for row, digit in enumerate(fixed.digits.tolist()):
        measured[f"digit {digit}"], null[f"digit {digit}"] = {}, {}
        for name, threshold, samples in (
            ("overlap", _OVERLAP, fixed.overlaps[row]),
            ("rank correlation", _RANK, fixed.ranks[row]),
        ):
            own, other = samples
            decisions += [
                ledger.above(ledger.interval(own[1:]), threshold),
                ledger.above(ledger.interval(own[1:] - other[1:]), 0),
            ]
            measured[f"digit {digit}"][name] = _with_interval(own)
            measured[f"digit {digit}"][f"{name}, less the null's"] = _with_interval(
                own - other
            )
            null[f"digit {digit}"][name] = _with_interval(other)
        for name, values in (
            ("overlap", fixed.variation_overlaps[row]),
            ("rank correlation", fixed.variation_ranks[row]),
        ):
            told = f"{name}, in total variation"
            measured[f"digit {digit}"][told], null[f"digit {digit}"][told] = map(
                float, values
            )
    number = len(fixed.image_labels)
    judged = ledger.claim(
        "low-loss-images",
        "11",
        "If the target y is the stationary distribution, the set of input images x "
        "with low loss ||y - T x|| is the set of images that are nearly equal to y; "
        "whatever the digit.",
        None,
        measured | {"test images": number},
        f"supported if for every digit, of the {SHARE:.0%} of test images of lowest "
        f"loss (Euclidean norms) more than {_OVERLAP:.0%} are among the {SHARE:.0%} "
        "nearest to y, the rank correlation of loss and distance over all test images "
        f"is above {_RANK}, and both are higher than for the walk on a graph of "
        "independent pixels with the same values (95 % intervals by bootstrap over "
        "test images, of the differences too); refuted if one of these is not so; "
        f"else undecided; not measured with less than {_FEWEST} images in {SHARE:.0%}",
        ledger.supported(ledger.every(decisions)),
        _note(fixed),
        null=null,
        evidence=[fixed],
        figures=["figure11"],
    )
    if SHARE * number < _FEWEST:
        reason = f"{SHARE:.0%} of {number} test images are too few to compare."
        return ledger.not_measured(judged, reason)
    return judged


def _note(fixed):
    """Say how far loss and distance agree, and how far the images are from y."""
    own, other = fixed.overlaps[:, :, 0].T
    first, second = fixed.ranks[:, :, 0].T
    return (
        f"Of the images of lowest loss {own.min():.0%} to {own.max():.0%} are among "
        f"the nearest, by digit; for independent pixels {other.min():.0%} to "
        f"{other.max():.0%}. The rank correlation is {first.min():.3f} to "
        f"{first.max():.3f}, for independent pixels {second.min():.3f} to "
        f"{second.max():.3f}. x is scaled to sum to 1; the smallest distance of a test "
        f"image from y is {np.min(fixed.distances[:, 0]):.3g}, and the largest loss "
        f"{np.max(fixed.losses[:, 0]):.3g}, in Euclidean norm."
    )


def judge_step_bound(fixed: FixedPoints) -> ledger.Claim:
    """Judge how far one step moves an image that is near the distribution."""
    most = 2 - float(fixed.teleport)
    holds = bool(
        np.all(fixed.farthest <= most + _ROUNDING)
        and np.allclose(fixed.attained, fixed.farthest, rtol=_RELATIVE, atol=0)
    )
    return ledger.claim(
        "step-bound",
        "11",
        "If x is nearly equal to the stationary distribution y, then T x is nearly "
        "equal to x: a step moves x by at most 2 less the chance of a jump, times its "
        "distance from y, and on each graph by at most the largest ratio over pairs "
        "of pixels, which is exact.",
        None,
        {
            f"digit {digit}": {
                "largest ratio over pairs of pixels": float(ratio),
                "of one x, by a step": float(attained),
            }
            for digit, ratio, attained in zip(
                fixed.digits.tolist(), fixed.farthest, fixed.attained, strict=True
            )
        }
        | {"bound": most},
        "supported if for every digit the largest movement over the distance (total "
        "variation) over all pairs of pixels is at most 2 less the chance of a jump "
        f"(within {_ROUNDING:g}), and a step moves an x of that pair by it (within "
        f"{_RELATIVE:g} of it); else refuted",
        ledger.supported(holds),
        f"The exact worst case is {fixed.farthest.min():.3f} to "
        f"{fixed.farthest.max():.3f} distances, by digit; the bound for any graph is "
        f"{most:.3g}. Above 1, x moves farther than it is away from y.",
        nature="theorem",
        evidence=[fixed],
        figures=["figure11"],
    )


def _with_interval(samples):
    """Return the first number with the interval of the bootstrap samples after it."""
    return {"value": float(samples[0]), "interval": ledger.interval(samples[1:])}
