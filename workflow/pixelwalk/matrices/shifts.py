"""The linear map that turns every shift of one image into that shift of another.

A grid is a line, shape ``(n,)``, or an image, ``(rows, columns)``; shifts are cyclic
along each of its dimensions, and sites are numbered row by row. The images as columns,
one for each shift, are a circulant matrix (of an image: block-circulant), that of
`circulant.dense`: Z of the input z, Y of the target y. Column s is the image moved so
that its first pixel comes to stand at site s. The eigenvalues are the Fourier
coefficients of the image. So the least-squares map W = Y Z^+ is the circulant matrix of
the filter with the coefficients y_k / z_k: a convolution with a filter as large as the
image.
"""

import numpy as np
import scipy

from pixelwalk.matrices import circulant

#: Fourier coefficients of the input, in shares of the largest, up to which it counts as
#: zero: such a frequency is not there to learn from, and the map of least norm lets
#: none of it pass. Rounding leaves some 1e-16, real images 1e-5 and more.
CUTOFF = 1e-10

_ROUNDING = 1e-14


def seen(image, cutoff=CUTOFF):
    """Tell which frequencies an image has: bool, of its shape."""
    return ~circulant.zeros(image, cutoff)


def optimum(source, target, cutoff=CUTOFF):
    """Filter of the least-squares map, by FFT.

    Parameters
    ----------
    source, target : ndarray of float, shape ``shape``
        The input image and the target image.
    cutoff : float
        Share of the largest Fourier coefficient up to which one of the input counts as
        zero. The map of least norm lets none of these frequencies pass.

    Returns
    -------
    ndarray of float64, shape ``shape``
        The first column of W = Y Z^+ (section 10 of the paper, which takes Z to be
        invertible).
    """
    there, coefficients = seen(source, cutoff), circulant.eigenvalues(source)
    passed = np.zeros(source.shape, complex)
    passed[there] = circulant.eigenvalues(target)[there] / coefficients[there]
    return np.fft.ifftn(passed).real


def least_squares(inputs, targets, cutoff=CUTOFF):
    """Least-squares map of least norm, by the singular values of the inputs.

    Parameters
    ----------
    inputs, targets : ndarray of float, shape (n, m)
        An image in each column.
    cutoff : float
        Share of the largest singular value up to which one counts as zero. Those of
        all shifts are the sizes of the Fourier coefficients.

    Returns
    -------
    ndarray of float64, shape (n, n)
    """
    if not inputs.any():
        return np.zeros((len(targets), len(inputs)))
    solved = scipy.linalg.lstsq(inputs.T, targets.T, cond=cutoff, check_finite=False)
    return solved[0].T


def band_limited(image, share):
    """Keep the lowest frequencies of an image.

    Parameters
    ----------
    image : ndarray of float, shape ``shape``
    share : float
        Of all frequencies; those as low as the last one kept are kept, too, so that the
        image stays real.

    Returns
    -------
    ndarray of float64, shape ``shape``
    """
    along = np.meshgrid(*map(np.fft.fftfreq, image.shape), indexing="ij")
    size = np.round(np.sqrt(sum(frequency**2 for frequency in along)), 12)
    last = np.sort(size, axis=None)[max(1, round(share * size.size)) - 1]
    return np.fft.ifftn(np.where(size <= last, circulant.eigenvalues(image), 0)).real


def factors(image, count):
    """Split a filter into filters of which it is the convolution, all of them real.

    Each factor takes the root ``|w_k| ** (1 / count)`` of the size of every Fourier
    coefficient, and the first takes the whole phase. Sizes of opposite frequencies are
    equal, and their phases opposite, so all factors are real. With plain roots of w_k
    they need not be: a frequency that is its own opposite has a real coefficient, and
    if that is negative, then its square root is imaginary.

    Parameters
    ----------
    image : ndarray of float, shape ``shape``
        The filter.
    count : int
        How many factors, 1 or more.

    Returns
    -------
    filters : ndarray of float64, shape (count, ``shape``)
    imaginary : float
        Largest imaginary part that rounding left in them, relative to their norm.
    """
    coefficients = circulant.eigenvalues(image)
    # The root of what rounding left of a zero would be no small number.
    coefficients[~seen(image, _ROUNDING)] = 0
    roots = np.abs(coefficients) ** (1 / count)
    phase = np.exp(1j * np.angle(coefficients))
    first, other = np.fft.ifftn(roots * phase), np.fft.ifftn(roots)
    norm = np.linalg.norm(roots) / np.sqrt(roots.size) or 1
    imaginary = max(np.abs(first.imag).max(), np.abs(other.imag).max()) / norm
    return np.array([first.real] + [other.real] * (count - 1)), float(imaginary)


def plain_root(image, count):
    """Filter whose Fourier coefficients are the plain roots of those of another.

    Returns
    -------
    ndarray of complex128, shape ``shape``
    """
    # The sign of an imaginary part of zero, -0.0 or 0.0, must not choose the root.
    coefficients = circulant.eigenvalues(image) + 0.0
    return np.fft.ifftn(coefficients ** (1 / count))


def scaled(source, target):
    """Divide two images by the largest Fourier coefficient of the first.

    That changes no map from the one to the other; and gradient descent on half the sum
    of squares, which is stable up to a rate of 2 / max |z_k|^2, may go at a rate of 1.

    Returns
    -------
    source, target : ndarray of float64
    """
    # A blank image stays as it is.
    size = np.abs(circulant.eigenvalues(source)).max() or 1
    return source / size, target / size


def descended(start, source, target, steps):
    """Matrix that gradient descent on all shifts comes to, in closed form.

    A step ``W -> W + (Y - W Z) Z^T`` shrinks the distance from the optimum by
    ``1 - |z_k|^2`` along the k-th Fourier direction of the input pixels. Where z_k is
    zero the start stays for ever.

    Parameters
    ----------
    start : ndarray of float, shape (n, n)
        Weights before the first step.
    source, target : ndarray of float, shape ``shape``
        Images as `scaled` gives them; the rate is 1.
    steps : float
        How many; infinity for the limit.

    Returns
    -------
    ndarray of float64, shape (n, n)
    """
    left = np.clip(1 - np.abs(circulant.eigenvalues(source)) ** 2, 0, 1) ** steps
    best = circulant.eigenvalues(optimum(source, target))
    # In two parts, so that what is zero or circulant is so to rounding.
    learned = np.fft.ifftn(best * (1 - left)).real
    return filtered(start, left) + circulant.dense(learned)


def filtered(matrix, passed):
    """Let a share of each frequency of the input pixels pass before a matrix.

    Parameters
    ----------
    matrix : ndarray of float, shape (n, n)
    passed : ndarray, shape ``shape``
        Share of each Fourier coefficient, the same for opposite frequencies.

    Returns
    -------
    ndarray of float64, shape (n, n)
    """
    axes = tuple(range(1, passed.ndim + 1))
    rows = np.fft.fftn(matrix.reshape(-1, *passed.shape), axes=axes)
    return np.fft.ifftn(rows * passed, axes=axes).real.reshape(matrix.shape)
