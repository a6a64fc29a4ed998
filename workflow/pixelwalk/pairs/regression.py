"""Regressions of every pixel on all others: pseudo-likelihood, partial correlations.

For spins with P(s) proportional to exp(sum over pairs of K_ij s_i s_j), the conditional
probability of a spin given all others is logistic with weights 2 K_ij (Besag 1975). So
logistic regression estimates the couplings, while correlations also count indirect
paths.
"""

import numpy as np

# In units of sqrt(log(N) / n). Gradients at pairs without an edge have a standard
# deviation of at most 1/2 / sqrt(n), and the largest of N**2 normal numbers is about 2
# sqrt(log(N)) standard deviations.
_PENALTY = 1.0

# Inverse strength of a ridge penalty; without it, weights of perfectly separable spins
# would be infinite.
_WEAK = 1e3

# Settings of the fit without the L1 penalty.
_RELAXED = {"l1_ratio": 0, "C": _WEAK, "tol": 1e-8}

# Standard errors from 0 up to which a mean counts as that of a spin without a field.
_BALANCED = 5.0

# Scale of the intercept's feature: large, since liblinear penalises the intercept too.
_INTERCEPT = 100.0


def penalty(size, count):
    """Return the weight of the L1 norm relative to the mean logistic loss.

    c sqrt(log(N) / n) of Ravikumar, Wainwright and Lafferty (2010), with c = 1: large
    enough to suppress pairs that are correlated by chance.

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
    """Estimate the couplings of all pairs by L1-regularised pseudo-likelihood.

    Parameters
    ----------
    spins : ndarray of float64, shape (n, N)
        Samples of -1 and +1.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Row i: half the weights of the other spins in the regression of spin i, in units
        of K, shrunk by the penalty; 0 on the diagonal and for constant spins. Balanced
        spins are fitted without an intercept (no field).

    Notes
    -----
    Not in threads: liblinear draws the order of its steps from one generator of the
    process, so the last digits would depend on the number of threads.
    """
    size = spins.shape[1]
    strength = 1 / (len(spins) * penalty(size, len(spins)))
    everyone = np.ones((size, size), bool)
    return _regressed(spins, everyone, l1_ratio=1, C=strength, tol=1e-4)


def edges(fitted):
    """Return the edges: pairs with nonzero couplings in both directions.

    Parameters
    ----------
    fitted : ndarray of float, shape (N, N)
        Couplings, as `couplings` returns them.

    Returns
    -------
    ndarray of bool, shape (N, N)
        Symmetric.
    """
    joined = (fitted != 0) & (fitted.T != 0)
    np.fill_diagonal(joined, False)
    return joined


def relaxed(spins, joined):
    """Estimate the couplings of given edges without the L1 penalty.

    Parameters
    ----------
    spins : ndarray of float64, shape (n, N)
        Samples of -1 and +1.
    joined : ndarray of bool, shape (N, N)
        Symmetric: the edges.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Symmetric: the mean of both directions; 0 where there is no edge.
    """
    fitted = _regressed(spins, joined, **_RELAXED)
    return (fitted + fitted.T) / 2


def graph(spins, penalised):
    """Estimate the edges and couplings of samples, without knowledge of the truth.

    Edges are those of `edges` whose coupling, refitted without the penalty, is at least
    half the median in absolute value: on a lattice all couplings are equal, and half is
    midway between no edge and an edge.

    Parameters
    ----------
    spins : ndarray of float64, shape (n, N)
        Samples of -1 and +1.
    penalised : ndarray of float, shape (N, N)
        Couplings, as `couplings` returns them for these samples.

    Returns
    -------
    joined : ndarray of bool, shape (N, N)
        Symmetric.
    couplings : ndarray of float64, shape (N, N)
        As `relaxed` returns them for these edges.
    """
    joined = edges(penalised)
    if not joined.any():
        return joined, np.zeros(joined.shape)
    fitted = _regressed(spins, joined, **_RELAXED)
    both = (fitted + fitted.T) / 2
    sizes = np.abs(both)
    kept = joined & (sizes >= np.median(sizes[joined]) / 2)
    changed = (kept != joined).any(axis=1)  # only these have other predictors
    fitted[changed] = _regressed(spins, kept, changed, **_RELAXED)[changed]
    return kept, (fitted + fitted.T) / 2


def partial_correlations(pixels):
    """Return partial correlations of all pairs of pixels, from a shrunk covariance.

    Up to a scale, they are the weights of a linear regression of every pixel on all
    others: minus the inverse covariance. Shrinkage (OAS: Chen, Wiesel, Eldar and Hero
    2010) makes the covariance invertible.

    Parameters
    ----------
    pixels : ndarray of float64, shape (n, N)

    Returns
    -------
    ndarray of float64, shape (N, N)
        Symmetric; 0 on the diagonal and for constant pixels.
    """
    from sklearn.covariance import oas

    standard = pixels - pixels.mean(axis=0)
    spread = standard.std(axis=0)
    varies = spread > 1e-12
    partial = np.zeros((pixels.shape[1],) * 2)
    if varies.sum() < 2:
        return partial
    standard = standard[:, varies] / spread[varies]
    shrunk, _ = oas(standard, assume_centered=True)
    # Without shrinkage, two pixels that are always equal would leave it singular.
    precision = np.linalg.inv(shrunk + 1e-10 * np.eye(len(shrunk)))
    scale = np.sqrt(np.diag(precision))
    partial[np.ix_(varies, varies)] = -precision / scale / scale[:, None]
    np.fill_diagonal(partial, 0)
    return (partial + partial.T) / 2


def _regressed(spins, allowed, chosen=True, **settings):
    """Return half the logistic weights of chosen spins on their allowed predictors."""
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
    weights = np.zeros(allowed.shape)
    varies = spins.min(axis=0) < spins.max(axis=0)
    # Validating arguments that are known to be valid would take a tenth of the time.
    with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
        for site in np.flatnonzero(varies & chosen):
            predictors = allowed[site] & varies
            predictors[site] = False
            if predictors.any():
                model.fit(spins[:, predictors], spins[:, site])
                weights[site, predictors] = model.coef_[0] / 2
    return weights


def _balanced(spins):
    """Return whether all means of spins are compatible with no field."""
    return bool(np.abs(spins.mean(axis=0)).max() * np.sqrt(len(spins)) <= _BALANCED)
