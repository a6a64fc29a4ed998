"""Circulant matrices, given by their first column (section 9).

A column of shape ``(n,)`` stands for a circulant matrix, one of shape
``(rows, columns)`` for a block-circulant matrix with circulant blocks, and so on: entry
(i, j) is the column at ``i - j``, each dimension taken cyclically. The Fourier vectors
are the eigenvectors of all of them, so that products and inverses are those of the
eigenvalues.
"""

import numpy as np
from scipy import fft

from pixelwalk.matrices import nearest


def dense(column):
    """Write out the matrix.

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
    """Eigenvalues: the discrete Fourier transform of the first column.

    Parameters
    ----------
    column : ndarray, shape (...)

    Returns
    -------
    ndarray of complex, shape (...)
        By frequency: at ``k``, that of the vector ``exp(2 pi i k x / n)``.
    """
    return fft.fftn(column)


def product(first, second):
    """First column of the product of two circulant matrices; they commute.

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
    """First column of the inverse.

    Parameters
    ----------
    column : ndarray, shape (...)

    Returns
    -------
    ndarray of float64 or complex128, shape (...)

    Raises
    ------
    ValueError
        If an eigenvalue is zero (see `zeros`), so that there is no inverse; says which.
    """
    return _back(1 / _nonzero(column), column)


def pseudo_inverse(column, cutoff=None):
    """First column of the Moore-Penrose pseudo-inverse.

    Parameters
    ----------
    column : ndarray, shape (...)
    cutoff : float, optional
        Eigenvalues up to this share of the largest count as zero; as in `zeros`.

    Returns
    -------
    ndarray of float64 or complex128, shape (...)
    """
    spectrum = fft.fftn(column)
    lost = zeros(column, cutoff)
    return _back(np.where(lost, 0, 1 / np.where(lost, 1, spectrum)), column)


def zeros(column, cutoff=None):
    """Find the eigenvalues that are zero: as many as the matrix lacks in rank.

    Parameters
    ----------
    column : ndarray, shape (...)
        First column, N sites.
    cutoff : float, optional
        Eigenvalues up to this share of the largest count as zero. By default N times
        the spacing of floating-point numbers at 1, about what rounding leaves.

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
    lost = np.argwhere(zeros(column))
    if len(lost):
        which = ", ".join(map(str, lost[0].tolist()))
        raise ValueError(
            "a circulant matrix has an inverse where no Fourier coefficient of its "
            f"first column is zero, but coefficient {which} is zero ({len(lost)} of "
            f"{np.size(column)} are); use the pseudo-inverse"
        )
    return fft.fftn(column)


def _back(spectrum, *columns):
    """Drop the imaginary part, which is rounding, where all that was given is real."""
    values = fft.ifftn(spectrum)
    return values if any(map(np.iscomplexobj, columns)) else values.real
