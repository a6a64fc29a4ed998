"""Bit-parallel heat bath on any graph, for 512 chains, like that of `heatbath`.

A site may have any number of neighbours. Binary counters count those that are +1. For
each possible count, one bit says whether a random number is below the probability of
+1; the count selects among these bits. Without a field, opposite sums of the neighbours
share a probability. If all sites have four neighbours, the random words and the states
are equal to those of `heatbath`.
"""

import numba
import numpy as np
from scipy.special import expit

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.ising import draws

# Neighbours read in one call of the kernel, about a second: Ctrl-C acts only between
# calls.
_READS = 3 * 10**7

_ONES = np.uint64(2**64 - 1)
_ZERO = np.uint64(0)
_TOP = np.uint64(draws.DIGITS - 1)


class GraphKernel:
    """Updates of a model on any graph, with the interface of `heatbath.Kernel`.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        Model to sample.
    """

    def __init__(self, model):
        adjacency = model.adjacency
        self._sites = model.sites
        self._starts = adjacency.indptr.astype(np.int64)
        self._around = adjacency.indices.astype(np.int64) * wide.LANES
        self._symmetric = model.field == 0 or model.coupling == 0
        self._inverted = _ONES if self._symmetric and model.coupling < 0 else _ZERO
        degrees, kinds = np.unique(np.diff(self._starts), return_inverse=True)
        chances = [self._chances(model, degree) for degree in degrees]
        ends = np.cumsum([len(part) for part in chances])
        self._bounds = np.stack([ends - [len(part) for part in chances], ends], axis=1)
        self._bounds = self._bounds.astype(np.int64)[kinds]
        self._fractions = draws.fractions(np.concatenate(chances))
        self._most = int(degrees[-1])

    def states(self, number):
        """Return states with all spins -1: uint64, shape (number, sites * 8)."""
        return np.zeros((number, self._sites * wide.LANES), np.uint64)

    def run(self, states, stream, sweeps):
        """Sweep over states in place; each update uses one random number for all."""
        reads = (self._sites + len(self._around)) * len(states)
        most = max(1, _READS // reads)
        for done in range(0, sweeps, most):
            _sweep(
                states,
                self._starts,
                self._around,
                self._bounds,
                self._fractions,
                self._most,
                self._symmetric,
                self._inverted,
                stream,
                min(most, sweeps - done),
            )

    def words(self, state):
        """Return the spins of a state, one bit each: uint64, shape (sites, 8)."""
        return state.reshape(self._sites, wide.LANES)

    def _chances(self, model, degree):
        """Return the probabilities needed for a site with a number of neighbours."""
        if self._symmetric:
            # Twice the probability of a spin opposite to the sum of the neighbours, by
            # the absolute sum; twice, because u is uniform on [0, 1/2).
            sums = np.arange(2 - degree % 2, degree + 1, 2.0)
            return 2 * expit(-2 * np.abs(model.coupling) * sums)
        return model.up_probabilities(np.arange(-degree, degree + 1, 2.0))


@numba.njit(inline="always")
def _draw_some(state, words, number):
    """Draw random words; return the next state."""
    for k in range(number):
        word, state = draws.draw(state)
        wide.store(words, k * wide.LANES, word)
    return state


@numba.njit(inline="always")
def _below(random, fractions, words, below, undecided):
    """Write to `below` whether one random number is below each of the fractions."""
    for j in range(len(fractions)):
        wide.store(below, j * wide.LANES, wide.splat(_ZERO))
        wide.store(undecided, j * wide.LANES, wide.splat(_ONES))
    first, last, more = 0, draws.FIRST, len(fractions) > 0
    while more:
        random = _draw_some(random, words, last - first)
        left = wide.splat(_ZERO)
        for j, fraction in enumerate(fractions):
            lower = wide.load(below, j * wide.LANES)
            equal = wide.load(undecided, j * wide.LANES)
            for k in range(first, last):
                word = wide.load(words, (k - first) * wide.LANES)
                digit = _ZERO - (fraction >> (_TOP - np.uint64(k)) & np.uint64(1))
                lower, equal = draws.compare_digit(word, digit, lower, equal)
            wide.store(below, j * wide.LANES, lower)
            wide.store(undecided, j * wide.LANES, equal)
            left = left | equal
        more = last < draws.DIGITS and wide.any_set(left)
        first, last = last, last + draws.NEXT
    return random


@numba.njit(inline="always")
def _tabulate(outcomes, degree, below, down):
    """Write the new spin for each count of neighbours +1, without a field."""
    for up in range(degree + 1):
        size = abs(2 * up - degree)
        against = wide.splat(_ZERO)
        if size:
            against = wide.load(below, (size - 1) // 2 * wide.LANES)
        outcome = ~down
        if 2 * up < degree:
            outcome = ~down & against
        elif 2 * up > degree:
            outcome = ~down | ~against
        wide.store(outcomes, up * wide.LANES, outcome)


@numba.njit(inline="always")
def _count(state, around, counts):
    """Count the neighbours that are +1 in binary; return the number of digits."""
    digits = 0
    for other in around:
        carry = wide.load(state, other)
        for digit in range(digits):
            before = wide.load(counts, digit * wide.LANES)
            wide.store(counts, digit * wide.LANES, before ^ carry)
            carry = before & carry
        if (1 << digits) <= len(around):
            wide.store(counts, digits * wide.LANES, carry)
            digits += 1
    return digits


@numba.njit(inline="always")
def _choose(outcomes, left, counts, digits, work):
    """Return the outcome that the count of each chain selects."""
    for digit in range(digits):
        bit = wide.load(counts, digit * wide.LANES)
        for k in range((left + 1) // 2):
            low = wide.load(outcomes, 2 * k * wide.LANES)
            if 2 * k + 1 < left:
                high = wide.load(outcomes, (2 * k + 1) * wide.LANES)
                low = draws.select(bit, high, low)
            wide.store(work, k * wide.LANES, low)
        left, outcomes = (left + 1) // 2, work
    return wide.load(outcomes, 0)


@kernel
def _sweep(
    states,
    starts,
    around,
    bounds,
    fractions,
    most,
    symmetric,
    inverted,
    stream,
    sweeps,
):
    random, inversion = draws.read_state(stream), wide.splat(inverted)
    words = np.empty(draws.FIRST * wide.LANES, np.uint64)
    below, undecided, outcomes, work = np.empty((4, (most + 1) * wide.LANES), np.uint64)
    counts = np.empty(64 * wide.LANES, np.uint64)
    for _ in range(sweeps):
        for site in range(len(starts) - 1):
            neighbours = around[starts[site] : starts[site + 1]]
            degree = len(neighbours)
            needed = fractions[bounds[site, 0] : bounds[site, 1]]
            if symmetric:
                down, random = draws.draw(random)
                random = _below(random, needed, words, below, undecided)
                _tabulate(outcomes, degree, below, down)
            else:
                random = _below(random, needed, words, outcomes, undecided)
            for state in states:
                digits = _count(state, neighbours, counts)
                spin = _choose(outcomes, degree + 1, counts, digits, work)
                wide.store(state, site * wide.LANES, spin ^ inversion)
    draws.write_state(stream, random)
