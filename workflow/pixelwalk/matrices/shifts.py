"""Least-squares maps from all cyclic shifts of one image to those of another.

A grid is a line, shape ``(n,)``, or an image, ``(rows, columns)``; shifts are cyclic in
each dimension, and sites are numbered row by row. All shifts of an image, as columns,
form the circulant matrix `circulant.dense`: Z for the input z, Y for the target y, with
the first pixel moved to site s in column s. Its eigenvalues are the Fourier
coefficients of the image. So the least-squares map W = Y Z^+ is circulant with the
eigenvalues y_k / z_k: a convolution with a filter as large as the image.
"""

import numpy as np
import scipy

from pixelwalk.matrices import circulant

#: Fraction of the largest Fourier coefficient of the input up to which one counts as
#: zero. The map of least norm removes such a frequency. Rounding errors are about
#: 1e-16, coefficients of real images 1e-5 and more.
CUTOFF = 1e-10

_ROUNDING = 1e-14


def seen(image, cutoff=CUTOFF):
    """Return which Fourier coefficients of an image are not zero: bool, its shape."""
    return ~circulant.zeros(image, cutoff)


def optimum(source, target, cutoff=CUTOFF):
    """Return the filter of the least-squares map, by FFT.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
        Input image and target image.
    cutoff : float
        Fraction of the largest Fourier coefficient of the input up to which one counts
        as zero; the map of least norm removes these frequencies.

    Returns
    -------
    ndarray of float64, shape ``shape``
        First column of W = Y Z^+ (section 10 of the paper, for invertible Z).
    """
    nonzero, coefficients = seen(source, cutoff), circulant.eigenvalues(source)
    ratios = np.zeros(source.shape, complex)
    ratios[nonzero] = circulant.eigenvalues(target)[nonzero] / coefficients[nonzero]
    return np.fft.ifftn(ratios).real


def least_squares(inputs, targets, cutoff=CUTOFF):
    """Return the least-squares map of least norm, by singular value decomposition.

    Parameters
    ----------
    inputs, targets : ndarray of float, shape (n, m)
        Images as columns.
    cutoff : float
        Fraction of the largest singular value up to which one counts as zero. For all
        shifts, singular values are absolute values of the Fourier coefficients.

    Returns
    -------
    ndarray of float64, shape (n, n)
    """
    if not inputs.any():
        return np.zeros((len(targets), len(inputs)))
    solved = scipy.linalg.lstsq(inputs.T, targets.T, cond=cutoff, check_finite=False)
    return solved[0].T


def band_limited(image, share):
    """Return an image with only its lowest frequencies.

    Parameters
    ----------
    image : ndarray of float, shape ``shape``
    share : float
        Fraction of the frequencies to keep; those equal in size to the highest of them
        are kept, too, so that the image stays real.

    Returns
    -------
    ndarray of float64, shape ``shape``
    """
    along = np.meshgrid(*map(np.fft.fftfreq, image.shape), indexing="ij")
    size = np.round(np.sqrt(sum(frequency**2 for frequency in along)), 12)
    last = np.sort(size, axis=None)[max(1, round(share * size.size)) - 1]
    return np.fft.ifftn(np.where(size <= last, circulant.eigenvalues(image), 0)).real


def factors(image, count):
    """Factorise a filter into real filters with it as their convolution.

    Each factor has the Fourier coefficients ``|w_k| ** (1 / count)``, and the first
    also the phases. For opposite frequencies, moduli are equal and phases opposite, so
    all factors are real. Plain roots of w_k can be complex: the coefficient of a
    frequency that is its own opposite is real, and may be negative.

    Parameters
    ----------
    image : ndarray of float, shape ``shape``
        Filter.
    count : int
        Number of factors, at least 1.

    Returns
    -------
    filters : ndarray of float64, shape (count, ``shape``)
    imaginary : float
        Largest imaginary part before it was dropped, relative to their norm: rounding.
    """
    coefficients = circulant.eigenvalues(image)
    # The root of a rounding error would not be small.
    coefficients[~seen(image, _ROUNDING)] = 0
    roots = np.abs(coefficients) ** (1 / count)
    phase = np.exp(1j * np.angle(coefficients))
    first, other = np.fft.ifftn(roots * phase), np.fft.ifftn(roots)
    norm = np.linalg.norm(roots) / np.sqrt(roots.size) or 1
    imaginary = max(np.abs(first.imag).max(), np.abs(other.imag).max()) / norm
    return np.array([first.real] + [other.real] * (count - 1)), float(imaginary)


def plain_root(image, count):
    """Return the filter with the principal roots of another's Fourier coefficients.

    Returns
    -------
    ndarray of complex128, shape ``shape``
    """
    # Adding 0.0 turns -0.0 into 0.0, which would select another root.
    coefficients = circulant.eigenvalues(image) + 0.0
    return np.fft.ifftn(coefficients ** (1 / count))


def scaled(source, target):
    """Divide two images by the largest Fourier coefficient of the first.

    The map between them stays the same, and gradient descent on half the sum of
    squares, stable up to a rate of 2 / max |z_k|^2, is stable at a rate of 1.

    Returns
    -------
    source, target : ndarray of float64
    """
    # An image of zeros stays as it is.
    size = np.abs(circulant.eigenvalues(source)).max() or 1
    return source / size, target / size


def descended(start, source, target, steps):
    """Return the matrix after gradient descent on all shifts, in closed form.

    A step ``W -> W + (Y - W Z) Z^T`` multiplies the distance from the optimum by
    ``1 - |z_k|^2`` along the k-th Fourier direction of the input pixels. Where z_k is
    zero, the initial weights remain.

    Parameters
    ----------
    start : ndarray of float, shape (n, n)
        Initial weights.
    source, target : ndarray of float, shape ``shape``
        Images, as `scaled` returns them; the rate is 1.
    steps : float
        Number of steps; infinity for the limit.

    Returns
    -------
    ndarray of float64, shape (n, n)
    """
    decay = np.clip(1 - np.abs(circulant.eigenvalues(source)) ** 2, 0, 1) ** steps
    best = circulant.eigenvalues(optimum(source, target))
    # In two parts, so that zero and circulant parts stay so up to rounding.
    learned = np.fft.ifftn(best * (1 - decay)).real
    return filtered(start, decay) + circulant.dense(learned)


def filtered(matrix, passed):
    """Multiply a matrix by a filter of the input pixels, given by its frequencies.

    Parameters
    ----------
    matrix : ndarray of float, shape (n, n)
    passed : ndarray, shape ``shape``
        Factor of each Fourier coefficient, the same for opposite frequencies.

    Returns
    -------
    ndarray of float64, shape (n, n)
    """
    axes = tuple(range(1, passed.ndim + 1))
    rows = np.fft.fftn(matrix.reshape(-1, *passed.shape), axes=axes)
    return np.fft.ifftn(rows * passed, axes=axes).real.reshape(matrix.shape)
