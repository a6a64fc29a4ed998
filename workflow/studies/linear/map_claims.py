"""Judge whether the best linear map can be seen as a stochastic matrix (section 11)."""

from pixelwalk import ledger
from studies.linear import stochastic

import numpy as np

# Largest share of negative entries in the absolute weight, and largest relative
# difference of sums over rows or columns, of what counts as a stochastic matrix.
_NEGATIVE, _UNEQUAL = 0.01, 0.01


def judge_stochastic(optima, trainings):
    """Judge whether the best linear map is a stochastic matrix, up to its scale.

    Parameters
    ----------
    optima : list of kinds.Optimum
    trainings : list of kinds.Training

    Returns
    -------
    Claim
    """
    measured, null, decisions = {}, {}, []
    for best, trained in zip(optima, trainings, strict=True):
        name = best.attributes["settings"]["name"]
        names = ("negative share", "unequal row sums", "unequal column sums")
        tables = (best.negative, best.row_spread, best.column_spread)
        estimates = {
            what: ledger.mean_and_error(table[0])
            for what, table in zip(names, tables, strict=True)
        }
        reached = stochastic.measure(trained.learned)
        measured[name] = estimates | {
            f"{what}, after training from random weights": value
            for what, value in zip(names, reached, strict=True)
        }
        null[name] = {
            what: ledger.mean_and_error(table[1])
            for what, table in zip(names, tables, strict=True)
        }
        gain = ledger.mean_and_error(np.subtract(*best.negative))
        rows, columns = (ends(estimates[what]) for what in names[1:])
        decisions += [
            ledger.below(ends(estimates[names[0]]), _NEGATIVE),
            ledger.some(ledger.below(sums, _UNEQUAL) for sums in (rows, columns)),
            ledger.below(ends(gain), 0),
        ]
    pairs = ", ".join(str(best.negative.shape[1]) for best in optima)
    return ledger.claim(
        "stochastic-matrix-of-the-network",
        "11",
        "The matrix T of the best linear network, trained on all shifts of an image, "
        "can be seen as the stochastic matrix of a Markov chain over the pixels (up to "
        "a positive factor).",
        None,
        measured,
        "supported if in every entry, as means over pairs of images (95 % intervals), "
        f"the negative entries of T are less than {_NEGATIVE:.0%} of its absolute "
        "weight, and less than for images with permuted pixels, and the sums over "
        f"its rows, or over its columns, differ by less than {_UNEQUAL:.0%} of the "
        "largest; else refuted, or undecided if an interval includes a threshold",
        ledger.supported(ledger.every(decisions)),
        f"Pairs of input and target: {pairs}. A circulant matrix has equal sums over "
        "its rows and columns, whatever its entries; so the signs decide.",
        null=null,
        evidence=[*optima, *trainings],
    )


def ends(estimate):
    """Return the interval of an estimate; nan for one of a single value."""
    return estimate.get("interval", (np.nan, np.nan))
