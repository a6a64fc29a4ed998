"""Sparsify weights that come a strip of rows at a time, never held as a whole.

Weights above 0 are ordered as their bits are, read as integers of three digits of 21
bits. The least weight that stays is found digit by digit: a pass over all weights
counts, by their next digit, those that share the digits so far. One pass mostly leaves
so few in doubt that they are collected with those that stay, and decided on in the end.
"""

import os

import numpy as np

from pixelwalk import pairs
from pixelwalk.compute.compiled import kernel
from pixelwalk.graph import cuts, entries

#: Entries that a graph may have: 12 bytes each, and 6 more while it is put together.
MOST_ENTRIES = 30_000_000

_DIGIT = 21


def sparsify_strips(strips, cut, *, most=MOST_ENTRIES, threads=None):
    """Keep the heaviest entries of weights that are computed strip by strip.

    Parameters
    ----------
    strips : pairs.Strips
        The weights. All of them are computed twice (``knn-``: three times), and once or
        twice more where too many are nearly equal.
    cut : str
        As `parse_cut` reads it.
    most : int
        Entries that the graph may have.
    threads : int, optional
        Threads to use; the graph does not depend on it. All cores by default.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (N, N)
        The same as `sparsify` makes of the whole matrix.

    Raises
    ------
    ValueError
        If more entries would stay, or the cut is not of the form that `parse_cut`
        reads.
    """
    rule, number = cuts.parse_cut(cut)

    def check(entries):
        if entries > most:
            raise ValueError(
                f"expected a graph of at most {most:,} entries, got {entries:,} of "
                f"{strips.size:,} x {strips.size:,} under {cut}; choose a cut that "
                "keeps fewer"
            )

    if rule == "knn":
        least, bound = _least_of_rows(strips, number, threads)
        if bound > most:
            check(_count(strips, least, threads))
        return entries.assemble(_collect(strips, least, threads), strips.size)
    wanted = number * strips.size**2
    if rule == "top" and number == 0:
        return entries.assemble([], strips.size)
    low, high, above, inside = _narrow(strips, rule, number, most, threads)
    if rule == "at":
        check(above + inside)
        return entries.assemble(_collect(strips, low, threads), strips.size)
    if above + inside > most:  # though they all weigh the same
        least = float(cuts.nearest(low, above, inside, wanted))
        check(above + (inside if least <= low else 0))
        return entries.assemble(_collect(strips, least, threads), strips.size)
    pieces = _collect(strips, max(low, cuts.TINY), threads)
    return entries.assemble(pieces, strips.size, _decide(pieces, high, above, wanted))


def _narrow(strips, rule, number, most, threads):
    """Narrow down the least weight that stays, until at most `most` entries may.

    Returns
    -------
    low : float
        Under ``at-`` the least weight that stays; under ``top-`` it is in [low, high).
    high : float
    above : int
        Entries of at least `high`.
    inside : int
        Entries in doubt. If with those above they are more than `most`, they are of one
        weight; under ``at-`` they then stay.
    """
    above, prefix = 0, 0
    for shift in (2 * _DIGIT, _DIGIT, 0):
        tally, largest = _tally(strips, prefix, shift, threads)
        if rule == "at":
            least = cuts.least_at(largest, number)
            digit = _bits(least) >> shift & 2**_DIGIT - 1
        else:
            reached = above + np.cumsum(tally[::-1])
            place = np.searchsorted(reached, number * strips.size**2)
            digit = max(0, len(tally) - 1 - int(place))
        above += int(tally[digit + 1 :].sum())
        prefix = prefix << _DIGIT | digit
        inside = int(tally[digit])
        if above + inside <= most:
            break
    low = least if rule == "at" else _weight(prefix << shift)
    return low, _weight(prefix + 1 << shift), above, inside


def _tally(strips, prefix, shift, threads):
    """Count, by their next digit, the entries that share the digits of a prefix.

    Returns
    -------
    tally : ndarray of int64, shape (2**21,)
    largest : float
        Largest weight of all, at least 0.
    """

    def work(rows):
        tally, largest = np.zeros(2**_DIGIT, np.int64), 0
        for start, stop in rows:
            numbers = strips.weights(start, stop, start).view(np.int64)
            largest = max(largest, _add_digits(numbers, prefix, shift, tally))
        return tally, largest

    threads = threads or os.cpu_count()
    every = [strips.rows()[thread::threads] for thread in range(threads)]
    tallies, largest = zip(*pairs.share(work, every, threads), strict=True)
    return sum(tallies), _weight(max(largest))


def _collect(strips, least, threads):
    """Collect the entries that stay, as `entries.pick` does."""
    least = np.broadcast_to(least, strips.size)

    def work(strip):
        start, stop = strip
        return entries.pick(strips.weights(start, stop, start), start, least)

    return pairs.share(work, strips.rows(), threads, "strips, collected")


def _decide(pieces, high, above, wanted):
    """Least weight that stays under ``top-``, from the entries below `high`."""
    values, times = [], []
    for piece in pieces:
        rows = piece.start + np.repeat(np.arange(len(piece.lengths)), piece.lengths)
        doubtful = piece.values < high
        values.append(piece.values[doubtful])
        times.append(2 - (rows == piece.columns)[doubtful])  # one on the diagonal
    values, times = np.concatenate(values), np.concatenate(times)
    order = np.argsort(-values)
    place = np.searchsorted(above + np.cumsum(times[order]), wanted)
    if place == len(order):
        return cuts.TINY  # there are no more
    value = values[order[place]]
    above += times[values > value].sum()
    return float(cuts.nearest(value, above, times[values == value].sum(), wanted))


def _least_of_rows(strips, wanted, threads):
    """Least weight that stays in every row, and a bound on the entries that do."""

    def work(strip):
        weights = strips.weights(*strip)
        least = cuts.least_of_rows(weights, min(wanted, strips.size))
        return least, np.count_nonzero(weights >= least[:, None])

    cut = pairs.share(work, strips.rows(), threads, "strips, cut")
    least, stay = zip(*cut, strict=True)
    return np.concatenate(least), 2 * sum(stay)


def _count(strips, least, threads):
    """Count the entries that stay, as `entries.count` does."""

    def work(strip):
        start, stop = strip
        return entries.count(strips.weights(start, stop, start), start, least)

    return int(sum(pairs.share(work, strips.rows(), threads, "strips, counted")))


def _bits(weight):
    """Bits of a weight, 0 or more, as an integer."""
    return int(np.float64(weight).view(np.int64))


def _weight(number):
    """Weight of such bits."""
    return float(np.int64(number).view(np.float64))


@kernel
def _add_digits(numbers, prefix, shift, tally):
    """Count the numbers of a strip from the diagonal on by a digit; give the largest.

    Negative weights, their bits read as integers, are negative too.
    """
    largest = 0
    for i in range(numbers.shape[0]):
        for j in range(i, numbers.shape[1]):
            number = numbers[i, j]
            if number > 0:
                largest = max(largest, number)
                digits = number >> shift
                if digits >> _DIGIT == prefix:
                    tally[digits & (2**_DIGIT - 1)] += 1 if i == j else 2
    return largest
