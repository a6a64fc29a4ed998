"""How alike receptive fields are up to a shift, as the filters of a convolution are."""

import numpy as np
from scipy import fft


def likeness(fields, boundary):
    """Compare each receptive field with all shifts of all others.

    Parameters
    ----------
    fields : ndarray of float, shape (hidden, rows, columns)
        Weights from the pixels to each neuron.
    boundary : {"periodic", "free"}
        How a field is shifted: cyclically, or with zeros beyond the border.

    Returns
    -------
    ndarray of float64, shape (hidden,)
        Largest normalised cross-correlation ``sum_x f(x) g(x + s) / (|f| |g|)`` over
        the other fields g and the shifts s: 1 for two equal fields, one of which is
        shifted, and 0 for a field without weights. nan for a single field.
    """
    hidden, *shape = fields.shape
    if hidden < 2:
        return np.full(hidden, np.nan)
    norms = np.linalg.norm(fields.reshape(hidden, -1), axis=1)[:, None, None]
    scaled = np.divide(
        fields, norms, out=np.zeros(fields.shape), where=norms > 0, casting="unsafe"
    )
    if boundary == "free":
        shape = [fft.next_fast_len(2 * side - 1, real=True) for side in shape]
    waves = fft.rfft2(scaled, s=shape)
    best = np.full(hidden, -np.inf)
    for i in range(hidden - 1):
        found = fft.irfft2(waves[i].conj() * waves[i + 1 :], s=shape).max(axis=(1, 2))
        best[i] = max(best[i], found.max())
        best[i + 1 :] = np.maximum(best[i + 1 :], found)
    return best


def permuted_likeness(fields, boundary, *, permutations, generator):
    """Return the mean likeness with the pixels in random orders.

    Parameters
    ----------
    fields, boundary
        As for `likeness`.
    permutations : int
        Number of random orders, each the same for all fields.
    generator : numpy.random.Generator

    Returns
    -------
    float
    """
    flat = fields.reshape(len(fields), -1)
    orders = [generator.permutation(flat.shape[1]) for _ in range(permutations)]
    return float(
        np.mean([likeness(flat[:, o].reshape(fields.shape), boundary) for o in orders])
    )
