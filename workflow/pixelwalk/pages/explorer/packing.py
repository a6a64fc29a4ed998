"""Pack graphs small enough for a page: weights as ranks, compressed, in a budget."""

import base64
import logging
import zlib
from dataclasses import dataclass, field

import numpy as np

#: Most different weights that are told apart; a rank then fits two bytes.
MOST_LEVELS = 2**16 - 1

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Packed:
    """A graph as it goes into the page.

    Parameters
    ----------
    name : str
    told : dict
        What the page knows of it without unpacking.
    arrays : dict of ndarray
        What is packed, by name.
    shares : list of float
        Of the entries that each cut keeps, falling.
    floors : list of int or None
        The least rank that each cut keeps; None where it depends on the pixel.
    """

    name: str
    told: dict
    arrays: dict
    shares: list
    floors: list
    text: str = field(init=False)

    def __post_init__(self):
        """Pack all that there is."""
        self._pack()

    def lighten(self):
        """Drop the lightest half, or more, of the entries; tell whether that went."""
        kept = self.told["kept"] or self.shares[0]
        cuts = zip(self.shares, self.floors, strict=True)
        lighter = (cut for cut in cuts if cut[0] <= kept / 2 and cut[1] is not None)
        share, floor = next(lighter, (0, None))
        if not share:
            return False
        self.told["kept"] = share
        ranks = self.arrays["ranks"]
        ranks[ranks < floor] = 0
        self._pack()
        return True

    def _pack(self):
        self.text, self.told["arrays"] = pack(self.arrays)


def pack(arrays):
    """Pack arrays into text.

    Parameters
    ----------
    arrays : dict of ndarray
        By name.

    Returns
    -------
    text : str
        Base64 of zlib's compression of all of them, one after another, in the order of
        the bytes of an item, so that each begins at a multiple of them.
    places : dict
        For each name its type, the byte at which it begins, and how many items it has.
    """
    places, parts, start = {}, [], 0
    for name, array in sorted(arrays.items(), key=lambda pair: -pair[1].itemsize):
        array = array.astype(array.dtype.newbyteorder("<"))
        places[name] = [array.dtype.name, start, array.size]
        parts.append(array.tobytes())
        start += array.nbytes
    return base64.b64encode(zlib.compress(b"".join(parts), 9)).decode(), places


def rank(weights, least):
    """Give each weight above 0 its rank among the different ones.

    Parameters
    ----------
    weights : ndarray of float, shape (N, N)
        Symmetric.
    least : list of float or ndarray
        Weights that must be told apart from smaller ones: those from which on entries
        stay under some cut.

    Returns
    -------
    ranks : ndarray of uint8 or uint16, shape (N (N + 1) / 2,)
        Of the entries from the diagonal on, row by row; 0 for a weight not above 0.
    levels : ndarray of float
        The weight of each rank; the mean of those of a rank if there are too many
        different ones to be told apart.
    thresholds : list of ndarray of int
        For each of `least`, the least rank that stays.
    """
    above = np.maximum(weights[np.triu_indices(len(weights))], 0)
    bounds = np.unique(above[above > 0])
    rounded = len(bounds) > MOST_LEVELS
    if rounded:
        needed = np.unique(np.concatenate([np.unique(some) for some in least]))
        needed = needed[(needed > bounds[0]) & (needed <= bounds[-1])]
        spread = np.linspace(0, len(bounds) - 1, MOST_LEVELS - len(needed)).astype(int)
        bounds = np.union1d(bounds[spread], needed)
    ranks = np.searchsorted(bounds, above, side="right")
    levels = np.append(0, bounds)
    if rounded:
        count = np.bincount(ranks, minlength=len(levels))
        total = np.bincount(ranks, weights=above, minlength=len(levels))
        np.divide(total, count, out=levels, where=count > 0)
    thresholds = [1 + np.searchsorted(bounds, np.atleast_1d(some)) for some in least]
    return ranks.astype(np.min_scalar_type(len(bounds))), levels, thresholds


def fit(graphs, budget):
    """Make graphs lighter until they fit a budget, the largest first.

    Parameters
    ----------
    graphs : list of Packed
        They are changed.
    budget : int
        Characters.

    Returns
    -------
    kept : list of Packed
        Those that there is room for, in their order.
    left_out : list of str
        The names of the others.
    """
    kept, left_out = list(graphs), []
    while kept and sum(len(each.text) for each in kept) > budget:
        largest = max(kept, key=lambda each: len(each.text))
        if not largest.lighten():
            kept.remove(largest)
            left_out.append(largest.name)
    for each in kept:
        if each.told["kept"]:
            share = f"{100 * each.told['kept']:.3g} %"
            log.info("%s: of its entries, the heaviest %s are shown", each.name, share)
    for name in left_out:
        log.info("%s: left out, the page would be too large", name)
    return kept, left_out
