"""Circulant matrices, given by their first column (section 9).

A column of shape ``(n,)`` represents a circulant matrix, one of shape ``(rows,
columns)`` a block-circulant matrix with circulant blocks, and so on: entry (i, j) is
the column at ``i - j``, cyclically in each dimension. All have the Fourier vectors as
eigenvectors, so products and inverses follow from the eigenvalues.
"""

import numpy as np
from scipy import fft

from pixelwalk.matrices import nearest


def dense(column):
    """Return the dense matrix; for one dimension, that of `scipy.linalg.circulant`.

    Parameters
    ----------
    column : ndarray, shape (...)
        First column, N sites.

    Returns
    -------
    ndarray, shape (N, N)
    """
    size = np.size(column)
    classes = nearest.circulant_classes(np.shape(column))
    return np.ravel(column)[classes].reshape(size, size)


def eigenvalues(column):
    """Return the eigenvalues: the discrete Fourier transform of the first column.

    Parameters
    ----------
    column : ndarray, shape (...)

    Returns
    -------
    ndarray of complex, shape (...)
        By frequency: at ``k``, that of the eigenvector ``exp(2 pi i k x / n)``.
    """
    return fft.fftn(column)


def product(first, second):
    """Return the first column of the product of two circulant matrices.

    Parameters
    ----------
    first, second : ndarray, shape (...)
        Their first columns.

    Returns
    -------
    ndarray, shape (...)
    """
    return _back(fft.fftn(first) * fft.fftn(second), first, second)


def inverse(column):
    """Return the first column of the inverse.

    Parameters
    ----------
    column : ndarray, shape (...)

    Returns
    -------
    ndarray of float64 or complex128, shape (...)

    Raises
    ------
    ValueError
        If an eigenvalue is zero (see `zeros`), so that no inverse exists.
    """
    return _back(1 / _nonzero(column), column)


def pseudo_inverse(column, cutoff=None):
    """Return the first column of the Moore-Penrose pseudo-inverse.

    Parameters
    ----------
    column : ndarray, shape (...)
    cutoff : float, optional
        Eigenvalues up to this fraction of the largest count as zero; as in `zeros`.

    Returns
    -------
    ndarray of float64 or complex128, shape (...)
    """
    spectrum = fft.fftn(column)
    zero = zeros(column, cutoff)
    return _back(np.where(zero, 0, 1 / np.where(zero, 1, spectrum)), column)


def zeros(column, cutoff=None):
    """Return which eigenvalues are zero; their number is the rank deficiency.

    Parameters
    ----------
    column : ndarray, shape (...)
        First column, N sites.
    cutoff : float, optional
        Eigenvalues up to this fraction of the largest count as zero. Default: N times
        the machine epsilon, about the size of rounding errors.

    Returns
    -------
    ndarray of bool, shape (...)
        By frequency; all are zero for a matrix of zeros.
    """
    size = np.abs(fft.fftn(column))
    if cutoff is None:
        cutoff = size.size * np.finfo(float).eps
    return size <= cutoff * size.max()


def _nonzero(column):
    """Return the eigenvalues; raise ValueError if one is zero."""
    zero = np.argwhere(zeros(column))
    if len(zero):
        which = ", ".join(map(str, zero[0].tolist()))
        raise ValueError(
            "a circulant matrix has an inverse where no Fourier coefficient of its "
            f"first column is zero, but coefficient {which} is zero ({len(zero)} of "
            f"{np.size(column)} are); use the pseudo-inverse"
        )
    return fft.fftn(column)


def _back(spectrum, *columns):
    """Return the inverse transform, real (but for rounding) if all columns are."""
    values = fft.ifftn(spectrum)
    return values if any(map(np.iscomplexobj, columns)) else values.real
