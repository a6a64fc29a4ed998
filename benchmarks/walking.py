"""Walking: the stationary distribution of a sparse graph of pixels."""

from functools import partial

import numpy as np
from scipy import sparse

from benchmarks import contest, document, limits, ours
from benchmarks.peers import ranks

#: What is measured and drawn.
TITLE = "Stationary distribution of a walk on a graph of pixels"

_TOLERANCE = 1e-10

# The workflow's chance of a jump, and the one that is usual for web pages: the larger
# it is, the fewer steps an iteration takes.
_TELEPORTS = (0.01, 0.15)

# Entries up to which a peer that builds its graph edge by edge is run.
_MOST = {"networkx": 3_000_000, "igraph": 3_000_000}


def measure(conditions):
    """Compare solvers on 20,000 pixels with 3 million entries, and over entries.

    Parameters
    ----------
    conditions : contest.Conditions
        Of the benchmark.

    Returns
    -------
    headlines, sweeps : list of dict
        As `document` makes them.
    """
    nodes, entries = 20_000, 3_000_000
    sizes = (10**4, 10**5, 10**6, 3 * 10**6, 10**7)
    if conditions.quick:
        nodes, entries, sizes = 100, 2000, (10**3, 10**4)
    graph = near_graph(nodes, entries)
    headlines = [_headline(graph, teleport, conditions) for teleport in _TELEPORTS]
    table, bounds = [], []
    for size in sizes:
        graph = near_graph(size // 100, size)
        measured = _contest(graph, _TELEPORTS[0], conditions, 0.1)
        table.append((graph.nnz, measured, 1))
        bounds.append(_least_seconds(graph, measured[0], conditions.threads)[0])
    limit = {
        "what": "reading the matrix once per step",
        "sizes": [size for size, _, _ in table],
        "cost": bounds,
    }
    over = f"entries of the matrix, 100 per pixel (teleport {_TELEPORTS[0]})"
    return headlines, [document.sweep(over, "one distribution", table, limit)]


def near_graph(nodes, entries):
    """Graph of pixels that are linked to those near them, more weakly the farther.

    Parameters
    ----------
    nodes : int
        Pixels, filled row by row into a square.
    entries : int
        About how many entries the matrix has: as many of the nearest neighbours are
        linked, whole rings of equal distance but the last.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (nodes, nodes)
        Symmetric; weights random, and falling with the distance.
    """
    side = int(np.ceil(np.sqrt(nodes)))
    column = np.arange(nodes) % side
    down, across = np.mgrid[0:side, -side + 1 : side].reshape(2, -1)
    forward = (down > 0) | (across > 0)  # each pair once
    down, across = down[forward], across[forward]
    stream = np.random.default_rng(1)
    tails, heads, weights, found = [], [], [], 0
    for step in np.argsort(down**2 + across**2, kind="stable"):
        beside = column + across[step]
        inside = (beside >= 0) & (beside < side)
        tail = np.flatnonzero(inside)
        head = tail + down[step] * side + across[step]
        tail, head = tail[head < nodes], head[head < nodes]
        distance = np.hypot(down[step], across[step])
        tails.append(tail)
        heads.append(head)
        weights.append(np.exp(-distance / 4) * stream.uniform(0.5, 1.5, len(tail)))
        found += 2 * len(tail)
        if found >= entries:
            break
    ends = np.concatenate(tails), np.concatenate(heads)
    ends = tuple(end.astype(np.int32) for end in ends)  # as the package's own graphs
    half = sparse.coo_array((np.concatenate(weights), ends), shape=(nodes, nodes))
    graph = (half + half.T).tocsr()
    graph.sort_indices()
    return graph


def _headline(graph, teleport, conditions):
    measured = _contest(graph, teleport, conditions, 0.5)
    least, bandwidth = _least_seconds(graph, measured[0], conditions.threads)
    limit = document.limit_of(
        "each step reads the entries of the matrix (a double and a 32-bit index) from "
        "where an array of that size stays, cache or memory",
        1 / least,
        "distributions per second",
        measured[0].rate,
        bytes_per_second=bandwidth,
        steps=measured[0].reached["steps"],
    )
    return document.headline(
        "the stationary distribution from a CSR array, graph building counted",
        {
            "nodes": graph.shape[0],
            "entries": graph.nnz,
            "teleport": teleport,
            "residual asked for": _TOLERANCE,
        },
        "distributions",
        1,
        measured,
        conditions.threads,
        limit,
    )


def _least_seconds(graph, measured, threads):
    """Seconds to read the matrix once for each step, and the bytes per second."""
    size = graph.nnz * (8 + 4)
    bandwidth = limits.bytes_per_second(size, threads)
    return measured.reached["steps"] * size / bandwidth, bandwidth


def _contest(graph, teleport, conditions, least):
    contestants = [
        contest.Contestant(
            ours.NAME,
            ours.PACKAGE,
            partial(ours.stationary, graph, teleport, _TOLERANCE),
            1,
            check=lambda found: {
                "residual": ranks.residual(graph, teleport, found[0]),
                "steps": found[2],
            },
        )
    ]
    for name, function, option in (
        ("networkx", ranks.networkx, None),
        ("igraph", ranks.igraph, ("implementation", ("prpack", "arpack"))),
        ("scikit-network", ranks.scikit_network, ("solver", ("piteration", "lanczos"))),
    ):
        if graph.nnz > 1.1 * _MOST.get(name, graph.nnz):
            continue
        if conditions.has(name):
            make = partial(_peer, name, function, graph, teleport)
            contestants.append(_best_of(make, option, conditions))
    return contest.alternate(contestants, conditions, least=conditions.seconds(least))


def _best_of(make, option, conditions):
    """Give a library the solver of its own that is fastest here."""
    if option is None:
        return make()
    keyword, values = option
    makers = [partial(make, **{keyword: value}) for value in values]
    return contest.fastest(makers, conditions, lambda r: r["residual"] <= _TOLERANCE)


def _peer(name, function, graph, teleport, **options):
    return contest.Contestant(
        name,
        name,
        partial(function, graph, teleport, _TOLERANCE, **options),
        1,
        ", ".join(f"{key}: {value}" for key, value in options.items()),
        lambda found: {"residual": ranks.residual(graph, teleport, found)},
    )
