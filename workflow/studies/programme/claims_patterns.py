"""Judge sparsity patterns of averaged and of trained weights, of filters and spins."""

from pixelwalk import ledger
from studies.programme import claim_numbers as numbers
from studies.programme.edges import COUPLING_ERROR
from studies.programme.kinds import Averages, Filters, Patterns
from studies.programme.measure_filters import SMALL
from studies.programme.patterns import LARGE

import numpy as np

# Largest share of large weights of a sparse matrix.
_SPARSE = 0.1
# Least area under the precision-recall curve.
_AREA = 0.9
# Least share of the absolute weight of a filter in a small window.
_TAPS = 0.9
# Least share of batches that recover a lattice.
_RECOVERED = 0.8


def judge_sparsity(averages: dict[str, Averages]) -> ledger.Claim:
    """Judge whether the averaged weights form a sparse matrix."""
    decisions, measured, null, texts = [], {}, {}, []
    for name, average in averages.items():
        level = numbers.place(average.levels, LARGE)
        own, other = (
            ledger.mean_and_error(shares[:, level]) for shares in average.batch_shares
        )
        decisions += [
            ledger.below(numbers.interval_of(own), _SPARSE),
            numbers.less(own, other),
        ]
        first, second = numbers.of_averages(average)
        measured[name] = {"share of large entries, batches": own} | first
        null[name] = {"share of large entries, batches": other} | second
        limit = average.exact_shares[level]
        exact = f", exactly {limit:.1%} in the limit" if np.isfinite(limit) else ""
        texts.append(
            f"{own['value']:.1%} on the {name}{exact} (independent pixels "
            f"{other['value']:.1%})"
        )
    return ledger.claim(
        "programme-sparsity",
        "11",
        "The W obtained by averaging over many images has a sparsity pattern: few of "
        "its entries are large.",
        None,
        measured,
        f"supported if at most {_SPARSE:.0%} of the entries of two different pixels "
        f"are at least {LARGE:.0%} of the largest, and fewer than for independent "
        "pixels with the same values (each pixel shuffled among the images), on the "
        "lattice's samples and on images; 95 % intervals by Student's t over disjoint "
        "batches of images; refuted if not; else undecided",
        ledger.supported(ledger.every(decisions)),
        f"Entries of at least {LARGE:.0%} of the largest: {numbers.joined(texts)}.",
        null=null,
        evidence=averages.values(),
        figures=["figure10"],
    )


def judge_trained_weights(patterns: dict[str, Patterns]) -> ledger.Claim:
    """Judge whether the trained weights have the sparsity pattern of the graph."""
    decisions, measured, null = [], {}, {}
    texts = {"closed form": [], "trained": []}
    for name, pattern in patterns.items():
        column = pattern.kinds.index("closed form")
        other = ledger.mean_and_error(
            pattern.batch_areas[:, pattern.kinds.index("marginals")]
        )
        replicates = {
            "closed form": (
                pattern.batch_areas[:, column],
                pattern.batch_shares[:, column],
            ),
            "trained": (pattern.seed_areas, pattern.seed_shares),
        }
        measured[name] = numbers.of_pattern(pattern)
        null[name] = {"marginals, precision-recall area": other}
        for way, (areas, shares) in replicates.items():
            area, share = map(ledger.mean_and_error, (areas, shares))
            decisions += [
                ledger.above(numbers.interval_of(area), _AREA),
                ledger.below(numbers.interval_of(share), _SPARSE),
                numbers.less(other, area),
            ]
            measured[name][way] |= {
                "area over replicates": area,
                "share of large weights over replicates": share,
            }
            texts[way].append(f"{area['value']:.2f}")
    closed, trained = map(numbers.joined, texts.values())
    chance = numbers.joined(f"{pattern.chance:.2f}" for pattern in patterns.values())
    nulls = numbers.joined(
        f"{row['marginals, precision-recall area']['value']:.3f}"
        for row in null.values()
    )
    return ledger.claim(
        "trained-weights-sparsity",
        "11",
        "The weights of a network that is trained to give the stationary distribution "
        "have the sparsity pattern of the graph: few are large, and those are its "
        "edges.",
        None,
        measured,
        "supported if for the closed form and for the trained dense linear layer the "
        f"area under the precision-recall curve for the edges is above {_AREA} and "
        "above that of the product of the two means (independent pixels), and at most "
        f"{_SPARSE:.0%} of the weights are at least {LARGE:.0%} of the largest, on the "
        "lattice's samples and on images; 95 % intervals by Student's t, over disjoint "
        "batches of images for the closed form and the null, over initial weights for "
        "the layer; refuted if one of these is not so; else undecided",
        ledger.supported(ledger.every(decisions)),
        f"The area is {closed} for the closed form and {trained} for the trained layer "
        f"({numbers.joined(patterns)}), where chance gives {chance} and the product of "
        f"means {nulls}. No edges of images are known: there they are the heaviest "
        "pairs of the other half of the images.",
        source="ours",
        null=null,
        evidence=patterns.values(),
        figures=["figure10"],
    )


def judge_filters(filters: dict[str, Filters]) -> ledger.Claim:
    """Judge whether the best circulant matrix is a convolution with a small filter."""
    decisions, measured, null, texts = [], {}, {}, []
    for name, found in filters.items():
        own, other = (
            ledger.mean_and_error(row[np.isfinite(row)]) for row in found.shares
        )
        decisions += [
            ledger.above(numbers.interval_of(own), _TAPS),
            numbers.less(other, own),
        ]
        side = int(found.side)
        measured[name] = {
            "absolute weight in the window": own,
            "side of the window, pixels": side,
            "share of the taps in it": side**2 / float(found.pixels),
        }
        null[name] = {"absolute weight in the window": other}
        texts.append(
            f"{own['value']:.1%} on the {name} ({side} x {side}; permuted pixels "
            f"{other['value']:.1%})"
        )
    return ledger.claim(
        "optimum-is-cnn",
        "10",
        "With all shifts of one image as inputs and the same shifts of another as "
        "targets, the global optimum of the fully connected linear network is a "
        "convolutional network: judged is whether its filter is local, as those of "
        "such networks are.",
        None,
        measured,
        f"supported if at least {_TAPS:.0%} of the absolute weight of the optimal "
        f"filter lies in one odd square window, the largest of at most {SMALL:.0%} of "
        "the pixels, at its best place, and more than for images with permuted pixels, "
        "on the lattice's samples and on images; 95 % intervals by Student's t over "
        "disjoint random pairs of images; refuted if not; else undecided",
        ledger.supported(ledger.every(decisions)),
        f"The window holds {numbers.joined(texts)} of the absolute weight. Shifts are "
        "cyclic along rows and columns.",
        null=null,
        evidence=filters.values(),
    )


def judge_pseudo_likelihood(pattern: Patterns) -> ledger.Claim:
    """Judge whether pseudo-likelihood finds the lattice from the fewest samples."""
    rows = [
        row for row in range(len(pattern.sizes)) if np.isfinite(pattern.succeeded[row])
    ]
    column = pattern.methods.index("averaged pairs")
    own = [_share(pattern.succeeded[row], pattern.batches[row]) for row in rows]
    averaged = [
        _share(pattern.recovered[row, column], pattern.batches[row]) for row in rows
    ]
    null = _share(pattern.null_recovered, pattern.null_batches)
    good = [
        ledger.every(
            [ledger.above(one["interval"], _RECOVERED), numbers.less(null, one)]
        )
        for one in own
    ]
    bad = [ledger.below(one["interval"], _RECOVERED) for one in averaged]
    decision = ledger.some(
        ledger.every([*good[place:], bad[place]]) for place in range(len(rows))
    )
    texts = (
        f"{int(pattern.sizes[row])}: {first['value']:.2f} and {second['value']:.2f}"
        for row, first, second in zip(rows, own, averaged, strict=True)
    )
    judged = ledger.claim(
        "pseudo-likelihood-recovers-lattice",
        "11",
        "Predicting every pixel from all others (L1-regularised logistic regression), "
        "and keeping the edges whose coupling is at least half the median coupling, "
        "recovers all edges of the lattice with no false one, and their mean coupling, "
        "from fewer samples than thresholding the averaged correlations needs for the "
        "edges alone. The rule of the median knows that all edges are alike.",
        None,
        {"edges": int(pattern.edges), "coupling": float(pattern.coupling)}
        | numbers.of_sizes(pattern)
        | {
            f"{int(pattern.sizes[row])} samples, share of batches": {
                "pseudo-likelihood, edges and coupling": first,
                "averaged pairs at the best level, edges": second,
            }
            for row, first, second in zip(rows, own, averaged, strict=True)
        },
        f"supported if there is a number of samples from which on more than "
        f"{_RECOVERED:.0%} of the batches give all edges and no false one, and a mean "
        f"coupling over them within {COUPLING_ERROR:.0%} of the true one, and more "
        "than for spins shuffled among the samples, and at which averaged pairs, cut "
        f"at the best level, give the edges in less than {_RECOVERED:.0%} of them "
        "(Wilson's 95 % intervals over disjoint batches); refuted if there is none; "
        "else undecided; not measured without a coupling, or without regressions",
        ledger.supported(decision),
        "Share of the batches without a wrong edge, by number of samples, of "
        f"pseudo-likelihood (with its coupling) and averaged pairs: {'; '.join(texts)}."
        f" Batches of a size: {int(pattern.batches[rows].min()) if rows else 0} or "
        "more.",
        source="ours",
        null={
            "samples": int(pattern.null_size),
            "share of batches, edges": null,
        },
        evidence=[pattern],
        figures=["figure10"],
    )
    if pattern.coupling == 0 or not rows:
        reason = "Spins without a coupling have no edges that could be found."
        if pattern.coupling != 0:
            reason = "No number of samples was small enough for the regressions."
        return ledger.not_measured(judged, reason)
    return judged


def _share(share, batches):
    """Proportion of batches with Wilson's interval."""
    if not batches:
        return {"value": np.nan, "interval": [np.nan, np.nan], "n": 0}
    return ledger.proportion(round(float(share) * int(batches)), int(batches))
