"""Whether samples of spins give the whole lattice, and its coupling (section 11)."""

import numpy as np

from pixelwalk import ledger
from pixelwalk.pairs import regression

#: Ways to tell edges from other pairs. The first three rank all pairs and are cut where
#: it is best, which takes the truth; the last decides for itself.
METHODS = (
    "averaged pairs",
    "linear regression",
    "logistic regression",
    "pseudo-likelihood",
)

# Relative error that the coupling may have.
_COUPLING = 0.05

_PER_METHOD = ("recovered", "missing", "false")
_PER_SIZE = ("coupling_found", "coupling_rms", "coupling_away")


def score(learned, spins, truth, coupling):
    """Score what one batch of samples gives.

    Parameters
    ----------
    learned : dict of str to ndarray of float, shape (N, N)
        Weights by the names of `METHODS`; what is not there is not scored.
    spins : ndarray of float64, shape (n, N), or None
        The samples, of -1 and +1; None where the images are no spins.
    truth : ndarray of bool, shape (N, N)
        The lattice's edges.
    coupling : float
        The true one; where it is below 0, the lowest weights rank first.

    Returns
    -------
    dict
        `recovered`, 1 where all edges are found and no false one, `missing` and `false`
        edges, shape (methods,); `coupling_found`, the mean over the edges found,
        `coupling_rms`, the root mean square of its error on an edge, and
        `coupling_away`, the size of the error of the mean. What is not scored is nan.
    """
    table = np.full((len(METHODS), len(_PER_METHOD)), np.nan)
    found = np.full(len(_PER_SIZE), np.nan)
    if spins is not None and truth.any():
        for row, method in zip(table, METHODS[:-1], strict=False):
            if method in learned:
                row[:] = _ranked(sign(coupling) * learned[method], truth)
        if "logistic regression" in learned:
            joined, strengths = regression.graph(spins, learned["logistic regression"])
            missing = np.sum(truth & ~joined) // 2
            false = np.sum(joined & ~truth) // 2
            table[-1] = missing + false == 0, missing, false
            if joined.any():
                away = strengths[joined] - coupling
                mean = strengths[joined].mean()
                found[:] = mean, np.sqrt(np.mean(away**2)), abs(mean - coupling)
    return dict(zip(_PER_METHOD, table.T, strict=True)) | dict(
        zip(_PER_SIZE, found, strict=True)
    )


def summary(scores):
    """Mean of the scores of several batches, each with its standard error.

    Parameters
    ----------
    scores : sequence of dict
        As `score` gives them.

    Returns
    -------
    dict
        The same names, and each with `_error`; but the largest `coupling_away`.
    """
    found = {}
    for name in (*_PER_METHOD, *_PER_SIZE):
        values = np.array([one[name] for one in scores], float)
        found[name], found[f"{name}_error"] = mean_and_error(values)
    found["coupling_away"] = np.max([one["coupling_away"] for one in scores])
    del found["coupling_away_error"]
    return found


def sign(coupling):
    """Sign of the weights of edges: -1 for a coupling below 0, else (or if nan) 1."""
    return -1 if coupling < 0 else 1


def mean_and_error(values):
    """Mean over the first axis with its standard error; nan for a single value."""
    count = len(values)
    if count == 1:
        return values[0], np.full(np.shape(values[0]), np.nan)[()]
    return values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(count)


def judge(found):
    """Judge whether pseudo-likelihood finds the lattice sooner than correlations do."""
    where = {method: column for column, method in enumerate(found.methods)}
    own = found.recovered[:, where["pseudo-likelihood"]]
    most = _COUPLING * abs(found.coupling)
    good = (own == 1) & (found.coupling_away <= most)
    ours = _from(found.sizes, np.where(np.isnan(own), np.nan, good))
    close = np.where(np.isnan(own), np.nan, found.coupling_rms <= most)
    others = {
        method: _from(found.sizes, found.recovered[:, column])
        for method, column in where.items()
    }
    averaged = others["averaged pairs"]
    holds = ours is not None and (averaged is None or averaged > ours)
    measured = {
        "edges": int(found.edges),
        "coupling": float(found.coupling),
        "pseudo-likelihood, mean coupling within 5 %: samples": ours,
        "pseudo-likelihood, error on an edge within 5 %: samples": _from(
            found.sizes, close
        ),
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
                "largest error of the mean of a batch": float(found.coupling_away[row]),
            },
            "batches": int(found.batches[row]),
        }
    made = ledger.claim(
        "pseudo-likelihood-recovers-lattice",
        "11",
        "Predicting every pixel from all others (L1-regularised logistic regression) "
        "recovers all edges of the lattice with no false one, and their mean coupling, "
        "from fewer samples than thresholding the averaged correlations needs.",
        None,
        measured,
        "supported if there is a number of samples from which on every batch gives all "
        f"edges and no false one, and a mean over them within {_COUPLING:.0%} of the "
        "true coupling, and averaged pairs, cut at the best level, need more for the "
        "edges alone; else refuted; not measured without a coupling",
        ledger.supported(holds),
        "Ours. Pseudo-likelihood itself decides what is an edge, by a rule that uses "
        "that all edges of a lattice are alike: it drops what has less than half of "
        "the median coupling. The other methods are cut at the level that is best, "
        "which takes the truth to know. The numbers of samples are among those that "
        f"were measured, each in as many batches as told: {_told(others)}. Linear "
        "regression is the inverse of the covariance: an estimate of the coupling, too "
        "(naive mean field), but a biased one. The coupling on a single edge needs "
        "more samples than its mean: an error (root mean square over the edges) of at "
        f"most {_COUPLING:.0%} {_reached(_from(found.sizes, close))}.",
    )
    if found.coupling == 0:
        return ledger.not_measured(
            made, "Spins without a coupling have no edges that could be found."
        )
    return made


def _told(others):
    return ", ".join(f"{name} {size or 'none'}" for name, size in others.items())


def _reached(size):
    return f"takes {size}" if size else "was reached with none of them"


def _ranked(weights, truth):
    """Recovered, missing and false edges, of pairs ranked by weight.

    The cut keeps as many pairs as there are edges, so as many are false as missing.
    """
    pair = np.triu_indices(len(weights), k=1)
    edges, weights = truth[pair], ((weights + weights.T) / 2)[pair]
    number = edges.sum()
    heaviest = np.argsort(-weights, kind="stable")[:number]
    wrong = number - edges[heaviest].sum()
    apart = weights[edges].min() > weights[~edges].max(initial=-np.inf)
    return apart, wrong, wrong


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
