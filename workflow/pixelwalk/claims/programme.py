"""Judge the programme at the end of section 11, which the paper proposes to others."""

import numpy as np

from pixelwalk.claims import fixed, ledger

# How far above the best loss a trained layer may end, and how far below by rounding.
_MOST_ABOVE, _ROUNDING = 1.25, 0.999
# Share of the first singular value from which on a matrix has further ones.
_RANK = 1e-9
# Relative distance up to which matrices are called equal.
_EQUAL = 0.1
# What a pattern must find of the edges, and the share of pairs it may have at a level.
_FOUND, _SPARSE, _LEVEL = 0.9, 0.1, 0.1
# Relative error that the coupling may have.
_COUPLING = 0.05


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
        judge_recovery(lattice.patterns),
        fixed.judge(fixed_points),
    ]


def judge_optimum(runs):
    """Judge whether training a linear layer leads to the closed form, of rank one."""
    measured, holds = {}, True
    for name, run in runs.items():
        made, solved = run.networks, run.optimum
        best, trained = float(solved.loss), float(made.training_loss[0])
        second = solved.singular_values[0][1:2].sum() / solved.singular_values[0][0]
        holds &= bool(_ROUNDING * best <= trained <= _MOST_ABOVE * best)
        holds &= bool(second <= _RANK)
        measured[name] = {
            "closed form, loss": best,
            "closed form, held-out loss": float(solved.test_loss),
            "closed form, second singular value over first": float(second),
            "closed form of the fewest images, loss": {
                "value": float(solved.losses[0]) if len(solved.losses) else np.nan,
                "images": int(solved.loss_sizes[0]) if len(solved.losses) else 0,
            },
        } | _networks(made)
    return ledger.entry(
        "programme-optimum",
        "11",
        "Trained to give the stationary distribution y for every image x, one linear "
        "layer without bias tends to the optimum W = y v^T, of rank one: all that it "
        "keeps of an image is one number, v x.",
        None,
        measured,
        "supported if, on the lattice's samples and on images, the training loss of "
        "the trained dense linear layer is no lower than the closed form's (but for "
        f"{1 - _ROUNDING:.1%}) and at most {_MOST_ABOVE - 1:.0%} higher, and the "
        f"second singular value of the closed form is below {_RANK:g} of the first; "
        "else refuted",
        ledger.supported(holds),
        "Losses are mean squared errors over the mean square of y. v is the pseudo-"
        "inverse of the images times ones, so the loss is 0 if and only if ones lie in "
        "the span of the pixels, as for few images. With a bias, W = 0 is optimal "
        "already, with a loss of 0: there the target says nothing about W. Pixels "
        "that are rarely on get large weights in the closed form, with which it can do "
        "badly on held-out images.",
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
    return ledger.entry(
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
        "so with its columns normalised it has the same stationary distribution, and "
        "is another matrix all the same: the target, one for all images, does not hold "
        "the chain. True instead: (a) with single steps of the chain as inputs and "
        "targets, least squares tends to the chain's matrix; the distance falls as the "
        f"number of steps to the power {rates} (lattice, images; -1/2 is expected), to "
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
    return ledger.entry(
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
        "favoured there. Chance gives an area equal to the share of edges among pairs. "
        "Weights that are learned from pairs of pixels (averages, single steps of the "
        "chain, regressions on all other pixels) are given for comparison.",
    )


def judge_recovery(found):
    """Judge whether pseudo-likelihood finds the lattice sooner than correlations do."""
    where = {method: column for column, method in enumerate(found.methods)}
    own = found.recovered[:, where["pseudo-likelihood"]]
    away = np.abs(found.coupling_found / found.coupling - 1)
    good = np.where(np.isnan(own), np.nan, (own == 1) & (away <= _COUPLING))
    ours = _from(found.sizes, good)
    others = {
        method: _from(found.sizes, found.recovered[:, column])
        for method, column in where.items()
    }
    averaged = others["averaged pairs"]
    holds = ours is not None and (averaged is None or averaged > ours)
    measured = {
        "edges": int(found.edges),
        "coupling": float(found.coupling),
        "pseudo-likelihood, coupling within 5 %: samples": ours,
    }
    measured |= {f"{method}: samples": size for method, size in others.items()}
    for row, size in enumerate(found.sizes.tolist()):
        measured[f"{size} samples"] = {
            method: {
                "missing": _pair(found.missing, found.missing_error, row, column),
                "false": _pair(found.false, found.false_error, row, column),
                "share of batches without a wrong edge": float(
                    found.recovered[row, column]
                ),
            }
            for method, column in where.items()
            if np.isfinite(found.recovered[row, column])
        } | {
            "coupling": {
                "value": float(found.coupling_found[row]),
                "standard_error": float(found.coupling_found_error[row]),
                "root mean square error on an edge": float(found.coupling_rms[row]),
            },
            "batches": int(found.batches[row]),
        }
    return ledger.entry(
        "pseudo-likelihood-recovers-lattice",
        "11",
        "Predicting every pixel from all others (L1-regularised logistic regression) "
        "recovers all edges of the lattice with no false one, and the coupling itself, "
        "from fewer samples than thresholding the averaged correlations needs.",
        None,
        measured,
        "supported if there is a number of samples from which on every batch gives all "
        f"edges and no false one, and a mean coupling within {_COUPLING:.0%} of the "
        "true one, and averaged pairs, cut at the best level, need more for the edges "
        "alone; else refuted",
        ledger.supported(holds),
        "Pseudo-likelihood decides by itself what is an edge; the other methods are "
        "cut at the level that is best, which takes the truth to know. The numbers of "
        "samples are among those that were measured, each in as many batches as told. "
        "Linear regression is the inverse of the covariance; of the coupling it tells "
        "nothing.",
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


def _rank(values):
    return int(np.sum(values >= 0.01 * values[0]))


def _pair(values, errors, *place):
    return {"value": float(values[place]), "standard_error": float(errors[place])}


def _from(sizes, good):
    """Smallest size from which on all are good that were measured; None if none is."""
    known = np.flatnonzero(np.isfinite(good))
    least = None
    for row in known[::-1]:
        if good[row] != 1:
            break
        least = int(sizes[row])
    return least
