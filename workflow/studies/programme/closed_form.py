"""Linear layer with the least squared error for one target, in closed form.

Over all images x, the matrix W with the least mean square of W x - y is y v^T. Here v
is the vector of least norm with the least mean square of v x - 1.
"""

from pixelwalk.compute import bits
from studies.programme.chains import ROUNDING

import numpy as np

#: Cutoffs of eigenvalues that are tried, ascending; the first is that of rounding.
CUTOFFS = tuple(10.0**power for power in range(-12, 0))

# Relative difference of losses that counts as none.
_TIE = 1e-6

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


def readers(images, cutoffs):
    """Return the vector v with the least mean square of v x - 1, for several cutoffs.

    It is the pseudo-inverse of the images times a vector of ones. Without a cutoff it
    gives exactly 1 for all images if and only if the vector of ones lies in the span of
    the pixels, for instance where the images are linearly independent.

    Parameters
    ----------
    images : ndarray of float, shape (n, N)
    cutoffs : sequence of float
        Eigenvalues of the second moments below this share of the largest are left out.
        It regularises: v is 0 along directions in which the images hardly vary.

    Returns
    -------
    vectors : ndarray of float64, shape (cutoffs, N)
        Of least norm.
    ranks : ndarray of int, shape (cutoffs,)
        Numbers of eigenvalues that are kept.
    """
    count, size = images.shape
    few = count < size
    moments = images @ images.T if few else images.T @ images
    right = np.full(count, 1 / count) if few else images.mean(axis=0)
    powers, directions = np.linalg.eigh(moments / count)
    along = directions.T @ right
    vectors, ranks = [], []
    for cutoff in cutoffs:
        kept = powers > cutoff * powers[-1]
        vector = directions[:, kept] @ (along[kept] / powers[kept])
        vectors.append(images.T @ vector if few else vector)
        ranks.append(kept.sum())
    return np.array(vectors), np.array(ranks, int)


def reader(images, cutoff=ROUNDING):
    """Return the vector of `readers` for one cutoff, by default that of rounding."""
    return readers(images, [cutoff])[0][0]


def optimum(images, target, cutoff=ROUNDING):
    """Return the matrix of the best linear layer for one target of all images.

    Of all W with the least mean square of W x - y it is that of least norm: y v^T, with
    v from `reader`. Its rank is one: it keeps a single number of each image. (With a
    bias, W = 0 is optimal: the bias is the target.)

    Parameters
    ----------
    images : ndarray of float, shape (n, N)
    target : ndarray of float, shape (M,)
    cutoff : float, optional
        As for `readers`.

    Returns
    -------
    ndarray of float64, shape (M, N)
    """
    return np.outer(target, reader(images, cutoff))


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


def losses(training, test, sizes, cutoff=ROUNDING):
    """Measure the loss of the closed form that is learned from the first images.

    Parameters
    ----------
    training, test : ndarray of float, shape (n, N)
    sizes : sequence of int
        Numbers of images to learn from.
    cutoff : float, optional
        As for `readers`.

    Returns
    -------
    dict of ndarray, shape (sizes,)
        `loss_sizes`; `losses`, on the images learned from; and `test_losses`.
    """
    vectors = [reader(training[:size], cutoff) for size in sizes]
    return {
        "loss_sizes": np.array(sizes, int),
        "losses": np.array(
            [loss(training[:n], v) for n, v in zip(sizes, vectors, strict=True)]
        ),
        "test_losses": np.array([loss(test, v) for v in vectors]),
    }


def regularised(training, held_out):
    """Choose the cutoff of the closed form on held-out images, of `CUTOFFS`.

    Parameters
    ----------
    training, held_out : ndarray of float, shape (n, N)
        The cutoff is the one of least loss on the first half of `held_out`, the
        smallest of several; the second half is left to tell the loss on.

    Returns
    -------
    vector : ndarray of float64, shape (N,)
        For the chosen cutoff.
    dict
        `cutoff`; `loss` and `test_loss` for it; and for each cutoff, shape (cutoffs,),
        `cutoffs`, `cutoff_ranks`, and `cutoff_losses` on the training images,
        `cutoff_choice_losses` on the first and `cutoff_test_losses` on the second half.
    """
    vectors, ranks = readers(training, CUTOFFS)
    half = (len(held_out) + 1) // 2
    table = {"cutoff_losses": training, "cutoff_choice_losses": held_out[:half]}
    table["cutoff_test_losses"] = held_out[half:] if len(held_out) > 1 else held_out
    found = {
        name: np.array([loss(images, v) for v in vectors])
        for name, images in table.items()
    }
    choice = found["cutoff_choice_losses"]
    chosen = int(np.argmax(choice <= choice.min() * (1 + _TIE)))
    return vectors[chosen], found | {
        "cutoffs": np.array(CUTOFFS),
        "cutoff_ranks": ranks,
        "cutoff": CUTOFFS[chosen],
        "loss": found["cutoff_losses"][chosen],
        "test_loss": found["cutoff_test_losses"][chosen],
    }


def descent(matrices, images, target):
    """Measure the loss and the gradient of linear layers, from moments of the images.

    Parameters
    ----------
    matrices : ndarray of float, shape (layers, N, N)
    images : ndarray of float, shape (n, N)
    target : ndarray of float, shape (N,)

    Returns
    -------
    losses : ndarray of float64, shape (layers,)
        Mean squared error over the mean square of the target.
    gradients : ndarray of float64, shape (layers,)
        Frobenius norm of the gradient over that at weights of 0.
    """
    moments, mean = images.T @ images / len(images), images.mean(axis=0)
    start = np.outer(target, mean)
    power, losses, gradients = target @ target, [], []
    for matrix in np.asarray(matrices, float):
        moved = matrix @ moments
        squares = np.sum(moved * matrix) - 2 * np.sum(matrix * start)
        losses.append(squares / power + 1)
        gradients.append(np.linalg.norm(moved - start) / (np.linalg.norm(start) or 1))
    return np.array(losses), np.array(gradients)
