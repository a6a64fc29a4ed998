"""Choice of the sampling method for ``method: auto``: exact wherever it is affordable.

A pilot, one block of exact samples with its own seed, is coupled from the past. It
depends only on the model and the budget, so that all shards and all machines choose the
same method. It is independent of the samples, so that the choice does not bias them.
"""

import logging

import numpy as np

from pixelwalk.compute import seeds
from pixelwalk.ising.exact import CoupledFromThePast, NotCoupled

log = logging.getLogger(__name__)

# Most updates of the pilot, in sites with 4 neighbours: they cost as much time as 512
# samples by cluster updates. Measured on a busy core: 3 s, 11 s with a field or on a
# triangular lattice. Hot lattices of any size couple within a few sweeps.
_UPDATES, _LEAST = 2**24, 64

# The samples may go back this many times as far as the pilot. In a pilot that went back
# t sweeps, 512 chains coalesced; except for 1 pilot in 400,000, P(T > t) is then below
# 1 in 40, and P(T > 8 t) <= P(T > t)**8 (Propp and Wilson 1996) below 1 in 10**12.
_FURTHER = 8


def choose_method(settings, model, level=logging.WARNING):
    """Replace ``method: auto`` in the settings of an ensemble by a concrete method.

    Parameters
    ----------
    settings : mapping
        With `method`, `budget` and `sweeps`, as the configuration has them.
    model : pixelwalk.ising.model.Model
        Model to sample.
    level : int
        Logging level of the message that the samples will not be exact.

    Returns
    -------
    dict
        A copy of the settings; for ``auto``, with another `method`: ``exact`` and a
        `budget` if the pilot ends within the budget and 2**24 updates (or 64 sweeps);
        else ``swendsen-wang``, or ``gibbs`` for a negative coupling, and `sweeps`.

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
        method, reason = "gibbs", "exact samples need a beta of at least 0"
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
            reason = f"no exact samples within {limit} sweeps back into the past"
        else:
            log.info("method: exact, as a pilot ended %d sweeps in the past", back)
            budget = max(settings["budget"], _FURTHER * back)
            return kept | {"method": "exact", "budget": budget}
    log.log(
        level,
        "%s, so method: auto draws by %s, %d sweeps from a random start",
        *(reason, method, settings["sweeps"]),
    )
    return kept | {"method": method, "sweeps": settings["sweeps"]}
