"""Compression of graphs for a page of limited size, with weights as ranks."""

import base64
import logging
import zlib
from dataclasses import dataclass, field

import numpy as np

#: Largest number of distinct weights, so that a rank fits in two bytes.
MOST_LEVELS = 2**16 - 1

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Packed:
    """A graph of the page, compressed.

    Parameters
    ----------
    name : str
    metadata : dict
        Description of the graph, uncompressed in the page.
    arrays : dict of ndarray
        Arrays to compress, by name.
    shares : list of float
        Fraction of the entries that each cut keeps, descending.
    floors : list of int or None
        Least rank that each cut keeps; None if it depends on the pixel.
    """

    name: str
    metadata: dict
    arrays: dict
    shares: list
    floors: list
    text: str = field(init=False)

    def __post_init__(self):
        """Compress the arrays."""
        self._pack()

    def lighten(self):
        """Drop at least the lightest half of the entries; return whether a cut can."""
        kept = self.metadata["kept"] or self.shares[0]
        cuts = zip(self.shares, self.floors, strict=True)
        lighter = (cut for cut in cuts if cut[0] <= kept / 2 and cut[1] is not None)
        share, floor = next(lighter, (0, None))
        if not share:
            return False
        self.metadata["kept"] = share
        ranks = self.arrays["ranks"]
        ranks[ranks < floor] = 0
        self._pack()
        return True

    def _pack(self):
        self.text, self.metadata["arrays"] = pack(self.arrays)


def pack(arrays):
    """Compress arrays to text.

    Parameters
    ----------
    arrays : dict of ndarray
        Arrays by name.

    Returns
    -------
    text : str
        Base64 of the concatenated arrays, compressed by zlib. They are ordered by item
        size, descending, so that each is aligned to its items.
    places : dict
        For each name: type, offset in bytes, and number of items.
    """
    places, parts, start = {}, [], 0
    for name, array in sorted(arrays.items(), key=lambda pair: -pair[1].itemsize):
        array = array.astype(array.dtype.newbyteorder("<"))
        places[name] = [array.dtype.name, start, array.size]
        parts.append(array.tobytes())
        start += array.nbytes
    return base64.b64encode(zlib.compress(b"".join(parts), 9)).decode(), places


def rank(weights, least):
    """Return the rank of each weight above 0 among the distinct ones.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Symmetric.
    least : list of float or ndarray
        Least weights that cuts keep; they have other ranks than smaller weights.

    Returns
    -------
    ranks : ndarray of uint8 or uint16, shape (N (N + 1) / 2,)
        Ranks of the entries from the diagonal on, row by row; 0 for a weight not above
        0.
    levels : ndarray of float
        Weight of each rank; a mean if more than `MOST_LEVELS` weights are distinct.
    thresholds : list of ndarray of int
        For each of `least`, the least rank that is kept.
    """
    above = np.maximum(weights[np.triu_indices(len(weights))], 0)
    bounds = np.unique(above[above > 0])
    rounded = len(bounds) > MOST_LEVELS
    if rounded:
        needed = np.unique(np.concatenate([np.unique(part) for part in least]))
        needed = needed[(needed > bounds[0]) & (needed <= bounds[-1])]
        spread = np.linspace(0, len(bounds) - 1, MOST_LEVELS - len(needed)).astype(int)
        bounds = np.union1d(bounds[spread], needed)
    ranks = np.searchsorted(bounds, above, side="right")
    levels = np.append(0, bounds)
    if rounded:
        count = np.bincount(ranks, minlength=len(levels))
        total = np.bincount(ranks, weights=above, minlength=len(levels))
        np.divide(total, count, out=levels, where=count > 0)
    thresholds = [1 + np.searchsorted(bounds, np.atleast_1d(part)) for part in least]
    return ranks.astype(np.min_scalar_type(len(bounds))), levels, thresholds


def fit(graphs, budget):
    """Drop light entries of graphs, the largest first, until they fit a budget.

    Parameters
    ----------
    graphs : list of Packed
        Changed in place.
    budget : int
        Total number of characters.

    Returns
    -------
    kept : list of Packed
        Graphs that fit, in their order.
    left_out : list of str
        Names of the others.
    """
    kept, left_out = list(graphs), []
    while kept and sum(len(each.text) for each in kept) > budget:
        largest = max(kept, key=lambda each: len(each.text))
        if not largest.lighten():
            kept.remove(largest)
            left_out.append(largest.name)
    for each in kept:
        if each.metadata["kept"]:
            share = f"{100 * each.metadata['kept']:.3g} %"
            log.info("%s: of its entries, the heaviest %s are shown", each.name, share)
    for name in left_out:
        log.info("%s: left out, the page would be too large", name)
    return kept, left_out
