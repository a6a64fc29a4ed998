"""Sampling: heat-bath updates of the Ising model on periodic lattices."""

from functools import partial

from benchmarks import contest, document, limits, ours
from benchmarks.peers import spins

#: What is measured and drawn.
TITLE = "Heat-bath sampling of the Ising model"

# Of the standard convention; disordered, as the paper's samples are (the critical one
# is 0.4407).
_COUPLING = 0.4
_SWEEPS = 200
# The same for a triangular lattice (critical at 0.2747).
_WARMER = 0.25


def measure(conditions):
    """Compare heat-bath samplers, at two sizes and over all.

    Parameters
    ----------
    conditions : contest.Conditions
        Of the benchmark.

    Returns
    -------
    headlines, sweeps : list of dict
        As `document` makes them.
    """
    sides, headline_sides = (8, 16, 32, 64, 128, 256), (10, 64)
    if conditions.quick:
        sides, headline_sides = (8, 16), (10,)
    words = limits.random_words_per_second(conditions.threads)
    needed = limits.words_per_update(_COUPLING, ours.CHAINS)
    bound = 64 * words / needed
    headlines = [
        _headline(side, conditions, bound, words, needed) for side in headline_sides
    ]
    headlines.append(_triangular(conditions))
    table = [(side, _contest(side, conditions, 0.2), side**2) for side in sides]
    limit = {
        "what": "random words alone",
        "sizes": list(sides),
        "cost": [side**2 / bound for side in sides],
    }
    over, cost = "side of the lattice, in sites", "a sweep of one chain"
    return headlines, [document.sweep(over, cost, table, limit)]


def _headline(side, conditions, bound, words, needed):
    measured = _contest(side, conditions, 0.5)
    limit = document.limit_of(
        "the sampler's generator alone yields the random words that the updates need: "
        "for 64 updates one for the default direction, and one for each binary digit "
        f"until all {ours.CHAINS} chains of a block are decided",
        bound,
        "updates per second",
        measured[0].rate,
        words_per_second=words,
        words_per_64_updates=needed,
    )
    return document.headline(
        "spins by the heat bath, each chain from a random start",
        {
            "rows": side,
            "columns": side,
            "boundary": "periodic",
            "coupling": _COUPLING,
            "sweeps": _SWEEPS,
        },
        "site updates",
        measured[0].contestant.work,
        measured,
        conditions.threads,
        limit,
    )


def _triangular(conditions):
    """Compare those that take any graph, on a triangular lattice."""
    side = 8 if conditions.quick else 10
    measured = _contest(side, conditions, 0.5, "triangular", _WARMER)
    return document.headline(
        "the same on a triangular lattice, as on any graph",
        {
            "rows": side,
            "columns": side,
            "boundary": "periodic",
            "lattice": "triangular",
            "coupling": _WARMER,
            "sweeps": _SWEEPS,
        },
        "site updates",
        measured[0].contestant.work,
        measured,
        conditions.threads,
        None,
    )


def _contest(side, conditions, least, kind="rectangular", coupling=_COUPLING):
    """Measure all samplers on a lattice, each with the chains that suit it."""
    sites = side**2
    threads = conditions.threads
    # So many that the time in which a thread waits for the last block is small.
    blocks = max(1, round(2**24 / (sites * ours.CHAINS * threads))) * threads
    count = blocks * ours.CHAINS
    contestants = [
        contest.Contestant(
            ours.NAME,
            ours.PACKAGE,
            lambda: ours.sample(
                side,
                coupling,
                count,
                sweeps=_SWEEPS,
                threads=threads,
                method="gibbs",
                kind=kind,
            )[0],
            sites * count * _SWEEPS,
            f"{count} chains of {_SWEEPS} sweeps",
            lambda samples: {
                "energy per site": ours.energy_per_site(samples, kind=kind)
            },
        )
    ]
    if kind == "rectangular" and conditions.has("thrml"):  # its two colours
        chains = [max(1, spins_ // sites) for spins_ in (2**14, 2**16, 2**18, 2**20)]
        if conditions.quick:
            chains = chains[:1]
        makers = [partial(_thrml, side, number, 50) for number in dict.fromkeys(chains)]
        contestants.append(contest.fastest(makers, conditions))
    chains, sweeps = max(threads, 2**15 // sites), 100
    if conditions.has("dwave-samplers"):
        make = partial(spins.dwave, threads=threads, kind=kind)
        run = make(side, coupling, chains, sweeps)
        contestants.append(_peer("dwave-samplers", run, side, chains, sweeps, kind))
    run = spins.plain_loop(side, coupling, chains, sweeps, threads, kind)
    name = "plain loop (numba)"
    contestants.append(_peer(name, run, side, chains, sweeps, kind, "numba"))
    return contest.alternate(contestants, conditions, least=conditions.seconds(least))


def _thrml(side, chains, sweeps):
    run = spins.thrml(side, _COUPLING, chains, sweeps)
    return _peer("thrml", run, side, chains, sweeps)


def _peer(name, run, side, chains, sweeps, kind="rectangular", package=None):
    return contest.Contestant(
        name,
        package or name,
        run,
        side**2 * chains * sweeps,
        f"{chains} chains of {sweeps} sweeps",
        lambda found: {"energy per site": spins.energy_per_site(found, kind)},
    )
