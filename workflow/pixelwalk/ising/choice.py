"""The method of an ensemble that leaves it open: exact wherever the coupling ends.

A pilot, one block of exact samples with a seed of its own, is coupled from the past. It
depends on the model and the budget alone, so that all shards, and all machines, choose
alike; and as it is independent of the samples, the choice does not bias these.
"""

import logging

import numpy as np

from pixelwalk.compute import seeds
from pixelwalk.ising.exact import CoupledFromThePast, NotCoupled

log = logging.getLogger(__name__)

# Updates that the pilot may go back, in sites of 4 neighbours: it takes as long as 512
# samples by clusters. Measured on a busy core: 3 s, 11 s with a field or on a
# triangular lattice. Hot lattices of any size couple within a few sweeps.
_UPDATES, _LEAST = 2**24, 64

# The samples may go back so many times as far as the pilot, in which 512 chains agreed:
# but for 1 pilot in 400,000, fewer than 1 in 40 of all chains do not agree by then. And
# P(T > 8 t) <= P(T > t)**8 (Propp and Wilson 1996) is less than 1 in 10**12.
_FURTHER = 8


def settle(settings, model, level=logging.WARNING):
    """Replace ``method: auto`` in the settings of an ensemble by a method.

    Parameters
    ----------
    settings : mapping
        With `method`, `budget` and `sweeps`, as the configuration has them.
    model : pixelwalk.ising.model.Model
        What is sampled.
    level : int
        Level of the message in the log where the samples will not be exact.

    Returns
    -------
    dict
        The settings as they are, if their method is not ``auto``. Else with `method`
        and what belongs to it: ``exact`` and a `budget` where the pilot ends within the
        budget and 2**24 updates (or 64 sweeps); else ``swendsen-wang``, or ``gibbs``
        where the coupling is negative, and `sweeps`.

    Raises
    ------
    ValueError
        If the budget is less than 1.
    """
    if settings["method"] != "auto":
        return dict(settings)
    if settings["budget"] < 1:
        raise ValueError(
            "budget must be at least 1 sweep for method: auto, got "
            f"{settings['budget']}"
        )
    kept = {key: settings[key] for key in settings if key not in ("budget", "sweeps")}
    if model.coupling < 0:
        method, why = "gibbs", "exact samples need a beta of at least 0"
    else:
        neighbours = 4 * model.sites if model.plain else model.adjacency.nnz
        updates = max(model.sites, neighbours // 4)
        affordable = max(_LEAST, 2 ** int(np.log2(max(1, _UPDATES // updates))))
        limit = min(settings["budget"], affordable)
        try:
            pilot = seeds.seed_sequence(0, "ising", "pilot")
            back = CoupledFromThePast(model, pilot).burn_in(limit)
        except NotCoupled:
            method = "swendsen-wang"
            why = f"no exact samples within {limit} sweeps back into the past"
        else:
            log.info("method: exact, as a pilot ended %d sweeps in the past", back)
            budget = max(settings["budget"], _FURTHER * back)
            return kept | {"method": "exact", "budget": budget}
    log.log(
        level,
        "%s, so method: auto draws by %s, %d sweeps from a random start",
        *(why, method, settings["sweeps"]),
    )
    return kept | {"method": method, "sweeps": settings["sweeps"]}
