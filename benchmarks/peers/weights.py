"""Pair weights of binary images: how often two pixels are on together.

Each function takes the images as `bits.Packed` or as spins, int8 of -1 and +1, shape
(n, rows, columns), as samplers give them.
"""

import numpy as np

from pixelwalk.compute import bits


def _on(images):
    """Whether pixels are on: uint8 or bool, shape (n, pixels).

    Packed images are unpacked in the order in which they lie, which is the quickest.
    """
    if isinstance(images, bits.Packed):
        bytes_ = images.words.astype("<u8", copy=False).view(np.uint8)
        on = np.unpackbits(bytes_, axis=-1, count=len(images), bitorder="little")
        return on.reshape(-1, len(images)).T
    return (images > 0).reshape(len(images), -1)


def blas(images):
    """Let BLAS multiply the images in single precision: exact up to 2^24 of them."""
    values = _on(images).astype(np.float32)
    return values.T @ values / np.float32(len(values))


def scikit_learn(images):
    """Take scikit-learn's covariance without centring, which is the same average."""
    from sklearn.covariance import empirical_covariance

    values = _on(images).astype(np.float32)
    return empirical_covariance(values, assume_centered=True)


def netrd(images):
    """Reconstruct the graph by netrd's correlation matrix; gives its weights.

    Of the graph that it also builds, as a networkx graph, one edge in a thousand is
    kept, so that building it costs little.
    """
    from netrd.reconstruction import CorrelationMatrix

    reconstructor = CorrelationMatrix()
    series = _on(images).T.astype(np.float64)
    reconstructor.fit(series, threshold_type="quantile", quantile=0.999)
    return reconstructor.results["weights_matrix"]


def double_loop(images):
    """Go through all pairs of vertices for each image, as section 11 puts it."""
    pictures = _on(images).tolist()
    size = len(pictures[0])
    weights = [[0] * size for _ in range(size)]
    for picture in pictures:
        for i in range(size):
            for j in range(size):
                if picture[i] and picture[j]:
                    weights[i][j] += 1
    return np.array(weights) / len(pictures)
