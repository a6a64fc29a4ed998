"""Diagnostics of an ensemble: errors, autocorrelation, R-hat, exact energy."""

import logging

import numpy as np
from arviz_stats.base import array_stats

from pixelwalk.compute import bits
from pixelwalk.ising.model import spins
from pixelwalk.ising.reference import exact_energy
from pixelwalk.ising.sampling import METHODS

log = logging.getLogger(__name__)

#: Diagnosed quantities, per site: energy and absolute magnetisation.
QUANTITIES = ["energy", "magnetisation"]

# Number of traced chains; least and most sweeps, and most updates, which limit the
# sweeps between these two.
_CHAINS = 64
_LEAST, _MOST, _UPDATES = 32, 1024, 10**9

# Most spins to measure at a time.
_SPINS = 2**24

# Number of parts of the independent samples that serve as chains.
_PARTS = 4


def diagnose(measured, burned, model, *, method, sweeps, seeds):
    """Diagnose an ensemble of independent samples.

    The chains of the first 64 samples are continued; their traces show autocorrelation
    times, and whether the chains agree with each other.

    Parameters
    ----------
    measured : ndarray of float64, shape (2, n)
        Quantities of the samples, as `per_site` returns them.
    burned : ndarray of int
        Sweeps of burn-in of each block, as `sampling.sample` returns them.
    model, method, sweeps
        Arguments of `sampling.sample`.
    seeds : numpy.random.SeedSequence
        A new one, equal to that of the ensemble.

    Returns
    -------
    dict of ndarray
        For each of `QUANTITIES`, shape (2,): `mean`; `error`, its standard error;
        `exact`, the exact mean; `z`, the deviation from it in standard errors (both nan
        if no exact value is known); `effective_samples`, of the ensemble (Vehtari et
        al. 2021); `autocorrelation_time`, integrated, in sweeps; `r_hat`, of the
        traces. Also `quantities`, `traces`, shape (2, 64, sweeps), and `burned`.
    """
    mean, error = measured.mean(axis=1), _standard_error(measured)
    reference = exact_energy(model)
    exact = np.array([np.nan if reference is None else reference / model.sites, np.nan])
    # A cold ensemble may not vary at all; then its mean differs only by rounding.
    deviation = np.where(np.isclose(mean, exact, rtol=1e-9, atol=0), 0, mean - exact)
    with np.errstate(all="ignore"):
        z = deviation / error
        traces = _trace(model, method, sweeps, seeds.spawn(1)[0])
        effective = [_effective(part) for part in traces]
        results = {
            "quantities": QUANTITIES,
            "mean": mean,
            "error": error,
            "exact": exact,
            "z": z,
            "effective_samples": np.array(
                [_effective(_parts(row)) for row in measured]
            ),
            "autocorrelation_time": traces[0].size / np.array(effective),
            "r_hat": np.array([float(array_stats.rhat(part)) for part in traces]),
            "traces": traces,
            "burned": burned,
        }
    _report(results, sweeps, method)
    return results


def per_site(samples, model):
    """Compute the `QUANTITIES` of every configuration.

    Parameters
    ----------
    samples : pixelwalk.compute.bits.Packed, shape (n, rows, columns)
        Spins.
    model : Model
        The sampled model.

    Returns
    -------
    ndarray of float64, shape (2, n)
        Energy and absolute magnetisation, per site.
    """
    measured = np.empty((len(QUANTITIES), len(samples)))
    most = max(64, _SPINS // model.sites)  # unpacked spins need eight times the memory
    for start in range(0, len(samples), most):
        configurations = spins(samples.part(start, start + most))
        magnetisations = configurations.sum(axis=(1, 2), dtype=np.int64)
        measured[:, start : start + most] = (
            model.energy(configurations),
            np.abs(magnetisations),
        )
    return measured / model.sites


def _standard_error(values):
    if values.shape[1] < 2:
        return np.full(len(values), np.nan)
    varies = np.ptp(values, axis=1) > 0  # else rounding may give a value above 0
    return np.where(varies, values.std(axis=1, ddof=1), 0) / np.sqrt(values.shape[1])


def _trace(model, method, sweeps, seed):
    """Return the quantities of the first chains by sweep: (2, chains, sweeps)."""
    chains = METHODS[method](model, seed)
    chains.burn_in(sweeps)
    length = int(np.clip(_UPDATES // (model.sites * chains.WIDTH), _LEAST, _MOST))
    traces = np.empty((len(QUANTITIES), _CHAINS, length))
    for step in range(length):
        chains.advance(1)
        words = chains.words()[:, :1].reshape(model.rows, model.columns, 1)
        traces[..., step] = per_site(bits.Packed(words, _CHAINS), model)
    return traces


def _parts(values):
    """Split values in order into equal parts: shape (parts, n // parts)."""
    length = len(values) // _PARTS
    return values[: _PARTS * length].reshape(_PARTS, length)


def _effective(chains):
    """Return the effective sample size of the mean; nan if chains are too short."""
    if chains.shape[1] < _PARTS:
        return np.nan
    return float(array_stats.ess(chains, method="mean"))


def _report(results, sweeps, method):
    for number, name in enumerate(QUANTITIES):
        log.info(
            "%s per site %.5f ± %.5f; autocorrelation time %.1f sweeps; R-hat %.3f",
            name,
            *(
                results[key][number]
                for key in ("mean", "error", "autocorrelation_time", "r_hat")
            ),
        )
    z = results["z"][0]
    if np.isfinite(z):
        log.info("the energy lies %.1f standard errors from its exact value", z)
    if method != "exact" and (abs(z) > 4 or np.any(results["r_hat"] > 1.05)):
        log.warning(
            "the chains have not mixed: more than the %d sweeps of burn-in are needed, "
            "or method: exact or swendsen-wang",
            sweeps,
        )
