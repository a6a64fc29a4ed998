"""Judge whether weights show the edges of the graph, and from how many samples."""

import numpy as np

from pixelwalk import ledger

# Least area under the precision-recall curve, and largest share of pairs at this level.
_AREA, _SPARSE, _LEVEL = 0.9, 0.1, 0.1
# Relative error that the coupling may have.
_COUPLING = 0.05


def judge_sparsity(patterns):
    """Judge whether the trained weights have the sparsity pattern of the graph.

    Parameters
    ----------
    patterns : dict of str to Patterns
        Of the runs over the `lattice` and over `images`.

    Returns
    -------
    ledger.Claim
    """
    holds, areas = True, {kind: [] for kind in ("closed form", "trained")}
    for pattern in patterns.values():
        for kind, texts in areas.items():
            row = pattern.kinds.index(kind)
            area = float(pattern.final_precision[row])
            holds &= bool(area >= _AREA and _share(pattern, row) <= _SPARSE)
            texts.append(f"{area:.2f}")
    chance = " and ".join(f"{pattern.chance:.2f}" for pattern in patterns.values())
    closed, trained = (" and ".join(texts) for texts in areas.values())
    return ledger.claim(
        "programme-sparsity",
        "11",
        "The weights of a network that is trained to give the stationary distribution "
        "have the sparsity pattern of the graph: few are large, and those are its "
        "edges.",
        None,
        {name: _of_pattern(pattern) for name, pattern in patterns.items()},
        "supported if for the closed form and for the trained dense linear layer the "
        "area under the precision-recall curve for the edges is at least "
        f"{_AREA}, and at most {_SPARSE:.0%} of the pairs weigh {_LEVEL:.0%} of the "
        "largest or more, on the lattice's samples and on images; else refuted",
        ledger.supported(holds),
        f"The area is {closed} for the closed form and {trained} for the trained layer "
        f"({' and '.join(patterns)}), where chance gives {chance}. No edges of images "
        "are known: there they are the heaviest pairs of the other half of the images.",
        evidence=patterns.values(),
        figures=["figure10"],
    )


def _share(pattern, row):
    """Share of pairs that weigh at least a tenth of the largest."""
    level = int(np.searchsorted(pattern.levels, _LEVEL - 1e-9))
    return float(pattern.shares[row, level])


def _of_pattern(pattern):
    """Collect what was measured of the weights of each kind."""
    measured = {"edges among pairs": float(pattern.chance)}
    for row, kind in enumerate(pattern.kinds):
        measured[kind] = {
            "precision-recall area": float(pattern.final_precision[row]),
            "share of pairs of at least a tenth of the largest": _share(pattern, row),
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


def judge_pseudo_likelihood(pattern):
    """Judge whether pseudo-likelihood finds the lattice from fewer samples than others.

    Parameters
    ----------
    pattern : Patterns
        Of the run over the lattice.

    Returns
    -------
    ledger.Claim
    """
    own = pattern.recovered[:, pattern.methods.index("pseudo-likelihood")]
    most = _COUPLING * abs(pattern.coupling)
    good = (own == 1) & (pattern.coupling_away <= most)
    ours = _from(pattern.sizes, np.where(np.isnan(own), np.nan, good))
    close = np.where(np.isnan(own), np.nan, pattern.coupling_rms <= most)
    on_edge = _from(pattern.sizes, close)
    needed = {
        method: _from(pattern.sizes, pattern.recovered[:, column])
        for column, method in enumerate(pattern.methods)
    }
    averaged = needed["averaged pairs"]
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
        | _of_sizes(pattern),
        "supported if there is a number of samples from which on every batch gives all "
        f"edges and no false one, and a mean over them within {_COUPLING:.0%} of the "
        "true coupling, and averaged pairs, cut at the best level, need more for the "
        "edges alone; else refuted; not measured without a coupling",
        ledger.supported(ours is not None and (averaged is None or averaged > ours)),
        _note_on_samples(needed, on_edge),
        evidence=[pattern],
        figures=["figure10"],
    )
    if pattern.coupling == 0:
        return ledger.not_measured(
            judged, "Spins without a coupling have no edges that could be found."
        )
    return judged


def _note_on_samples(needed, on_edge):
    """Say how many samples each method needs, and the coupling on a single edge."""
    texts = (f"{method} {size or 'none'}" for method, size in needed.items())
    reached = f"takes {on_edge}" if on_edge else "was reached with none of them"
    return (
        f"Numbers of samples from which on no edge is wrong: {', '.join(texts)}. "
        "A root mean square error of the coupling on an edge of at most "
        f"{_COUPLING:.0%} {reached}."
    )


def _of_sizes(pattern):
    """Collect what was measured for each number of samples."""
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
            | {
                "root mean square error on an edge": float(pattern.coupling_rms[row]),
                "largest error of the mean of a batch": float(
                    pattern.coupling_away[row]
                ),
            },
            "batches": int(pattern.batches[row]),
        }
        for row, size in enumerate(pattern.sizes.tolist())
    }


def _pair(values, errors, *place):
    return {"value": float(values[place]), "standard_error": float(errors[place])}


def _from(sizes, good):
    """Smallest size from which on all measured sizes are good; None if none is."""
    known = np.flatnonzero(np.isfinite(good))
    least = None
    for row in known[::-1]:
        if good[row] != 1:
            break
        least = int(sizes[row])
    return least
