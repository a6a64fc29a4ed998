"""Predict every pixel from all others: pseudo-likelihood, and its linear relative.

For spins with P(s) proportional to exp(sum over pairs of K_ij s_i s_j), the chance of a
spin given all others is logistic with weights 2 K_ij (Besag 1975), so a regression of
every spin on all others gives the couplings themselves, where correlations mix what is
joined directly with what is joined by a detour.
"""

import numpy as np

# What the largest of N**2 penalties without an edge behind them hardly exceeds, in
# units of sqrt(log(N) / n): a gradient has a standard deviation of at most 1/2 over
# sqrt(n), and the largest of N**2 normal numbers is 2 sqrt(log(N)) of these.
_PENALTY = 1.0

# Inverse strength of the ridge without which the weights of spins that can be told
# apart with no error would be infinite.
_WEAK = 1e3

# Of the fit without the penalty.
_RELAXED = {"l1_ratio": 0, "C": _WEAK, "tol": 1e-8}

# A mean of this many standard errors is not that of a pixel with no field.
_BALANCED = 5.0

# A pixel that is nearly without a penalty; liblinear penalises the intercept, too.
_INTERCEPT = 100.0


def penalty(size, count):
    """Weight of the L1 norm beside the mean logistic loss.

    Of the form c sqrt(log(N) / n) of Ravikumar, Wainwright and Lafferty (2010), with
    c = 1: what chance alone would give a pair stays below it.

    Parameters
    ----------
    size : int
        Number of pixels N.
    count : int
        Number of samples n.

    Returns
    -------
    float
    """
    return _PENALTY * np.sqrt(np.log(max(size, 2)) / count)


def couplings(spins):
    """Couplings of every pair of spins by L1-regularised pseudo-likelihood.

    Parameters
    ----------
    spins : ndarray of float64, shape (n, N)
        Samples of -1 and +1.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Row i has what spin i was predicted with: half the weights of the others, in
        units of K; 0 on the diagonal, and for spins that never change. The penalty
        shrinks them. Where spins are balanced there is no intercept (no field).

    Notes
    -----
    One after another: liblinear draws the order of its steps from one generator for the
    whole process, so in threads the last digits would depend on their number.
    """
    size = spins.shape[1]
    strength = 1 / (len(spins) * penalty(size, len(spins)))
    everyone = np.ones((size, size), bool)
    return _regressed(spins, everyone, l1_ratio=1, C=strength, tol=1e-4)


def edges(found):
    """Pairs that regressions on both sides take for joined.

    Parameters
    ----------
    found : ndarray of float, shape (N, N)
        As `couplings` gives it.

    Returns
    -------
    ndarray of bool, shape (N, N)
        Symmetric: where both directions differ from 0.
    """
    joined = (found != 0) & (found.T != 0)
    np.fill_diagonal(joined, False)
    return joined


def relaxed(spins, joined):
    """Couplings along given edges, without the penalty that shrinks them.

    Parameters
    ----------
    spins : ndarray of float64, shape (n, N)
        Samples of -1 and +1.
    joined : ndarray of bool, shape (N, N)
        Symmetric: which pairs may have one.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Symmetric: the mean of both directions; 0 where there is no edge.
    """
    found = _regressed(spins, joined, **_RELAXED)
    return (found + found.T) / 2


def graph(spins, found):
    """Edges and couplings that samples speak for, with no knowledge of the truth.

    Of the pairs that the regressions on both sides take for joined, those stay whose
    coupling, fitted anew without the penalty, is in size at least half the median one:
    on a lattice all edges are alike, and the half lies midway between none and one.

    Parameters
    ----------
    spins : ndarray of float64, shape (n, N)
        Samples of -1 and +1.
    found : ndarray of float, shape (N, N)
        As `couplings` gives it for these samples.

    Returns
    -------
    joined : ndarray of bool, shape (N, N)
        Symmetric.
    couplings : ndarray of float64, shape (N, N)
        As `relaxed` gives them on these edges.
    """
    joined = edges(found)
    if not joined.any():
        return joined, np.zeros(joined.shape)
    fitted = _regressed(spins, joined, **_RELAXED)
    both = (fitted + fitted.T) / 2
    sizes = np.abs(both)
    kept = joined & (sizes >= np.median(sizes[joined]) / 2)
    again = (kept != joined).any(axis=1)  # the others would see what they saw before
    fitted[again] = _regressed(spins, kept, again, **_RELAXED)[again]
    return kept, (fitted + fitted.T) / 2


def partial_correlations(pixels):
    """Correlation of every two pixels given all others, from shrunk covariances.

    What predicting every pixel linearly from all others gives, but for a scale: the
    weights are the inverse of the covariance. It is shrunk as far as the number of
    images asks for (OAS: Chen, Wiesel, Eldar and Hero 2010), so that it has one.

    Parameters
    ----------
    pixels : ndarray of float64, shape (n, N)

    Returns
    -------
    ndarray of float64, shape (N, N)
        Symmetric, 0 on the diagonal, and for pixels that never change.
    """
    from sklearn.covariance import oas

    standard = pixels - pixels.mean(axis=0)
    spread = standard.std(axis=0)
    varies = spread > 1e-12
    found = np.zeros((pixels.shape[1],) * 2)
    if varies.sum() < 2:
        return found
    standard = standard[:, varies] / spread[varies]
    shrunk, _ = oas(standard, assume_centered=True)
    # Two pixels that are always equal leave it singular if there is nothing to shrink.
    precision = np.linalg.inv(shrunk + 1e-10 * np.eye(len(shrunk)))
    scale = np.sqrt(np.diag(precision))
    found[np.ix_(varies, varies)] = -precision / scale / scale[:, None]
    np.fill_diagonal(found, 0)
    return (found + found.T) / 2


def _regressed(spins, allowed, chosen=True, **settings):
    """Half the logistic weights of chosen spins on those that each may see."""
    import sklearn
    from sklearn.linear_model import LogisticRegression

    intercept = not _balanced(spins)
    model = LogisticRegression(
        solver="liblinear",
        fit_intercept=intercept,
        intercept_scaling=_INTERCEPT,
        max_iter=1000,
        random_state=0,
        **settings,
    )
    found = np.zeros(allowed.shape)
    varies = spins.min(axis=0) < spins.max(axis=0)
    # Checks of what is known to be good would take a tenth of the time.
    with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
        for site in np.flatnonzero(varies & chosen):
            seen = allowed[site] & varies
            seen[site] = False
            if seen.any():
                model.fit(spins[:, seen], spins[:, site])
                found[site, seen] = model.coef_[0] / 2
    return found


def _balanced(spins):
    """Tell whether no spin has a mean that a field must be behind."""
    return bool(np.abs(spins.mean(axis=0)).max() * np.sqrt(len(spins)) <= _BALANCED)
