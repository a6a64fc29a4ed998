"""Lattices, products and inverses of circulant matrices (section 9)."""

import numpy as np

from pixelwalk import ledger
from pixelwalk.ising import lattice
from pixelwalk.matrices import circulant, nearest

#: Lattices whose adjacency matrix is looked at, and grids of circulant matrices.
LATTICES = ("periodic", "helical", "ring")
GRIDS = ("line", "image")

# What rounding leaves of a distance that is zero, and the agreement that is asked for.
_NOTHING, _AGREED = 1e-12, 1e-8


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
    found = [
        *(lattice.adjacency(rows, columns, b).toarray() for b in LATTICES[:2]),
        ring,
    ]
    return {
        "lattices": LATTICES,
        "adjacency": np.array(found),
        "lattice_distance": np.array(
            [
                [
                    nearest.from_circulant(one, (size,)),
                    nearest.from_circulant(one, (rows, columns)),
                ]
                for one in found
            ]
        ),
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
    return nearest.distance(matrix, circulant.dense(column))


def judge_lattice(found):
    """Judge whether the periodic lattice's adjacency matrix is circulant.

    Parameters
    ----------
    found : object
        Results of `lattices`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    distance = found.lattice_distance.tolist()
    measured = {
        f"{name}: distance from {what}": value
        for name, pair in zip(LATTICES, distance, strict=True)
        for what, value in zip(("circulant", "block-circulant"), pair, strict=True)
    }
    return ledger.claim(
        "lattice-adjacency-circulant",
        "9",
        "The adjacency matrix of a square lattice with periodic boundaries is a "
        "circulant matrix.",
        None,
        measured,
        "supported if the relative distance (Frobenius) of the periodic lattice's "
        f"matrix, sites row by row, from the nearest circulant one is at most "
        f"{_NOTHING:g}; else refuted",
        ledger.supported(distance[0][0] <= _NOTHING),
        "True is: row by row it is block-circulant with circulant blocks, which the "
        "two-dimensional Fourier transform makes diagonal. It is circulant strictly in "
        "one dimension (the ring), or if the end of each row is joined to the start of "
        "the next (helical). With rows and columns of coprime numbers, sites numbered "
        "along the diagonal would make it circulant, too.",
    )


def judge_product(found):
    """Judge whether the product of circulant matrices is circulant.

    Parameters
    ----------
    found : object
        Results of `algebra`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    return ledger.claim(
        "circulant-product",
        "9",
        "The product of circulant matrices is circulant.",
        None,
        _largest(found, "multiplied"),
        _algebra_criterion("product"),
        ledger.supported(_agrees(found, "multiplied")),
        "A theorem: all circulant matrices have the Fourier vectors as eigenvectors. "
        "It holds on lines and, block-circulant, on images.",
    )


def judge_inverse(found):
    """Judge whether the inverse of a circulant matrix is circulant.

    Parameters
    ----------
    found : object
        Results of `algebra`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    return ledger.claim(
        "circulant-inverse",
        "9",
        "The inverse of a circulant matrix is circulant.",
        None,
        _largest(found, "inverted")
        | {
            f"{grid}: pseudo-inverse, dense and by FFT apart": float(np.max(values))
            for grid, values in zip(GRIDS, found.pseudo_inverted_apart, strict=True)
        },
        _algebra_criterion("inverse"),
        ledger.supported(_agrees(found, "inverted")),
        "A theorem, where there is an inverse (see circulant-invertible); where there "
        "is none, the pseudo-inverse is circulant.",
    )


def _largest(found, name):
    return {
        f"{grid}: {what}": float(np.max(values))
        for key, what in (
            (name, "distance from circulant"),
            (f"{name}_apart", "dense and by FFT apart"),
        )
        for grid, values in zip(GRIDS, getattr(found, key), strict=True)
    }


def _algebra_criterion(what):
    return (
        f"supported if for every random matrix the dense {what} is at a relative "
        f"distance (Frobenius) of at most {_AGREED:g} from the nearest circulant "
        f"matrix, and from the {what} by FFT, on lines and images; else refuted"
    )


def _agrees(found, name):
    both = [getattr(found, name), getattr(found, f"{name}_apart")]
    return bool(np.max(both) <= _AGREED)
