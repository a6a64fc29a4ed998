"""Judge the programme at the end of section 11, which the paper proposes to others.

Runs are named `lattice` (over Ising samples) and `images`.
"""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.programme import claim_numbers as numbers
from studies.programme.kinds import FixedPoints, Networks, Optimum, Patterns

import numpy as np

# How far above the best loss a trained layer may end, and how far below by rounding.
_MOST_ABOVE, _ROUNDING = 1.25, 0.999
# Share of the first singular value from which on a matrix has further ones; distance of
# a closed form from another method's (by second moments, it has half of the digits).
_RANK, _AGREE = 1e-9, 1e-3
# Relative distance up to which matrices are called equal.
_EQUAL = 0.1
# Least area under the precision-recall curve, and largest share of large weights.
_AREA, _SPARSE = 0.9, 0.1
# Relative error that the coupling may have.
_COUPLING = 0.05
# Largest movement, in distances from the stationary distribution, that counts as near
# (the distance itself, with its rounding); and least rank correlation. As in the claim
# step-invariance of the study `digit`.
_MOST_MOVED, _LEAST_RANK = 1.01, 0.5


def judge_optimum(
    networks: dict[str, Networks], optima: dict[str, Optimum]
) -> ledger.Claim:
    """Judge whether the best linear layer has rank one and training comes near it."""
    holds = True
    for name, solved in optima.items():
        best, trained = float(solved.loss), float(networks[name].training_loss[0])
        second = numbers.second(solved.check_singular_values)
        holds &= bool(_ROUNDING * best <= trained <= _MOST_ABOVE * best)
        holds &= bool(second <= _RANK and float(solved.check_distance) <= _AGREE)
    return ledger.claim(
        "programme-optimum",
        "11",
        "Of all linear layers without bias the best at giving the stationary "
        "distribution y for every image is W = y v^T, of rank one: all that it keeps "
        "of an image is one number, v x. Training comes to its loss.",
        None,
        {
            name: numbers.of_optimum(solved) | numbers.of_networks(networks[name])
            for name, solved in optima.items()
        },
        "supported if, on the lattice's samples and on images, dense least squares "
        "from the images to y, which is told nothing of a rank, gives a matrix whose "
        f"second singular value is at most {_RANK:g} of its first and that lies within "
        f"{_AGREE:g} of y v^T (Frobenius norm, over that of y v^T), and the training "
        "loss of the trained dense linear layer is no lower than that of y v^T (but "
        f"for {1 - _ROUNDING:.1%}) and at most {_MOST_ABOVE - 1:.0%} higher; else "
        "refuted",
        ledger.supported(holds),
        _note_on_optimum(networks, optima),
        evidence=[*networks.values(), *optima.values()],
        figures=["figure9", "figure11"],
    )


def _note_on_optimum(networks, optima):
    """Say how far training ends from the closed form, and the losses of both."""
    away = _and(f"{solved.trained_distance:.2g}" for solved in optima.values())
    ratio = _and(
        f"{networks[name].training_loss[0] / solved.loss:.3g}"
        if solved.loss > 0
        else "not defined"
        for name, solved in optima.items()
    )
    best = _and(f"{solved.test_loss:.3g}" for solved in optima.values())
    trained = _and(f"{networks[name].test_loss[0]:.3g}" for name in optima)
    return (
        f"The trained W differs from y v^T by {away} of its norm ({_and(optima)}); the "
        f"ratio of their training losses is {ratio}. On held-out images the loss of "
        f"y v^T is {best}, that of the trained W {trained}."
    )


def judge_stochastic_matrix(optima: dict[str, Optimum]) -> ledger.Claim:
    """Judge whether the optimal matrix is the transition matrix of the walk."""
    equal, distances = True, {"closed form": [], "trained": []}
    for solved in optima.values():
        away = dict(zip(solved.names, solved.scaled_distances.tolist(), strict=True))
        equal &= min(away[name] for name in distances) <= _EQUAL
        for name, texts in distances.items():
            texts.append(f"{away[name]:.3f}")
    closed, trained = map(_and, distances.values())
    last = _and(f"{solved.scaled_distances[-1]:.3f}" for solved in optima.values())
    rates = _and(f"{solved.rate:.3f}" for solved in optima.values())
    return ledger.claim(
        "programme-stochastic-matrix",
        "11",
        "The optimal W of a network that is trained to give the stationary "
        "distribution is equal to the stochastic matrix of the averaged graph.",
        None,
        {name: numbers.of_matrices(solved) for name, solved in optima.items()},
        "supported if the closed form or the trained dense linear layer, in its best "
        f"scale, lies within {_EQUAL:.0%} of the chain's matrix (Frobenius norm, over "
        "that of the chain's), on the lattice's samples and on images; else refuted",
        ledger.supported(bool(equal)),
        f"In its best scale the closed form is {closed} from the chain's matrix "
        f"({_and(optima)}), the trained layer {trained}. An estimate from single steps "
        f"of the chain is {last} from it, and the distance falls as their number to "
        f"the power {rates}.",
        evidence=optima.values(),
        figures=["figure9"],
    )


def judge_sparsity(patterns: dict[str, Patterns]) -> ledger.Claim:
    """Judge whether the trained weights have the sparsity pattern of the graph."""
    holds, areas = True, {"closed form": [], "trained": []}
    for pattern in patterns.values():
        for kind, texts in areas.items():
            row = pattern.kinds.index(kind)
            area = float(pattern.final_precision[row])
            share = numbers.share_of_large(pattern, row)
            holds &= bool(area >= _AREA and share <= _SPARSE)
            texts.append(f"{area:.2f}")
    closed, trained = map(_and, areas.values())
    chance = _and(f"{pattern.chance:.2f}" for pattern in patterns.values())
    return ledger.claim(
        "programme-sparsity",
        "11",
        "The weights of a network that is trained to give the stationary distribution "
        "have the sparsity pattern of the graph: few are large, and those are its "
        "edges.",
        None,
        {name: numbers.of_pattern(pattern) for name, pattern in patterns.items()},
        "supported if for the closed form and for the trained dense linear layer the "
        "area under the precision-recall curve for the edges is at least "
        f"{_AREA}, and at most {_SPARSE:.0%} of the pairs weigh {numbers.LEVEL:.0%} of "
        "the largest or more, on the lattice's samples and on images; else refuted",
        ledger.supported(holds),
        f"The area is {closed} for the closed form and {trained} for the trained layer "
        f"({_and(patterns)}), where chance gives {chance}. No edges of images are "
        "known: there they are the heaviest pairs of the other half of the images.",
        evidence=patterns.values(),
        figures=["figure10"],
    )


def judge_pseudo_likelihood(pattern: Patterns) -> ledger.Claim:
    """Judge whether pseudo-likelihood finds the lattice from the fewest samples."""
    own = pattern.recovered[:, pattern.methods.index("pseudo-likelihood")]
    most = _COUPLING * abs(pattern.coupling)
    good = (own == 1) & (pattern.coupling_away <= most)
    close = pattern.coupling_rms <= most
    ours, on_edge = (
        numbers.least_size(pattern.sizes, np.where(np.isnan(own), np.nan, reached))
        for reached in (good, close)
    )
    needed = {
        method: numbers.least_size(pattern.sizes, pattern.recovered[:, column])
        for column, method in enumerate(pattern.methods)
    }
    averaged = needed["averaged pairs"]
    texts = (f"{method} {size or 'none'}" for method, size in needed.items())
    judged = ledger.claim(
        "pseudo-likelihood-recovers-lattice",
        "11",
        "Predicting every pixel from all others (L1-regularised logistic regression) "
        "recovers all edges of the lattice with no false one, and their mean coupling, "
        "from fewer samples than thresholding the averaged correlations needs.",
        None,
        {
            "edges": int(pattern.edges),
            "coupling": float(pattern.coupling),
            "pseudo-likelihood, mean coupling within 5 %: samples": ours,
            "pseudo-likelihood, error on an edge within 5 %: samples": on_edge,
        }
        | {f"{method}: samples": size for method, size in needed.items()}
        | numbers.of_sizes(pattern),
        "supported if there is a number of samples from which on every batch gives all "
        f"edges and no false one, and a mean over them within {_COUPLING:.0%} of the "
        "true coupling, and averaged pairs, cut at the best level, need more for the "
        "edges alone; else refuted; not measured without a coupling",
        ledger.supported(ours is not None and (averaged is None or averaged > ours)),
        f"Numbers of samples from which on no edge is wrong: {', '.join(texts)}. "
        "An error (root mean square) of the coupling on an edge of at most "
        f"{_COUPLING:.0%} "
        f"{f'takes {on_edge}' if on_edge else 'was reached with none of them'}.",
        evidence=[pattern],
        figures=["figure10"],
    )
    if pattern.coupling == 0:
        reason = "Spins without a coupling have no edges that could be found."
        return ledger.not_measured(judged, reason)
    return judged


def judge_fixed_points(fixed: FixedPoints) -> ledger.Claim:
    """Judge whether steps leave what is near the stationary distribution there."""
    near = (fixed.largest / fixed.nearness).max()
    ratios = np.divide(
        fixed.image_moved,
        fixed.image_nearness,
        out=np.zeros_like(fixed.image_moved),
        where=fixed.image_nearness > 0,
    )
    far = float(ratios.max())
    ranks = [
        ledger.rank_correlation(nearness, moved)
        for nearness, moved in zip(fixed.image_nearness, fixed.image_moved, strict=True)
    ]
    lows = np.array([low for _, low, _ in ranks])
    holds = near <= _MOST_MOVED and bool(np.all(lows > _LEAST_RANK))
    judged = ledger.claim(
        "fixed-point",
        "11",
        "If an image is nearly equal to the stationary distribution, a step of the "
        "walk leaves it nearly equal, and the images that a step changes little are "
        "those near the stationary distribution; whatever the digit.",
        None,
        {
            f"digit {digit}": _of_digit(fixed, row, ratios[row], ranks[row])
            for row, digit in enumerate(fixed.digits.tolist())
        }
        | {"movement over distance, test images, largest": far},
        "as for step-invariance, supported if for every digit no x moves by more than "
        f"{_MOST_MOVED} times its distance from the stationary distribution, in random "
        "directions and towards every pixel, and over test images the 95 % interval of "
        "the rank correlation of distance and movement lies above "
        f"{_LEAST_RANK}; else refuted; not measured with fewer than 4 test images, or "
        "where all are as far or move as far",
        ledger.supported(bool(holds)),
        f"A step moves x by {near:.3f} times its distance at most in random directions "
        f"and towards single pixels, and by {far:.3f} times at most towards test "
        "images. Over test images the rank correlation is "
        f"{np.min(lows):.2f} at least, with 97.5 % confidence.",
        evidence=[fixed],
        figures=["figure11"],
    )
    if np.isnan(lows).any():
        reason = (
            "The rank correlation needs 4 or more test images that differ in their "
            "distance from the stationary distribution, and in how far they move."
        )
        return ledger.not_measured(judged, reason)
    return judged


def _of_digit(fixed, row, ratios, rank):
    """Collect what was measured on the graph of one digit."""
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


def _and(texts):
    return " and ".join(texts)


def _by_run(paths, kind):
    """Read a file of the run over the lattice, and one of that over images."""
    names = "lattice", "images"
    return {n: storage.read(path, kind) for n, path in zip(names, paths, strict=True)}


if __name__ == "__main__":
    with stages.logged(snakemake):
        networks = _by_run(snakemake.input.networks, Networks)
        optima = _by_run(snakemake.input.optima, Optimum)
        patterns = _by_run(snakemake.input.patterns, Patterns)
        fixed = storage.read(snakemake.input.fixed, FixedPoints)
        claims = [
            judge_optimum(networks, optima),
            judge_stochastic_matrix(optima),
            judge_sparsity(patterns),
            judge_pseudo_likelihood(patterns["lattice"]),
            judge_fixed_points(fixed),
        ]
        ledger.save(snakemake.output.claims, "programme", claims)
