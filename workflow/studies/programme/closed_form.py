"""Linear layer with the least squared error for one target, in closed form.

Over all images x, the matrix W with the least mean square of W x - y is y v^T. Here v
is the vector of least norm with the least mean square of v x - 1.
"""

from pixelwalk.compute import bits
from studies.programme.chains import ROUNDING

import numpy as np

# Most images on which another, slower method checks the closed form.
_CHECKED = 10_000


def pixel_values(pixels):
    """Flatten images and code their pixels from 0 to 1, in double precision.

    Parameters
    ----------
    pixels : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Spins, -1 to be coded as 0 and +1 as 1; or grey values, 0 to 255.

    Returns
    -------
    ndarray of float64, shape (n, N)
    """
    packed = isinstance(pixels, bits.Packed)
    flat = (pixels.unpack() if packed else pixels).reshape(len(pixels), -1)
    return flat.astype(float) if packed else flat / 255


def reader(images):
    """Return the vector v of least norm with the least mean square of v x - 1.

    It is the pseudo-inverse of the images times a vector of ones. It gives exactly 1
    for all images if and only if the vector of ones lies in the span of the pixels, for
    instance where the images are linearly independent.

    Parameters
    ----------
    images : ndarray of float, shape (n, N)

    Returns
    -------
    ndarray of float64, shape (N,)
    """
    count, size = images.shape
    if count < size:
        return images.T @ _solved(images @ images.T / count, np.ones(count)) / count
    return _solved(images.T @ images / count, images.mean(axis=0))


def optimum(images, target):
    """Return the matrix of the best linear layer for one target of all images.

    Of all W with the least mean square of W x - y it is that of least norm: y v^T, with
    v from `reader`. Its rank is one: it keeps a single number of each image. (With a
    bias, W = 0 is optimal: the bias is the target.)

    Parameters
    ----------
    images : ndarray of float, shape (n, N)
    target : ndarray of float, shape (M,)

    Returns
    -------
    ndarray of float64, shape (M, N)
    """
    return np.outer(target, reader(images))


def least_squares(images, target):
    """Solve for the best linear layer by singular values, without using its rank.

    Parameters
    ----------
    images : ndarray of float, shape (n, N)
    target : ndarray of float, shape (M,) or (n, M)
        One for all images, or one for each.

    Returns
    -------
    ndarray of float64, shape (M, N)
        The least-squares solution of least norm. Singular values of the images are the
        roots of the eigenvalues in `reader`, and are cut off at the same place.
    """
    targets = np.broadcast_to(target, (len(images), np.shape(target)[-1]))
    return np.linalg.lstsq(images, targets, rcond=np.sqrt(ROUNDING))[0].T


def check(images, target):
    """Compare the closed form with the solution of another method.

    Parameters
    ----------
    images : ndarray of float, shape (n, N)
        Only the first 10,000 are used.
    target : ndarray of float, shape (M,) or (n, M)
        As for `least_squares`; the closed form is for the mean of several.

    Returns
    -------
    dict
        `checked`: number of images. `check_distance`: Frobenius norm of the difference
        over that of the closed form. `check_singular_values`: of the other method's.
    """
    images, many = images[:_CHECKED], np.atleast_2d(target)[:_CHECKED]
    best = optimum(images, many.mean(axis=0))
    other = least_squares(images, many)
    norm = np.linalg.norm(best)
    return {
        "checked": len(images),
        "check_distance": np.linalg.norm(other - best) / (norm or 1),
        "check_singular_values": np.linalg.svd(other, compute_uv=False),
    }


def loss(images, weights):
    """Mean squared error of y v^T over the mean square of y: that of v x from 1."""
    return float(np.mean((images @ weights - 1) ** 2))


def losses(training, test, sizes):
    """Measure the loss of the closed form that is learned from the first images.

    Parameters
    ----------
    training, test : ndarray of float, shape (n, N)
    sizes : sequence of int
        Numbers of images to learn from.

    Returns
    -------
    dict of ndarray, shape (sizes,)
        `loss_sizes`; `losses`, on the images learned from; and `test_losses`.
    """
    readers = [reader(training[:size]) for size in sizes]
    return {
        "loss_sizes": np.array(sizes, int),
        "losses": np.array(
            [loss(training[:n], v) for n, v in zip(sizes, readers, strict=True)]
        ),
        "test_losses": np.array([loss(test, v) for v in readers]),
    }


def _solved(moments, right):
    """Solve by least squares, least norm, with a symmetric matrix of second moments."""
    powers, directions = np.linalg.eigh(moments)
    kept = powers > ROUNDING * powers[-1]
    directions = directions[:, kept]
    return directions @ (directions.T @ right / powers[kept])
