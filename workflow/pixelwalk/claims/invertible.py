"""Which circulant matrices have an inverse (section 10)."""

import itertools

import numpy as np

from pixelwalk import ledger
from pixelwalk.matrices import circulant, nearest


def singular(entries=(0, 1, -1), largest=7):
    """Search all small circulant matrices for those that have no inverse.

    Parameters
    ----------
    entries : sequence of int
        That a first column is made of, in the order of the search.
    largest : int
        Size of the largest matrices.

    Returns
    -------
    dict of ndarray
        `orders`, shape (orders,): sizes n. `searched`, `singular`, shape (orders,): how
        many matrices there are, and have no inverse. `mismatched`, shape (orders,): of
        how many the rank is not n less the number of Fourier coefficients of the first
        column that are zero. `counterexample`: first column of the first one without
        inverse, but for matrices of zeros; none of any length if there is none.
    """
    orders = np.arange(1, largest + 1)
    counts, counterexample = [], np.zeros(0)
    for order in orders:
        columns = np.array(list(itertools.product(entries, repeat=order)), float)
        places = nearest.circulant_classes((int(order),)).reshape(order, order)
        matrices = columns[:, places]
        lacking = order - np.linalg.matrix_rank(matrices)
        zeros = [np.count_nonzero(circulant.zeros(column)) for column in columns]
        counts.append([len(columns), np.sum(lacking > 0), np.sum(lacking != zeros)])
        found = columns[(lacking > 0) & columns.any(axis=1)]
        if not counterexample.size and len(found):
            counterexample = found[0]
    searched, without, mismatched = np.transpose(counts)
    return {
        "orders": orders,
        "searched": searched,
        "singular": without,
        "mismatched": mismatched,
        "counterexample": counterexample,
    }


def judge(found):
    """Judge whether every square circulant matrix has an inverse.

    Parameters
    ----------
    found : object
        Results of `singular`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    share = found.singular / found.searched
    mismatched, searched = int(found.mismatched.sum()), int(found.searched.sum())
    where = found.orders[found.singular > 0]
    measured = {
        "n of the smallest without inverse": int(where[0]) if len(where) else None,
        "first column of the smallest without inverse, zeros aside": (
            found.counterexample.tolist()
        ),
        "matrices": searched,
        "with rank other than by the zero Fourier coefficients": mismatched,
        "share without inverse": {
            f"n = {order}": float(part)
            for order, part in zip(found.orders, share, strict=True)
        },
    }
    return ledger.claim(
        "circulant-invertible",
        "10",
        "Any square circulant matrix is invertible.",
        None,
        measured,
        "refuted if any of all circulant matrices with entries -1, 0 and 1, up to "
        f"n = {found.orders[-1]}, has less than full rank; else supported",
        ledger.supported(not found.singular.any()),
        "At n = 1 the matrix of zero has none. True is: a circulant matrix has an "
        "inverse if and only if no Fourier coefficient of its first column is zero; "
        "its rank is the number of those that are not, as for "
        f"{searched - mismatched} of the {searched} matrices here. A first column of "
        "real numbers drawn at random has an inverse with probability one, but a "
        "band-limited image has none.",
    )
