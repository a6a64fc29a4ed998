"""The bit-parallel heat bath on any graph, for 512 chains as that of `heatbath`.

A site may have any number of neighbours. Those that are +1 are counted bit by bit, and
the count selects one of as many answers as it has values: whether a random number lies
below the probability of +1 that belongs to it. Without a field two opposite sums of the
neighbours share a probability. Where all sites have four neighbours, the random words
and the states are those of `heatbath`.
"""

import numba
import numpy as np
from scipy.special import expit

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.ising import draws

# Neighbours that are looked at in one call of the kernel, about a second's work: then
# Ctrl-C is heard.
_LOOKS = 3 * 10**7

_ONES = np.uint64(2**64 - 1)
_ZERO = np.uint64(0)
_TOP = np.uint64(draws.DIGITS - 1)


class GraphKernel:
    """The updates of a model on any graph; as `heatbath.Kernel`.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        What is sampled.
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
        """Make states with all spins -1: uint64, shape (number, sites * 8)."""
        return np.zeros((number, self._sites * wide.LANES), np.uint64)

    def run(self, states, stream, sweeps):
        """Sweep over states, in place, each update with the same random number."""
        looks = (self._sites + len(self._around)) * len(states)
        most = max(1, _LOOKS // looks)
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
        """Spins of a state, a bit each: uint64, shape (sites, 8)."""
        return state.reshape(self._sites, wide.LANES)

    def _chances(self, model, degree):
        """Probabilities that a site with so many neighbours asks for."""
        if self._symmetric:
            # Of going against the neighbours, by the size of their sum from small to
            # large; twice that, as u is drawn from half of the unit interval.
            sums = np.arange(2 - degree % 2, degree + 1, 2.0)
            return 2 * expit(-2 * np.abs(model.coupling) * sums)
        return model.up_probabilities(np.arange(-degree, degree + 1, 2.0))


@numba.njit(inline="always")
def _draw_some(state, words, number):
    """Draw random words; gives the state that follows."""
    for k in range(number):
        word, state = draws.draw(state)
        wide.store(words, k * wide.LANES, word)
    return state


@numba.njit(inline="always")
def _below(random, fractions, words, below, undecided):
    """Put into `below` whether one random number lies below each of some chances."""
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
                lower, equal = draws.compared(word, digit, lower, equal)
            wide.store(below, j * wide.LANES, lower)
            wide.store(undecided, j * wide.LANES, equal)
            left = left | equal
        more = last < draws.DIGITS and wide.any_set(left)
        first, last = last, last + draws.NEXT
    return random


@numba.njit(inline="always")
def _answer(answers, degree, below, down):
    """Put the answer for each count of neighbours that are +1, without a field."""
    for up in range(degree + 1):
        size = abs(2 * up - degree)
        against = wide.splat(_ZERO)
        if size:
            against = wide.load(below, (size - 1) // 2 * wide.LANES)
        answer = ~down
        if 2 * up < degree:
            answer = ~down & against
        elif 2 * up > degree:
            answer = ~down | ~against
        wide.store(answers, up * wide.LANES, answer)


@numba.njit(inline="always")
def _count(state, around, counts):
    """Count, in binary, the neighbours that are +1; gives the number of digits."""
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
def _chosen(answers, left, counts, digits, work):
    """Choose among answers by a count."""
    for digit in range(digits):
        bit = wide.load(counts, digit * wide.LANES)
        for k in range((left + 1) // 2):
            low = wide.load(answers, 2 * k * wide.LANES)
            if 2 * k + 1 < left:
                high = wide.load(answers, (2 * k + 1) * wide.LANES)
                low = draws.select(bit, high, low)
            wide.store(work, k * wide.LANES, low)
        left, answers = (left + 1) // 2, work
    return wide.load(answers, 0)


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
    random, inversion = draws.opened(stream), wide.splat(inverted)
    words = np.empty(draws.FIRST * wide.LANES, np.uint64)
    below, undecided, answers, work = np.empty((4, (most + 1) * wide.LANES), np.uint64)
    counts = np.empty(64 * wide.LANES, np.uint64)
    for _ in range(sweeps):
        for site in range(len(starts) - 1):
            neighbours = around[starts[site] : starts[site + 1]]
            degree = len(neighbours)
            asked = fractions[bounds[site, 0] : bounds[site, 1]]
            if symmetric:
                down, random = draws.draw(random)
                random = _below(random, asked, words, below, undecided)
                _answer(answers, degree, below, down)
            else:
                random = _below(random, asked, words, answers, undecided)
            for state in states:
                digits = _count(state, neighbours, counts)
                spin = _chosen(answers, degree + 1, counts, digits, work)
                wide.store(state, site * wide.LANES, spin ^ inversion)
    draws.closed(stream, random)
