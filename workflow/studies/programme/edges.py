"""Scores of learned weights as a guess of which spins of a lattice are joined."""

from pixelwalk.pairs import regression

import numpy as np

#: Ways to decide which pairs are edges. The first three rank all pairs, and the ranking
#: is cut at the best level, for which the truth is needed; the last needs no truth.
METHODS = (
    "averaged pairs",
    "linear regression",
    "logistic regression",
    "pseudo-likelihood",
)

_PER_METHOD = ("recovered", "missing", "false")
_PER_SIZE = ("coupling_found", "coupling_rms", "succeeded")

#: Relative error that the mean coupling of a batch may have.
COUPLING_ERROR = 0.05


def score(learned, spins, truth, coupling):
    """Count wrong edges, and measure errors of the coupling, of one batch of samples.

    Parameters
    ----------
    learned : dict of str to ndarray of float, shape (N, N)
        Weights by the names of `METHODS`; methods without weights are not scored.
    spins : ndarray of float64, shape (n, N), or None
        The samples, of -1 and +1; None where the images are not spins.
    truth : ndarray of bool, shape (N, N)
        The edges of the lattice.
    coupling : float
        The true coupling; if it is negative, the lowest weights rank first.

    Returns
    -------
    dict
        Of each method, shape (methods,): `recovered`, 1 where all edges and no others
        are found; numbers of `missing` and `false` edges. Of pseudo-likelihood:
        `coupling_found`, mean coupling over the edges found; `coupling_rms`, root mean
        square of its error on an edge; `succeeded`, 1 where all edges and no others are
        found and the mean lies within `COUPLING_ERROR` of the coupling. nan where there
        is no score.
    """
    table = np.full((len(METHODS), len(_PER_METHOD)), np.nan)
    strength = np.full(len(_PER_SIZE), np.nan)
    if spins is not None and truth.any():
        for row, method in zip(table, METHODS[:-1], strict=False):
            if method in learned:
                row[:] = _ranked(sign(coupling) * learned[method], truth)
        if "logistic regression" in learned:
            joined, strengths = regression.graph(spins, learned["logistic regression"])
            missing = np.sum(truth & ~joined) // 2
            false = np.sum(joined & ~truth) // 2
            table[-1] = missing + false == 0, missing, false
            strength[-1] = 0
            if joined.any():
                away = strengths[joined] - coupling
                mean = strengths[joined].mean()
                near = abs(mean - coupling) <= COUPLING_ERROR * abs(coupling)
                good = missing + false == 0 and near
                strength[:] = mean, np.sqrt(np.mean(away**2)), good
    return dict(zip(_PER_METHOD, table.T, strict=True)) | dict(
        zip(_PER_SIZE, strength, strict=True)
    )


def summary(scores):
    """Average the scores of several batches.

    Parameters
    ----------
    scores : sequence of dict
        From `score`.

    Returns
    -------
    dict
        Mean of each score, and its standard error under the name with `_error`, except
        for the shares of batches `recovered` and `succeeded`.
    """
    averaged = {}
    for name in (*_PER_METHOD, *_PER_SIZE):
        values = np.array([one[name] for one in scores], float)
        averaged[name], averaged[f"{name}_error"] = mean_and_error(values)
    del averaged["recovered_error"], averaged["succeeded_error"]
    return averaged


def sign(coupling):
    """Sign of the weights of edges: -1 for a negative coupling, else (or if nan) 1."""
    return -1 if coupling < 0 else 1


def mean_and_error(values):
    """Mean over the first axis with its standard error; nan for a single value."""
    count = len(values)
    if count == 1:
        return values[0], np.full(np.shape(values[0]), np.nan)[()]
    return values.mean(axis=0), values.std(axis=0, ddof=1) / np.sqrt(count)


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
