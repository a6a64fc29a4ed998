"""Which share of the pairs stays under a cut, for every kind of weight (figure 5)."""

import numpy as np

from pixelwalk import graph, ledger, pairs

#: Percent of the entries that the captions of figure 5 print, for `CUTS`.
PAPER = (30.01, 4.74, 0.46)

#: The cuts of figure 5 whose shares the paper prints.
CUTS = ("at-0", "at-0.10", "at-0.35")

#: Every plain reading of "the correlation of individual pixels".
BASES = {
    "coactivation": {"kind": "coactivation"},
    "coactivation above 127": {"kind": "coactivation", "level": 127},
    "same state": {"kind": "same-state"},
    "same value above 0": {"kind": "same-value"},
    "product": {"kind": "product"},
    "covariance": {"kind": "correlation", "centred": True},
}

#: Each of them as it is and squared, with and without the diagonal.
VARIANTS = ("", ", squared", ", no diagonal", ", squared, no diagonal")

KINDS = [base + variant for base in BASES for variant in VARIANTS]


def kept_percent(images):
    """Share of the pairs that stays, for every kind of weight and cut.

    Parameters
    ----------
    images : ndarray of uint8, shape (n, rows, columns)
        Grey values.

    Returns
    -------
    ndarray of float64, shape (kinds, cuts)
        In percent of all N x N entries; in the order of `KINDS` and `CUTS`.
    """
    size = images[0].size
    # One piece of memory for all kinds: to ask for it anew costs as much as to fill it.
    off, on = np.empty(size * (size - 1) // 2), np.empty(size)
    table = []
    for keywords in BASES.values():
        _fill(off, on, pairs.Strips(images, **keywords))
        plain = _shares(off, on, size), _shares(off, on[:0], size)
        np.square(off, out=off)
        np.square(on, out=on)
        squared = _shares(off, on, size), _shares(off, on[:0], size)
        table += [plain[0], squared[0], plain[1], squared[1]]
    return 100 * np.array(table)


def _fill(off, on, strips):
    """Put down the weights above the diagonal, and on it."""
    filled = 0
    for start, stop in strips.rows():
        weights = strips.weights(start, stop, start)
        above = weights[~np.tri(*weights.shape, dtype=bool)]
        off[filled : filled + len(above)] = above
        on[start:stop] = weights.diagonal()
        filled += len(above)


def _shares(off, on, size):
    """Share of all entries that each cut keeps; off the diagonal they come twice."""
    largest = max(off.max(initial=0), on.max(initial=0))
    shares = []
    for cut in CUTS:
        least = graph.least_at(largest, graph.parse_cut(cut)[1])
        kept = 2 * np.count_nonzero(off >= least) + np.count_nonzero(on >= least)
        shares.append(kept / size**2)
    return shares


def judge(found):
    """Judge the shares of the pairs that stay under the cuts of figure 5.

    Parameters
    ----------
    found : object
        With `first`, shape (kinds, cuts), and `choices`, shape (choices, kinds, cuts),
        of `fractions.kept_percent`.

    Returns
    -------
    dict
        Entry of the ledger, without `evidence`.
    """
    paper = np.array(PAPER)
    low, high = np.percentile(found.choices, [2.5, 97.5], axis=0)
    half = 0.005  # the paper's numbers are rounded
    covers = np.all((low <= paper + half) & (paper - half <= high), axis=1)
    with np.errstate(divide="ignore"):  # a share of 0 is infinitely far off
        off = np.abs(np.log(found.first / paper)).max(axis=1)
    measured = {
        kind: {
            cut: {"value": float(v), "interval": [float(a), float(b)]}
            for cut, v, a, b in zip(CUTS, *rows, strict=True)
        }
        for kind, *rows in zip(KINDS, found.first, low, high, strict=True)
    }
    names = [kind for kind, all_three in zip(KINDS, covers, strict=True) if all_three]
    covering = ", ".join(names) or "none"
    nearest = int(np.argmin(off))
    return ledger.claim(
        "edge-fractions",
        "11, figure 5",
        "Of the pairs of pixels, 30.01 % have any weight, 4.74 % at least 10 % of the "
        "largest and 0.46 % at least 35 %.",
        list(PAPER),
        measured,
        "reproduced if, for some kind of weight, the 95 % intervals over random "
        "choices of images cover all three numbers as rounded",
        ledger.reproduced(bool(names)),
        f"Nearest for the first images: {KINDS[nearest]}, off by at most a factor "
        f"{np.exp(off[nearest]):.2f}. Covering all three: {covering}. "
        f"In percent of all entries; {len(found.choices)} random choices.",
    )
