"""Is an ensemble what it should be: errors, autocorrelation, R-hat, exact energy."""

import logging

import numpy as np
from arviz_stats.base import array_stats

from pixelwalk.compute import bits
from pixelwalk.ising.model import spins
from pixelwalk.ising.reference import exact_energy
from pixelwalk.ising.sampling import METHODS

log = logging.getLogger(__name__)

#: What is diagnosed, per site: the energy, and the size of the magnetisation.
QUANTITIES = ["energy", "magnetisation"]

# Chains that are traced, and the most and the least sweeps; between the two, as many as
# keep the number of updates in bounds.
_CHAINS = 64
_LEAST, _MOST, _UPDATES = 32, 1024, 10**9

# Spins that are measured at a time.
_SPINS = 2**24

# Parts into which independent samples are cut to serve as chains.
_PARTS = 4


def diagnose(measured, burned, model, *, method, sweeps, seeds):
    """Diagnose an ensemble of independent samples.

    The chains of the first 64 samples go on from where these were taken; their traces
    tell the autocorrelation times, and whether the chains agree with each other.

    Parameters
    ----------
    measured : ndarray of float64, shape (2, n)
        Of the ensemble, as `per_site` gives it.
    burned : ndarray of int
        As `ising.sample` gave it beside the samples.
    model, method, sweeps
        As `ising.sample` took them.
    seeds : numpy.random.SeedSequence
        A fresh one, equal to that of the ensemble.

    Returns
    -------
    dict of ndarray
        For each of `QUANTITIES`, shape (2,): `mean` and `error`, its standard error;
        `exact`, the mean's exact value, and `z`, the distance from it in standard
        errors (nan where no exact value is known); `effective_samples` of the ensemble
        (Vehtari et al. 2021); `autocorrelation_time`, integrated, in sweeps; `r_hat`
        of the traces. Further `traces`, shape (2, 64, sweeps), and `burned`.
    """
    mean, error = measured.mean(axis=1), _standard_error(measured)
    reference = exact_energy(model)
    exact = np.array([np.nan if reference is None else reference / model.sites, np.nan])
    # A cold ensemble may not vary at all, and its mean be right but for the rounding.
    distance = np.where(np.isclose(mean, exact, rtol=1e-9, atol=0), 0, mean - exact)
    with np.errstate(all="ignore"):
        z = distance / error
        traces = _trace(model, method, sweeps, seeds.spawn(1)[0])
        effective = [_effective(part) for part in traces]
        found = {
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
    _report(found, sweeps, method)
    return found


def per_site(samples, model):
    """Measure the `QUANTITIES` of every configuration.

    Parameters
    ----------
    samples : pixelwalk.compute.bits.Packed, shape (n, rows, columns)
        Spins.
    model : Model
        What was sampled.

    Returns
    -------
    ndarray of float64, shape (2, n)
        Energy and size of the magnetisation, per site.
    """
    measured = np.empty((len(QUANTITIES), len(samples)))
    most = max(64, _SPINS // model.sites)  # unpacked, spins take eight times the space
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
    varies = np.ptp(values, axis=1) > 0  # else rounding may leave a rest
    return np.where(varies, values.std(axis=1, ddof=1), 0) / np.sqrt(values.shape[1])


def _trace(model, method, sweeps, seed):
    """Quantities of the first chains after each further sweep: (2, chains, sweeps)."""
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
    """Values in order, cut into equal parts: shape (parts, n // parts)."""
    length = len(values) // _PARTS
    return values[: _PARTS * length].reshape(_PARTS, length)


def _effective(chains):
    """Effective number of draws of the mean; nan where it can't be told."""
    if chains.shape[1] < _PARTS:
        return np.nan
    return float(array_stats.ess(chains, method="mean"))


def _report(found, sweeps, method):
    for number, name in enumerate(QUANTITIES):
        log.info(
            "%s per site %.5f ± %.5f; autocorrelation time %.1f sweeps; R-hat %.3f",
            name,
            *(
                found[key][number]
                for key in ("mean", "error", "autocorrelation_time", "r_hat")
            ),
        )
    z = found["z"][0]
    if np.isfinite(z):
        log.info("the energy lies %.1f standard errors from its exact value", z)
    if method != "exact" and (abs(z) > 4 or np.any(found["r_hat"] > 1.05)):
        log.warning(
            "the chains have not mixed: more than the %d sweeps of burn-in are needed, "
            "or method: exact or swendsen-wang",
            sweeps,
        )
