"""What a linear layer should learn: closed forms beside the walk's matrix (section 11).

Of least squares over all images. With single steps, see `chains`.
"""

import numpy as np

from pixelwalk.claims.chains import (
    ROUNDING,
    compare,
    eigenvalue_sizes,
    one_step_rate,
    stationary_distance,
)
from pixelwalk.claims.steps import total_variation
from pixelwalk.compute import bits

#: What is compared with the matrix of the chain.
MATRICES = ("closed form", "trained", "single steps")

# Images at most that the closed form is checked on by a method that takes long.
_CHECKED = 10_000


def values(pixels):
    """Flatten images and code their pixels from 0 to 1.

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
    """Weights that make the same number, 1, of every image, as nearly as can be.

    The shortest v with least mean square of v x - 1: the pseudo-inverse of the images
    times ones. It gives exactly 1 for all images if and only if ones lie in the span of
    the pixels, as where the images are linearly independent.

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
    """Matrix of the linear layer that best gives one target for all images.

    Of all W with least mean square of W x - y the shortest: y v^T, with v of `reader`.
    Its rank is one: all that it keeps of an image is a single number. (With a bias, 0
    would do: the target is the bias.)

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
    """Matrix of the same layer by another method, which does not know of its rank.

    Parameters
    ----------
    images : ndarray of float, shape (n, N)
    target : ndarray of float, shape (M,) or (n, M)
        One for all images, or one for each.

    Returns
    -------
    ndarray of float64, shape (M, N)
        The shortest least-squares solution, by singular values of the images: those
        are the roots of the eigenvalues that `reader` sees, and are cut as these.
    """
    targets = np.broadcast_to(target, (len(images), np.shape(target)[-1]))
    return np.linalg.lstsq(images, targets, rcond=np.sqrt(ROUNDING))[0].T


def check(images, target):
    """Compare the closed form with the layer that another method gives.

    Parameters
    ----------
    images : ndarray of float, shape (n, N)
        Of which the first 10,000 are taken.
    target : ndarray of float, shape (M,) or (n, M)
        As for `least_squares`; the closed form is of the mean of several.

    Returns
    -------
    dict
        `checked`: number of images. `check_distance`: Frobenius norm of the difference
        over that of the closed form. `check_singular_values`: of the other method's.
    """
    images, many = images[:_CHECKED], np.atleast_2d(target)[:_CHECKED]
    best = optimum(images, many.mean(axis=0))
    found = least_squares(images, many)
    norm = np.linalg.norm(best)
    return {
        "checked": len(images),
        "check_distance": np.linalg.norm(found - best) / (norm or 1),
        "check_singular_values": np.linalg.svd(found, compute_uv=False),
    }


def loss(images, weights):
    """Mean squared error of y v^T over the mean square of y: that of v x from 1."""
    return float(np.mean((images @ weights - 1) ** 2))


def losses(training, test, sizes):
    """Losses of the closed form that is learned from the first so many images.

    Parameters
    ----------
    training, test : ndarray of float, shape (n, N)
    sizes : sequence of int

    Returns
    -------
    dict of ndarray, shape (sizes,)
        `loss_sizes`, `losses` of these images, and `test_losses`.
    """
    readers = [reader(training[:size]) for size in sizes]
    return {
        "loss_sizes": np.array(sizes, int),
        "losses": np.array(
            [loss(training[:n], v) for n, v in zip(sizes, readers, strict=True)]
        ),
        "test_losses": np.array([loss(test, v) for v in readers]),
    }


def study(
    training, test, distribution, of_chain, trained, *, sizes, draws, repeats, stream
):
    """Compare the closed form, a trained layer and single steps with the chain.

    Parameters
    ----------
    training, test : bits.Packed, or ndarray of uint8, shape (n, rows, columns)
        Images, as for `values`.
    distribution : ndarray of float64, shape (rows, columns)
        What the layer is to give, but for its scale: the target's mean is 1.
    of_chain : ndarray of float64, shape (N, N)
        As `chains.chain` gives it.
    trained : ndarray of float, shape (N, N)
        Matrix of the trained dense linear layer.
    sizes, draws, repeats, stream
        As for `losses` and `chains.one_step_rate`.

    Returns
    -------
    dict
        Datasets of the kind `programme-optimum`.
    """
    training, test = values(training), values(test)
    target = distribution.ravel() / distribution.mean()
    weights = reader(training)
    steps = one_step_rate(of_chain, draws, repeats, stream)
    best = np.outer(target, weights)
    matrices = [best, np.asarray(trained, float), steps["one_step"]]
    compared = [compare(matrix, of_chain) for matrix in matrices]
    found = {name: np.array([one[name] for one in compared]) for name in compared[0]}
    leading = found.pop("leading")
    sizes = [size for size in sizes if size <= len(training)]
    norm = np.linalg.norm(best)
    return (
        found
        | check(training, target)
        | losses(training, test, sizes)
        | steps
        | {
            "names": list(MATRICES),
            "chain": of_chain,
            "chain_singular_values": np.linalg.svd(of_chain, compute_uv=False),
            "chain_eigenvalue_sizes": eigenvalue_sizes(of_chain),
            "closed_form": best,
            "trained_distance": np.linalg.norm(trained - best) / (norm or 1),
            "target": target,
            "loss": loss(training, weights),
            "test_loss": loss(test, weights),
            "stationary_distances": np.array(
                [stationary_distance(one, distribution.ravel()) for one in matrices]
            ),
            "leading_distances": total_variation(leading, distribution.ravel()),
        }
    )


def _solved(moments, right):
    """Shortest least-squares solution for a symmetric matrix of second moments."""
    powers, directions = np.linalg.eigh(moments)
    kept = powers > ROUNDING * powers[-1]
    directions = directions[:, kept]
    return directions @ (directions.T @ right / powers[kept])
