"""Numbers that the claims tell of finished files, by what they measure."""

from pixelwalk import ledger
from studies.programme.patterns import LARGE

import numpy as np


def joined(texts):
    """Join words of a sentence by ``and``."""
    return " and ".join(texts)


def interval_of(estimate):
    """Return the interval of a mean of `ledger.mean_and_error`; nan for one value."""
    return estimate.get("interval", [np.nan, np.nan])


def less(first, second):
    """Decide whether a mean is below another, by the intervals of both.

    Parameters
    ----------
    first, second : dict
        As `ledger.mean_and_error` and `ledger.proportion` return them.

    Returns
    -------
    bool or None
        None if the intervals overlap.
    """
    (low, high), (other_low, other_high) = map(interval_of, (first, second))
    return ledger.below((low - other_high, high - other_low), 0)


def of_optimum(solved):
    """Collect what was measured of the closed form and of the trained layer.

    Parameters
    ----------
    solved : Optimum

    Returns
    -------
    dict
    """
    powers = solved.singular_values[1] ** 2
    return {
        "closed form, loss": float(solved.loss),
        "closed form, held-out loss": float(solved.test_loss),
        "dense least squares, images": int(solved.checked),
        "dense least squares, second singular value over first": second(
            solved.check_singular_values
        ),
        "dense least squares, distance from closed form": float(solved.check_distance),
        "trained, distance from closed form": float(solved.trained_distance),
        "trained, share of squared weight in its first singular value": float(
            powers[0] / (powers.sum() or 1)
        ),
        "closed form of the fewest images, loss": {
            "value": float(solved.losses[0]) if len(solved.losses) else np.nan,
            "images": int(solved.loss_sizes[0]) if len(solved.losses) else 0,
        },
        "cutoff, chosen on held-out images": float(solved.cutoff),
        "by cutoff": {
            f"{cutoff:g}": {
                "eigenvalues kept": int(solved.cutoff_ranks[row]),
                "loss": float(solved.cutoff_losses[row]),
                "held-out loss, half for the choice": float(
                    solved.cutoff_choice_losses[row]
                ),
                "held-out loss, other half": float(solved.cutoff_test_losses[row]),
            }
            for row, cutoff in enumerate(solved.cutoffs)
        },
    }


def designs(trained):
    """Name the design of every network, in words: list of str."""
    parts = zip(
        trained.kinds,
        trained.activations,
        trained.kernels,
        trained.biases,
        strict=True,
    )
    return [
        " ".join(
            [kind, *([f"{side} x {side}"] if side else []), activation]
            + (["with bias"] if bias else [])
        )
        for kind, activation, side, bias in parts
    ]


def of_networks(trained):
    """Collect parameters and losses of all networks.

    Parameters
    ----------
    trained : Networks

    Returns
    -------
    dict of str to dict
        By the design of the network.
    """
    return {
        name: {
            "parameters": int(trained.parameters[row]),
            "training loss": float(trained.training_loss[row]),
            "held-out loss": float(trained.test_loss[row]),
        }
        for row, name in enumerate(designs(trained))
    }


def of_matrices(solved):
    """Collect what was measured of each matrix that is compared with the chain.

    Parameters
    ----------
    solved : Optimum

    Returns
    -------
    dict
    """
    return {
        matrix: {
            "distance": float(solved.distances[row]),
            "distance in the best scale": float(solved.scaled_distances[row]),
            "singular values of at least 1 % of the first": _rank(
                solved.singular_values[row]
            ),
            "eigenvalues, largest in size": float(solved.eigenvalue_sizes[row][0]),
            "eigenvalues, second over first in size": second(
                solved.eigenvalue_sizes[row]
            ),
            "distance of its stationary distribution": float(
                solved.stationary_distances[row]
            ),
            "distance of its first singular vector from the distribution": float(
                solved.leading_distances[row]
            ),
        }
        for row, matrix in enumerate(solved.names)
    } | {
        "singular values of the chain of at least 1 % of the first": _rank(
            solved.chain_singular_values
        ),
        "eigenvalues of the chain, second over first in size": second(
            solved.chain_eigenvalue_sizes
        ),
        "single steps that are learned from": int(solved.draws[-1]),
        "power of the steps": {
            "value": float(solved.rate),
            "standard_error": float(solved.rate_error),
        },
    }


def second(values):
    """Share of the second value in the first, of values in descending order."""
    return float(values[1:2].sum() / (values[0] or 1))


def _rank(values):
    """Count the values of at least 1 % of the first."""
    return int(np.sum(values >= 0.01 * values[0]))


def place(levels, level):
    """Return the place of a level among ascending levels."""
    return int(np.searchsorted(levels, level - 1e-9))


def share_of_large(pattern, row):
    """Share of pairs that weigh at least a tenth of the largest, for one kind."""
    return float(pattern.shares[row, place(pattern.levels, LARGE)])


def of_averages(average):
    """Collect what was measured of averaged weights, and of independent pixels.

    Parameters
    ----------
    average : Averages

    Returns
    -------
    list of dict
        Of the images (with the exact limit, where it is known), and of the null.
    """
    told = [
        {
            "share of entries, by level": {
                f"{level:g}": float(share)
                for level, share in zip(average.levels, shares, strict=True)
            },
            "degree at a tenth": _with_largest(degree),
            "reach at a tenth, pixels": _with_largest(reach),
        }
        for shares, degree, reach in zip(
            average.shares, average.degrees, average.reaches, strict=True
        )
    ]
    told[0]["images"] = int(average.images)
    if np.isfinite(average.exact_degree):
        told[0]["exact limit"] = {
            "share of entries, by level": {
                f"{level:g}": float(share)
                for level, share in zip(
                    average.levels, average.exact_shares, strict=True
                )
            },
            "degree at a tenth": float(average.exact_degree),
            "distance of the averaged weights from it": float(average.exact_distance),
        }
    return told


def _with_largest(pair):
    return {"value": float(pair[0]), "largest": float(pair[1])}


def of_pattern(pattern):
    """Collect what was measured of the weights of each kind.

    Parameters
    ----------
    pattern : Patterns

    Returns
    -------
    dict
    """
    measured = {"edges among pairs": float(pattern.chance)}
    for row, kind in enumerate(pattern.kinds):
        measured[kind] = {
            "precision-recall area": float(pattern.final_precision[row]),
            "share of pairs of at least a tenth of the largest": share_of_large(
                pattern, row
            ),
            "by images": {
                str(size): {"value": float(value), "standard_error": float(error)}
                for size, value, error in zip(
                    pattern.sizes.tolist(),
                    pattern.precision[:, row],
                    pattern.error[:, row],
                    strict=True,
                )
                if np.isfinite(value)
            },
        }
    return measured


def of_sizes(pattern):
    """Collect wrong edges and couplings for each number of samples.

    Parameters
    ----------
    pattern : Patterns

    Returns
    -------
    dict
    """
    return {
        f"{size} samples": {
            method: {
                "missing": _pair(pattern.missing, pattern.missing_error, row, column),
                "false": _pair(pattern.false, pattern.false_error, row, column),
                "share of batches without a wrong edge": float(
                    pattern.recovered[row, column]
                ),
            }
            for column, method in enumerate(pattern.methods)
            if np.isfinite(pattern.recovered[row, column])
        }
        | {
            "coupling": _pair(pattern.coupling_found, pattern.coupling_found_error, row)
            | {"root mean square error on an edge": float(pattern.coupling_rms[row])},
            "batches": int(pattern.batches[row]),
        }
        for row, size in enumerate(pattern.sizes.tolist())
    }


def _pair(values, errors, *place):
    return {"value": float(values[place]), "standard_error": float(errors[place])}
