"""Judge the programme at the end of section 11, which the paper proposes to others."""

import numpy as np

from pixelwalk import ledger
from pixelwalk.claims import fixed, recoveries

# How far above the best loss a trained layer may end, and how far below by rounding.
_MOST_ABOVE, _ROUNDING = 1.25, 0.999
# Share of the first singular value from which on a matrix has further ones; distance of
# a closed form from another method's (by second moments, it has half of the digits).
_RANK, _AGREE = 1e-9, 1e-3
# Relative distance up to which matrices are called equal.
_EQUAL = 0.1
# What a pattern must find of the edges, and the share of pairs it may have at a level.
_FOUND, _SPARSE, _LEVEL = 0.9, 0.1, 0.1


def judge(lattice, images, fixed_points):
    """Judge what came of the programme.

    Parameters
    ----------
    lattice, images : object
        With `networks`, `optimum` and `patterns`: datasets of the kinds
        `programme-networks`, `programme-optimum` and `patterns`.
    fixed_points : object
        Datasets of the kind `fixed-points`.

    Returns
    -------
    list of dict
        Entries of the ledger, without `evidence`.
    """
    runs = {"lattice": lattice, "images": images}
    return [
        judge_optimum(runs),
        judge_stochastic_matrix(runs),
        judge_sparsity(runs),
        recoveries.judge(lattice.patterns),
        fixed.judge(fixed_points),
    ]


def judge_optimum(runs):
    """Judge whether the best linear layer is of rank one, and training comes near."""
    measured, holds = {}, True
    for name, run in runs.items():
        made, solved = run.networks, run.optimum
        best, trained = float(solved.loss), float(made.training_loss[0])
        second = _second(solved.check_singular_values)
        away = float(solved.check_distance)
        holds &= bool(_ROUNDING * best <= trained <= _MOST_ABOVE * best)
        holds &= bool(second <= _RANK and away <= _AGREE)
        powers = solved.singular_values[1] ** 2
        measured[name] = {
            "closed form, loss": best,
            "closed form, held-out loss": float(solved.test_loss),
            "dense least squares, images": int(solved.checked),
            "dense least squares, second singular value over first": second,
            "dense least squares, distance from closed form": away,
            "trained, distance from closed form": float(solved.trained_distance),
            "trained, share of squared weight in its first singular value": float(
                powers[0] / (powers.sum() or 1)
            ),
            "closed form of the fewest images, loss": {
                "value": float(solved.losses[0]) if len(solved.losses) else np.nan,
                "images": int(solved.loss_sizes[0]) if len(solved.losses) else 0,
            },
        } | _networks(made)
    return ledger.claim(
        "programme-optimum",
        "11",
        "Of all linear layers without bias the best at giving the stationary "
        "distribution y for every image is W = y v^T, of rank one: all that it keeps "
        "of an image is one number, v x. Training comes to its loss.",
        None,
        measured,
        "supported if, on the lattice's samples and on images, dense least squares "
        "from the images to y, which is told nothing of a rank, gives a matrix whose "
        f"second singular value is at most {_RANK:g} of its first and that lies within "
        f"{_AGREE:g} of y v^T (Frobenius norm, over that of y v^T), and the training "
        "loss of the trained dense linear layer is no lower than that of y v^T (but "
        f"for {1 - _ROUNDING:.1%}) and at most {_MOST_ABOVE - 1:.0%} higher; else "
        "refuted",
        ledger.supported(holds),
        "Losses are mean squared errors over the mean square of y. v is the pseudo-"
        "inverse of the images times ones, so the loss is 0 if and only if ones lie in "
        "the span of the pixels, as for few images. With a bias, W = 0 is optimal "
        "already, with a loss of 0: there the target says nothing about W. "
        f"{_apart(runs)}",
    )


def _apart(runs):
    """Say how far training ends from the closed form, and how both do elsewhere."""
    away = _and(f"{run.optimum.trained_distance:.2g}" for run in runs.values())
    ratio = _and(
        f"{run.networks.training_loss[0] / run.optimum.loss:.3g}"
        if run.optimum.loss > 0
        else "not defined"
        for run in runs.values()
    )
    losses = _and(f"{run.optimum.test_loss:.3g}" for run in runs.values())
    trained = _and(f"{run.networks.test_loss[0]:.3g}" for run in runs.values())
    return (
        f"The trained W lies {away} of its norm from y v^T ({_and(runs)}), with "
        f"{ratio} times its loss: the loss says little of v along what images hardly "
        "vary in, such as pixels that are rarely on, which have large weights in the "
        f"closed form. On held-out images its loss is {losses}, that of the trained W "
        f"{trained}."
    )


def judge_stochastic_matrix(runs):
    """Judge whether the optimal matrix is that of the walk."""
    measured, equal = {}, True
    for name, run in runs.items():
        found = run.optimum
        away = dict(zip(found.names, found.scaled_distances.tolist(), strict=True))
        equal &= min(away["closed form"], away["trained"]) <= _EQUAL
        measured[name] = {
            matrix: {
                "distance": float(found.distances[row]),
                "distance in the best scale": float(found.scaled_distances[row]),
                "singular values of at least 1 % of the first": _rank(
                    found.singular_values[row]
                ),
                "eigenvalues, largest in size": float(found.eigenvalue_sizes[row][0]),
                "eigenvalues, second over first in size": _second(
                    found.eigenvalue_sizes[row]
                ),
                "distance of its stationary distribution": float(
                    found.stationary_distances[row]
                ),
                "distance of its first singular vector from the distribution": float(
                    found.leading_distances[row]
                ),
            }
            for row, matrix in enumerate(found.names)
        } | {
            "singular values of the chain of at least 1 % of the first": _rank(
                found.chain_singular_values
            ),
            "eigenvalues of the chain, second over first in size": _second(
                found.chain_eigenvalue_sizes
            ),
            "single steps that are learned from": int(found.draws[-1]),
            "power of the steps": {
                "value": float(found.rate),
                "standard_error": float(found.rate_error),
            },
        }
    rates = " and ".join(f"{run.optimum.rate:.3f}" for run in runs.values())
    last = " and ".join(
        f"{run.optimum.scaled_distances[-1]:.3f}" for run in runs.values()
    )
    return ledger.claim(
        "programme-stochastic-matrix",
        "11",
        "The optimal W of a network that is trained to give the stationary "
        "distribution is equal to the stochastic matrix of the averaged graph.",
        None,
        measured,
        "supported if the closed form or the trained dense linear layer, in its best "
        f"scale, lies within {_EQUAL:.0%} of the chain's matrix (Frobenius norm, over "
        "that of the chain's), on the lattice's samples and on images; else refuted",
        ledger.supported(bool(equal)),
        "Every column of the optimum is a multiple of the stationary distribution y, "
        "so with its columns scaled to sum to 1 it has the same stationary "
        "distribution (but for pixels that are never on, whose columns are 0), and is "
        "another matrix all the same, with one eigenvalue that is not 0 (v y), where "
        "the chain has as many as there are rates at which it forgets: the target, one "
        "for all images, does not hold the chain. A matrix that has entries below 0 "
        "when its columns are scaled, as that of training, is that of no chain, and "
        "has no stationary distribution. "
        "True instead: (a) with single steps of the chain as inputs and targets, least "
        "squares tends to the chain's matrix, as theory has it: the single steps are "
        "counts of steps that are drawn from the known chain, which are what a dense "
        "linear layer's least squares on them is; no network is trained on them and no "
        "image used. The distance falls as the number of steps to the power "
        f"{rates} (lattice, images; -1/2 is expected), to "
        f"{last} here; (b) predicting each pixel from all others finds the graph "
        "itself: see pseudo-likelihood-recovers-lattice.",
    )


def judge_sparsity(runs):
    """Judge whether the trained weights have the sparse pattern of the graph."""
    measured, holds = {}, True
    for name, run in runs.items():
        found = run.patterns
        level = int(np.searchsorted(found.levels, _LEVEL - 1e-9))
        measured[name] = {"edges among pairs": float(found.chance)}
        for row, kind in enumerate(found.kinds):
            area = float(found.final_precision[row])
            share = float(found.shares[row, level])
            if kind in ("closed form", "trained"):
                holds &= bool(area >= _FOUND and share <= _SPARSE)
            measured[name][kind] = {
                "precision-recall area": area,
                "share of pairs of at least a tenth of the largest": share,
                "by images": {
                    str(size): {
                        "value": float(value),
                        "standard_error": float(error),
                    }
                    for size, value, error in zip(
                        found.sizes.tolist(),
                        found.precision[:, row],
                        found.error[:, row],
                        strict=True,
                    )
                    if np.isfinite(value)
                },
            }
    return ledger.claim(
        "programme-sparsity",
        "11",
        "The weights of a network that is trained to give the stationary distribution "
        "have the sparsity pattern of the graph: few are large, and those are its "
        "edges.",
        None,
        measured,
        "supported if for the closed form and for the trained dense linear layer the "
        "area under the precision-recall curve for the edges is at least "
        f"{_FOUND}, and at most {_SPARSE:.0%} of the pairs weigh {_LEVEL:.0%} of the "
        "largest or more, on the lattice's samples and on images; else refuted",
        ledger.supported(holds),
        "Edges are those of the lattice; for images, where none are known, the "
        "heaviest pairs of the other half of the images, so that averaged pairs are "
        "favoured there; the trained layers have seen both halves, and the transition "
        "matrix is that of the images of the walk's own graph. Chance gives an area "
        "equal to the share of edges among pairs. "
        "Weights that are learned from pairs of pixels (averages, single steps of the "
        "chain, regressions on all other pixels) are given for comparison, and so are "
        "the trained local and convolution layers with the largest filters, whose "
        "weights are 0 far off because they are made so.",
    )


def _networks(made):
    """Parameters and losses of all networks, by what they are."""
    names = [
        " ".join(
            [kind, *([f"{side} x {side}"] if side else []), activation]
            + (["with bias"] if bias else [])
        )
        for kind, activation, side, bias in zip(
            made.kinds, made.activations, made.kernels, made.biases, strict=True
        )
    ]
    return {
        name: {
            "parameters": int(made.parameters[row]),
            "training loss": float(made.training_loss[row]),
            "held-out loss": float(made.test_loss[row]),
        }
        for row, name in enumerate(names)
    }


def _and(texts):
    return " and ".join(texts)


def _second(values):
    """Share of the second value in the first, of those in descending order."""
    return float(values[1:2].sum() / (values[0] or 1))


def _rank(values):
    return int(np.sum(values >= 0.01 * values[0]))
