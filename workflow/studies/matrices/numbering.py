"""Find the numberings of a periodic lattice in which its adjacency matrix is circulant.

A matrix is circulant if and only if the shift of all sites by one is an automorphism of
its graph. So a graph has a circulant adjacency matrix in some numbering if and only if
one of its automorphisms is a single cycle through all N sites; along that cycle the
numbering is circulant. All automorphisms are listed here, so the answer is exact.
"""

from math import gcd

from pixelwalk.ising import lattice
from pixelwalk.matrices import nearest

import numpy as np


def examples(rows, columns):
    """Choose lattices: one's own, one whose sides are coprime, and a square one.

    Returns
    -------
    list of (int, int)
        Rows and columns, each pair once, all at least 3.
    """
    sides = [*range(rows, 2, -1), columns + 1]
    coprime = next(side for side in sides if gcd(side, columns) == 1)
    pairs = [(rows, columns), (coprime, columns), (columns, columns)]
    return list(dict.fromkeys(pairs))


def numberings(rows, columns):
    """Search the automorphisms of periodic lattices for cycles through all sites.

    Parameters
    ----------
    rows, columns : int
        As in `examples`.

    Returns
    -------
    dict of ndarray
        Over the lattices: `sides`, shape (k, 2), rows and columns; `automorphisms`,
        shape (k,), their number; `longest_cycle`, shape (k,), the most sites on one
        cycle of any of them; `numbered_distance`, shape (k,), distance of the matrix
        from circulant with its sites in the order of the longest cycle; nan if that
        leaves out sites.
    """
    sides = examples(rows, columns)
    columns_of = zip(*(_measure(*pair) for pair in sides), strict=True)
    names = ("automorphisms", "longest_cycle", "numbered_distance")
    measured = dict(zip(names, map(np.array, columns_of), strict=True))
    return {"sides": np.array(sides)} | measured


def _measure(rows, columns):
    adjacency = lattice.adjacency(rows, columns, "periodic").toarray() > 0
    group = automorphisms(adjacency, translations(rows, columns))
    order = longest_cycle(group)
    if len(order) < len(adjacency):
        return len(group), len(order), np.nan
    matrix = adjacency[np.ix_(order, order)].astype(float)
    return len(group), len(order), nearest.from_circulant(matrix, (len(order),))


def translations(rows, columns):
    """Return the translations of a periodic lattice.

    Returns
    -------
    ndarray of int, shape (N, N)
        The i-th moves site 0 to site i; site k goes to entry k of its row.
    """
    sites = np.arange(rows * columns).reshape(rows, columns)
    return np.array(
        [
            np.roll(sites, (-down, -right), (0, 1)).ravel()
            for down in range(rows)
            for right in range(columns)
        ]
    )


def automorphisms(adjacency, moves):
    """List all automorphisms of a connected graph that looks the same from every site.

    Parameters
    ----------
    adjacency : ndarray of bool, shape (N, N)
    moves : ndarray of int, shape (N, N)
        An automorphism for each site, by which site 0 goes there.

    Returns
    -------
    ndarray of int, shape (automorphisms, N)
        Site k goes to entry k.

    Raises
    ------
    ValueError
        If one of `moves` is no automorphism.
    """
    for move in moves:
        if not np.array_equal(adjacency[np.ix_(move, move)], adjacency):
            raise ValueError("expected automorphisms of the graph, and one is none")
    # Each is one of those that leave site 0 where it is, and then one of the moves.
    return np.concatenate([moves[:, kept] for kept in _around_first(adjacency)])


def _around_first(adjacency):
    """List the automorphisms that keep site 0, extending them site by site."""
    order, parent = _breadth_first(adjacency)
    maps = [[0]]
    for place in range(1, len(order)):
        wanted = adjacency[order[place], order[:place]]
        maps = [
            [*images, site]
            for images in maps
            for site in np.flatnonzero(adjacency[images[parent[place]]])
            if site not in images and np.array_equal(adjacency[site, images], wanted)
        ]
    kept = np.empty((len(maps), len(order)), int)
    kept[:, order] = maps
    return kept


def _breadth_first(adjacency):
    """Order sites by breadth-first search; of each, the place of a neighbour before."""
    order, parent = [0], [0]
    for place, site in enumerate(order):
        for other in np.flatnonzero(adjacency[site]):
            if other not in order:
                order.append(int(other))
                parent.append(place)
    return order, parent


def longest_cycle(group):
    """Return the sites of the longest cycle through site 0, in their order.

    Parameters
    ----------
    group : ndarray of int, shape (m, N)
        Permutations: all those of a group that moves site 0 to every site, so that no
        cycle through another site is longer.

    Returns
    -------
    ndarray of int, shape (length,)
    """
    each = np.arange(len(group))
    sites, length, lengths = group[each, 0], 1, np.zeros(len(group), int)
    while not lengths.all():
        lengths[(sites == 0) & (lengths == 0)] = length
        sites, length = group[each, sites], length + 1
    longest = group[np.argmax(lengths)]
    cycle = [0]
    while longest[cycle[-1]]:
        cycle.append(int(longest[cycle[-1]]))
    return np.array(cycle)
