"""Sparsification of weights in strips of rows, without the whole matrix in memory.

Weights above 0 have the order of their bits, read as integers of three digits of 21
bits. A radix selection finds the least weight to keep: each pass over all weights
counts, by the next digit, those that agree in the digits so far. Mostly one pass leaves
so few candidates that they are collected with the kept entries and decided on last.
"""

import os

import numpy as np

from pixelwalk import pairs
from pixelwalk.compute.compiled import kernel
from pixelwalk.graph import cuts, entries

#: Largest number of entries of a graph: 12 bytes each, and 6 more during assembly.
MOST_ENTRIES = 30_000_000

_DIGIT = 21


def sparsify_strips(strips, cut, *, most=MOST_ENTRIES, threads=None):
    """Keep the heaviest entries of weights that are computed in strips.

    Parameters
    ----------
    strips : pairs.Strips
        Weights. All are computed twice (``knn-``: three times), and once or twice more
        if too many are nearly equal.
    cut : str
        Name of a cut, as for `parse_cut`.
    most : int
        Largest number of entries of the graph.
    threads : int, optional
        Threads to use; the graph does not depend on it. All cores by default.

    Returns
    -------
    scipy.sparse.csr_array of float64, shape (N, N)
        Equal to the result of `sparsify`.

    Raises
    ------
    ValueError
        If more than `most` entries would be kept, or the cut has another form.
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
    if above + inside > most:  # candidates of one weight: all or none
        least = float(cuts.nearest(low, above, inside, wanted))
        check(above + (inside if least <= low else 0))
        return entries.assemble(_collect(strips, least, threads), strips.size)
    pieces = _collect(strips, max(low, cuts.TINY), threads)
    return entries.assemble(pieces, strips.size, _decide(pieces, high, above, wanted))


def _narrow(strips, rule, number, most, threads):
    """Bracket the least weight to keep until at most `most` entries can be kept.

    Returns
    -------
    low : float
        Under ``at-`` the least weight to keep; under ``top-`` it is in [low, high).
    high : float
    above : int
        Number of entries of at least `high`.
    inside : int
        Number of candidates. If `above + inside` exceeds `most`, they have one weight;
        under ``at-`` they are then kept.
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
    """Count the entries that start with the digits of a prefix, by their next digit.

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
    parts = [strips.rows()[thread::threads] for thread in range(threads)]
    tallies, largest = zip(*pairs.share(work, parts, threads), strict=True)
    return sum(tallies), _weight(max(largest))


def _collect(strips, least, threads):
    """Return the entries that are kept, as pieces of all strips."""
    least = np.broadcast_to(least, strips.size)

    def work(strip):
        start, stop = strip
        return entries.pick(strips.weights(start, stop, start), start, least)

    return pairs.share(work, strips.rows(), threads, "strips, collected")


def _decide(pieces, high, above, wanted):
    """Return the least weight kept under ``top-``, from the candidates below `high`."""
    values, times = [], []
    for piece in pieces:
        rows = piece.start + np.repeat(np.arange(len(piece.lengths)), piece.lengths)
        candidate = piece.values < high
        values.append(piece.values[candidate])
        times.append(2 - (rows == piece.columns)[candidate])  # 1 on the diagonal
    values, times = np.concatenate(values), np.concatenate(times)
    order = np.argsort(-values)
    place = np.searchsorted(above + np.cumsum(times[order]), wanted)
    if place == len(order):
        return cuts.TINY  # fewer entries than wanted
    value = values[order[place]]
    above += times[values > value].sum()
    return float(cuts.nearest(value, above, times[values == value].sum(), wanted))


def _least_of_rows(strips, wanted, threads):
    """Return the least weight kept in every row, and a bound on the number kept."""

    def work(strip):
        weights = strips.weights(*strip)
        least = cuts.least_of_others(weights, wanted, strip[0])
        return least, np.count_nonzero(weights >= least[:, None])

    cut = pairs.share(work, strips.rows(), threads, "strips, cut")
    least, kept = zip(*cut, strict=True)
    return np.concatenate(least), 2 * sum(kept)


def _count(strips, least, threads):
    """Return the number of entries that are kept."""

    def work(strip):
        start, stop = strip
        return entries.count(strips.weights(start, stop, start), start, least)

    return int(sum(pairs.share(work, strips.rows(), threads, "strips, counted")))


def _bits(weight):
    """Return the bits of a weight of at least 0 as an integer."""
    return int(np.float64(weight).view(np.int64))


def _weight(number):
    """Return the weight with these bits."""
    return float(np.int64(number).view(np.float64))


@kernel
def _add_digits(numbers, prefix, shift, tally):
    """Count the numbers of a strip from the diagonal on by a digit; return the largest.

    The bits of negative weights are negative integers.
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
