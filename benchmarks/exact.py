"""Exact samples of the Ising model. No library in use today gives them."""

import numpy as np

from benchmarks import contest, document, ours

#: What is measured and drawn.
TITLE = "Exact samples of the Ising model, by coupling from the past"

_BUDGET = 65536


def measure(conditions):
    """Time 12,000 samples of the paper's lattices, and over sides and couplings.

    Parameters
    ----------
    conditions : contest.Conditions
        Of the benchmark.

    Returns
    -------
    headlines, sweeps : list of dict
        As `document` makes them.
    """
    sides, couplings = (8, 16, 32, 64, 128), (0.1, 0.2, 0.3, 0.4, 0.44, 0.5, 0.6)
    count, few = 12_000, ours.CHAINS * conditions.threads
    if conditions.quick:
        sides, couplings, count = (4, 8), (0.1, 0.2), 1024
    # The paper's inverse temperature of 0.4, bonds counted half and whole.
    headlines = [_headline(coupling, count, conditions) for coupling in (0.2, 0.4)]
    by_side = [
        (side, _contest(side, 0.4, "periodic", few, conditions, 0.2), few)
        for side in sides
    ]
    by_coupling = [
        (coupling, _contest(10, coupling, "free", few, conditions, 0.2), few)
        for coupling in couplings
    ]
    cost = f"{few} samples"
    over = "side of the lattice, in sites (periodic, coupling 0.4)"
    first = document.sweep(over, cost, by_side)
    over = "coupling (10 x 10, free; critical: 0.4407)"
    second = document.sweep(over, cost, by_coupling, power=False)
    return headlines, [first, second]


def _headline(coupling, count, conditions):
    measured, once = _contest(10, coupling, "free", count, conditions, 0.5)
    limit = document.limit_of(
        "the heat bath alone, for as many sweeps as the coupling went back on average: "
        "the last of its passes cannot be left out, nor be shorter",
        once.rate,
        "samples per second",
        measured.rate,
    )
    return document.headline(
        "exact and independent samples, packed to bits",
        {"rows": 10, "columns": 10, "boundary": "free", "coupling": coupling},
        "samples",
        count,
        [measured],
        conditions.threads,
        limit,
    )


def _contest(side, coupling, boundary, count, conditions, least):
    """Measure exact samples, and the heat bath for as many sweeps."""

    def draw(method, sweeps):
        return ours.sample(
            side,
            coupling,
            count,
            sweeps=sweeps,
            threads=conditions.threads,
            boundary=boundary,
            method=method,
        )

    back = float(np.mean(draw("exact", _BUDGET)[1]))
    contestants = [
        contest.Contestant(
            ours.NAME,
            ours.PACKAGE,
            lambda: draw("exact", _BUDGET),
            count,
            check=lambda drawn: {
                "sweeps back, on average": float(np.mean(drawn[1])),
                "energy per site": ours.energy_per_site(drawn[0], boundary),
            },
        ),
        contest.Contestant(
            "heat bath alone, as many sweeps",
            ours.PACKAGE,
            lambda: draw("gibbs", round(back)),
            count,
        ),
    ]
    return contest.alternate(contestants, conditions, least=conditions.seconds(least))
