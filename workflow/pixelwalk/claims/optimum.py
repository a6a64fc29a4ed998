"""What a linear layer should learn: closed forms beside the walk's matrix (section 11).

The layer gives W x for an image x, so what it is compared with is the matrix of the
chain that acts on columns: column i holds the chances of the next pixel after pixel i.
"""

import logging

import numpy as np

from pixelwalk import bits, walk
from pixelwalk.claims.steps import total_variation

log = logging.getLogger(__name__)

#: What is compared with the matrix of the chain.
MATRICES = ("closed form", "trained", "single steps")

# Eigenvalues of the images' second moments, over the largest, that are rounding.
_ROUNDING = 1e-12


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


def chain(weights, teleport):
    """Matrix of the walk with its jumps, as it acts on a column of probabilities.

    Parameters
    ----------
    weights : scipy.sparse.csr_array or ndarray, shape (N, N)
        Graph.
    teleport : float
        Chance of a jump.

    Returns
    -------
    ndarray of float64, shape (N, N)
        Each column sums to 1. The stationary distribution is its own product with it.
    """
    transitions = walk.transition_matrix(weights).toarray()
    return walk.step(np.eye(len(transitions)), transitions, teleport).T


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


def stationary(matrix):
    """Stationary distribution of a matrix whose columns are scaled to sum to 1.

    Parameters
    ----------
    matrix : ndarray of float, shape (N, N)
        Of any sign. A column that sums to 0 jumps to any pixel, as the walk does.

    Returns
    -------
    ndarray of float64, shape (N,)
        Sums to 1; of any sign, as the matrix. Where there are several, the shortest.
    """
    sums = matrix.sum(axis=0)
    empty = np.abs(sums) <= _ROUNDING * np.abs(matrix).sum(axis=0).max(initial=0)
    scaled = np.divide(matrix, np.where(empty, 1, sums))
    scaled[:, empty] = 1 / len(matrix)
    rest = np.vstack([scaled - np.eye(len(matrix)), np.ones(len(matrix))])
    right = np.append(np.zeros(len(matrix)), 1)
    return np.linalg.lstsq(rest, right)[0]


def compare(matrix, of_chain):
    """Compare a matrix with that of the chain.

    Parameters
    ----------
    matrix, of_chain : ndarray of float, shape (N, N)

    Returns
    -------
    dict
        `distances`: Frobenius norm of the difference over that of the chain's matrix;
        `scaled_distances`: the same with the matrix in its best scale.
        `singular_values`, shape (N,), descending. `leading`, shape (N,): the first left
        singular vector, in sum 1. `stationaries`, shape (N,): as `stationary` gives it.
    """
    norm = np.linalg.norm(of_chain)
    power = np.sum(matrix**2)
    scale = np.sum(matrix * of_chain) / power if power > 0 else 0.0
    directions, powers, _ = np.linalg.svd(matrix)
    return {
        "distances": np.linalg.norm(matrix - of_chain) / norm,
        "scaled_distances": np.linalg.norm(scale * matrix - of_chain) / norm,
        "singular_values": powers,
        "leading": directions[:, 0] / directions[:, 0].sum(),
        "stationaries": stationary(matrix),
    }


def one_step(of_chain, draws, stream):
    """Matrix that is learned from single steps of the chain.

    From a pixel drawn uniformly to one that the chain draws. Least squares from pixels
    to next pixels, each as a vector with a 1 in its place, gives the shares of the
    steps from each pixel (columns of pixels from which no step was drawn are 0).

    Parameters
    ----------
    of_chain : ndarray of float, shape (N, N)
        As `chain` gives it.
    draws : int
        Steps.
    stream : numpy.random.Generator

    Returns
    -------
    ndarray of float64, shape (N, N)
    """
    size = len(of_chain)
    starts = stream.multinomial(draws, np.full(size, 1 / size))
    chances = of_chain.T / of_chain.sum(axis=0)[:, None]
    counts = stream.multinomial(starts, chances)
    return (counts / np.maximum(starts, 1)[:, None]).T


def one_step_rate(of_chain, draws, repeats, stream):
    """How fast the matrix learned from single steps comes near that of the chain.

    Parameters
    ----------
    of_chain : ndarray of float, shape (N, N)
    draws : sequence of int
        Numbers of steps, ascending, 2 or more.
    repeats : int
        Independent estimates of each, 2 or more.
    stream : numpy.random.Generator

    Returns
    -------
    dict
        `draws`, shape (draws,); `one_step_distances`, shape (draws, repeats): relative
        Frobenius distance; `rate` and `rate_error`: the power of the number of steps
        with which it falls, fitted to each repeat, mean and standard error. And
        `one_step`, shape (N, N): the last estimate from most steps.
    """
    norm = np.linalg.norm(of_chain)
    distances = np.empty((len(draws), repeats))
    for row, number in zip(distances, draws, strict=True):
        for repeat in range(repeats):
            estimate = one_step(of_chain, number, stream)
            row[repeat] = np.linalg.norm(estimate - of_chain) / norm
        log.info("%d steps: relative distance %.4f", number, row.mean())
    with np.errstate(divide="ignore"):  # a chain without chance is learned at once
        logarithms = np.log(np.maximum(distances, np.finfo(float).tiny))
    rates = np.polyfit(np.log(draws), logarithms, 1)[0]
    return {
        "draws": np.array(draws, np.int64),
        "one_step_distances": distances,
        "rate": float(rates.mean()),
        "rate_error": float(rates.std(ddof=1) / np.sqrt(repeats)),
        "one_step": estimate,
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
        As `chain` gives it.
    trained : ndarray of float, shape (N, N)
        Matrix of the trained dense linear layer.
    sizes, draws, repeats, stream
        As for `losses` and `one_step_rate`.

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
    return (
        found
        | losses(training, test, sizes)
        | steps
        | {
            "names": list(MATRICES),
            "chain": of_chain,
            "chain_singular_values": np.linalg.svd(of_chain, compute_uv=False),
            "closed_form": best,
            "target": target,
            "loss": loss(training, weights),
            "test_loss": loss(test, weights),
            "stationary_distances": total_variation(
                found["stationaries"], distribution.ravel()
            ),
            "leading_distances": total_variation(leading, distribution.ravel()),
        }
    )


def _solved(moments, right):
    """Shortest least-squares solution for a symmetric matrix of second moments."""
    powers, directions = np.linalg.eigh(moments)
    kept = powers > _ROUNDING * powers[-1]
    directions = directions[:, kept]
    return directions @ (directions.T @ right / powers[kept])
