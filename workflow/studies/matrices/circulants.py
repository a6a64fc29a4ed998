"""Measure lattices, and products, inverses and ranks of circulant matrices."""

import itertools

from pixelwalk.ising import lattice
from pixelwalk.matrices import circulant, nearest

import numpy as np

#: Lattices whose adjacency matrices are measured.
LATTICES = ("periodic", "helical", "ring")


def lattices(rows, columns):
    """Measure how far adjacency matrices of lattices are from circulant.

    Parameters
    ----------
    rows, columns : int
        Size of the lattices, at least 3 each; the ring has as many sites.

    Returns
    -------
    dict
        `lattices`: their names. `adjacency`, shape (3, N, N): the matrices, sites
        row by row. `lattice_distance`, shape (3, 2): relative distance from the nearest
        circulant matrix, and from the nearest block-circulant one with circulant
        blocks.
    """
    size = rows * columns
    ring = lattice.adjacency(1, size, "free").toarray()
    ring[0, -1] = ring[-1, 0] = 1
    matrices = [
        *(lattice.adjacency(rows, columns, b).toarray() for b in LATTICES[:2]),
        ring,
    ]
    distances = [
        [nearest.from_circulant(m, shape) for shape in ((size,), (rows, columns))]
        for m in matrices
    ]
    return {
        "lattices": LATTICES,
        "adjacency": np.array(matrices),
        "lattice_distance": np.array(distances),
    }


def algebra(rows, columns, draws, stream):
    """Measure products and inverses of random circulant matrices, dense and by FFT.

    Parameters
    ----------
    rows, columns : int
        Of the image; the line has as many sites.
    draws : int
        How many pairs of first columns, of normal numbers.
    stream : numpy.random.Generator

    Returns
    -------
    dict of ndarray, shape (2, draws)
        For line and image. `multiplied`, `inverted`: relative distances of the dense
        product and inverse from the nearest (block-)circulant matrix.
        `multiplied_apart`, `inverted_apart`, `pseudo_inverted_apart`: relative
        distances from what the FFT gives; the pseudo-inverse is that of a matrix
        without its mean, which has no inverse.
    """
    names = ("multiplied", "inverted", "multiplied_apart", "inverted_apart")
    names += ("pseudo_inverted_apart",)
    table = [
        [_one_pair(*stream.normal(size=(2, *shape))) for _ in range(draws)]
        for shape in ((rows * columns,), (rows, columns))
    ]
    return dict(zip(names, np.moveaxis(table, -1, 0), strict=True))


def _one_pair(first, second):
    matrix = circulant.dense(first)
    product = matrix @ circulant.dense(second)
    inverse = np.linalg.inv(matrix)
    flat = first - first.mean()
    # The mean is gone but for rounding: far below the cut, and all else is far above.
    pseudo = np.linalg.pinv(circulant.dense(flat), rcond=1e-10)
    return (
        nearest.from_circulant(product, first.shape),
        nearest.from_circulant(inverse, first.shape),
        _apart(product, circulant.product(first, second)),
        _apart(inverse, circulant.inverse(first)),
        _apart(pseudo, circulant.pseudo_inverse(flat, cutoff=1e-10)),
    )


def _apart(matrix, column):
    """Relative distance of a matrix from the circulant one with a first column."""
    return nearest.distance(matrix, circulant.dense(column))


def singular(entries=(0, 1, -1), largest=7):
    """Search all small circulant matrices for those that have no inverse.

    Parameters
    ----------
    entries : sequence of int
        Values of the first column, in the order of the search.
    largest : int
        Size of the largest matrices.

    Returns
    -------
    dict of ndarray
        `orders`, shape (orders,): sizes n. `searched`, `singular`, shape (orders,):
        number of all matrices, and of those without an inverse. `mismatched`, shape
        (orders,): number of those whose rank is not n less the number of Fourier
        coefficients of the first column that are zero. `counterexample`: first column
        of the first matrix without inverse that is not zero; empty if there is none.
    """
    orders = np.arange(1, largest + 1)
    counts, counterexample = [], np.zeros(0)
    for order in orders:
        columns = np.array(list(itertools.product(entries, repeat=order)), float)
        places = nearest.circulant_classes((int(order),)).reshape(order, order)
        lacking = order - np.linalg.matrix_rank(columns[:, places])
        zeros = [np.count_nonzero(circulant.zeros(column)) for column in columns]
        counts.append([len(columns), np.sum(lacking > 0), np.sum(lacking != zeros)])
        without = columns[(lacking > 0) & columns.any(axis=1)]
        if not counterexample.size and len(without):
            counterexample = without[0]
    searched, without_inverse, mismatched = np.transpose(counts)
    return {
        "orders": orders,
        "searched": searched,
        "singular": without_inverse,
        "mismatched": mismatched,
        "counterexample": counterexample,
    }
