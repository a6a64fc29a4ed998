"""Bit-parallel heat bath: the bits of one wide word per site are 512 chains.

This module handles rectangular lattices; `graphbath` handles any other graph.

One update draws the spin of a site in all 512 chains. The neighbours are counted with
bitwise adders. A spin is +1 with probability p, which depends on the count: compare the
binary digits of a random number u with those of p from the top, one random word per
digit for all chains, until no chain is undecided. The same u serves every p, so that an
update is monotone in the neighbours and its random words do not depend on the state:
coupling from the past needs both.

Without a field p(h) + p(-h) = 1 for opposite sums h of the neighbours. One random word
then sets the default spin, and u, on [0, 1/2), decides whether it is reversed, which
needs two probabilities instead of five.
"""

import functools

import numba
import numpy as np
from scipy.special import expit

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.ising import draws
from pixelwalk.ising.graphbath import GraphKernel

# Updates in one call of the kernel, about a second: Ctrl-C acts only between calls.
_UPDATES = 3 * 10**7

_ONES = np.uint64(2**64 - 1)
_ZERO = np.uint64(0)
_ONE = np.uint64(1)


class HeatBath:
    """A block of 512 Markov chains that start at random.

    A sweep draws every spin once, row by row, given its neighbours (Geman and Geman
    1984).

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        Model to sample.
    seed : numpy.random.SeedSequence
        Seed of the random stream.
    """

    #: Chains of a block; they share a random stream.
    WIDTH = wide.BITS

    def __init__(self, model, seed):
        self._kernel = kernel_of(model)
        self._stream = draws.stream(seed)
        self._states = self._kernel.states(1)
        start = self._states[0, : model.sites * wide.LANES]
        draws.random_words(self._stream, start)

    def burn_in(self, sweeps):
        """Make a number of sweeps; return it."""
        self.advance(sweeps)
        return sweeps

    def advance(self, sweeps):
        """Make a number of sweeps."""
        self._kernel.run(self._states, self._stream, sweeps)

    def words(self):
        """Return the spins of the chains, one bit each: uint64, shape (sites, 8)."""
        return self._kernel.words(self._states[0])


class Kernel:
    """Updates of a model on any number of states that share their random numbers.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        Model to sample.
    """

    def __init__(self, model):
        self._sites = model.sites
        around = model.neighbours()
        missing = around == self._sites
        # Missing neighbours are replaced by a spin -1 and a spin +1 in turn: each pair
        # cancels, so that only the parity of the number of neighbours matters.
        second = np.cumsum(missing, axis=1) % 2 == 0
        around = around + (missing & second)
        self._around = np.ascontiguousarray(around) * wide.LANES
        self._odd = missing.sum(axis=1) % 2
        self._symmetric = model.field == 0 or model.coupling == 0
        self._inverted = _ONES if self._symmetric and model.coupling < 0 else _ZERO
        self._digits = np.stack([self._digits_of(model, odd) for odd in (False, True)])

    def states(self, number):
        """Return states with all spins -1: uint64, shape (number, (sites + 2) * 8)."""
        states = np.zeros((number, (self._sites + 2) * wide.LANES), np.uint64)
        states[:, -wide.LANES :] = _ONES  # the spin +1 for missing neighbours
        return states

    def run(self, states, stream, sweeps):
        """Sweep over states in place; each update uses one random number for all."""
        most = max(1, _UPDATES // (self._sites * len(states)))
        for done in range(0, sweeps, most):
            _sweep(
                states,
                self._around,
                self._odd,
                self._digits,
                self._symmetric,
                self._inverted,
                stream,
                min(most, sweeps - done),
            )

    def words(self, state):
        """Return the spins of a state, one bit each: uint64, shape (sites, 8)."""
        return state[: self._sites * wide.LANES].reshape(self._sites, wide.LANES)

    def _digits_of(self, model, odd):
        """Return digits of each probability, 0 or all ones: uint64, shape (64, 5)."""
        if self._symmetric:
            # Twice the probability of a spin opposite to the sum of the neighbours, for
            # a small and a large sum; twice, because u is uniform on [0, 1/2).
            sums = np.array([1.0, 3.0] if odd else [2.0, 4.0])
            chances = 2 * expit(-2 * np.abs(model.coupling) * sums)
        else:
            sums = np.arange(-3.0, 4.0, 2.0) if odd else np.arange(-4.0, 5.0, 2.0)
            chances = model.up_probabilities(sums)
        table = np.zeros((draws.DIGITS, 5), np.uint64)
        table[:, : len(chances)] = draws.binary_digits(chances)
        return table


@functools.lru_cache(maxsize=1)
def kernel_of(model):
    """Return the kernel of a model, cached: creation may cost as much as 30 sweeps."""
    return Kernel(model) if model.plain else GraphKernel(model)


@numba.njit(inline="always")
def _below_five(state, digits):
    """Return the next state, and whether a random number is below each of five."""
    ones, zero = wide.splat(_ONES), wide.splat(_ZERO)
    p0, p1, p2, p3, p4 = zero, zero, zero, zero, zero
    u0, u1, u2, u3, u4 = ones, ones, ones, ones, ones
    first, last, undecided = 0, draws.FIRST, True
    while undecided:
        for k in range(first, last):
            word, state = draws.draw(state)
            p0, u0 = draws.compare_digit(word, digits[k, 0], p0, u0)
            p1, u1 = draws.compare_digit(word, digits[k, 1], p1, u1)
            p2, u2 = draws.compare_digit(word, digits[k, 2], p2, u2)
            p3, u3 = draws.compare_digit(word, digits[k, 3], p3, u3)
            p4, u4 = draws.compare_digit(word, digits[k, 4], p4, u4)
        undecided = last < draws.DIGITS and wide.any_set(u0 | u1 | u2 | u3 | u4)
        first, last = last, last + draws.NEXT
    return state, p0, p1, p2, p3, p4


@kernel
def _sweep(states, around, odd, digits, symmetric, inverted, stream, sweeps):
    random = draws.read_state(stream)
    inversion = wide.splat(inverted)
    for _ in range(sweeps):
        for site in range(len(around)):
            # p0 to p4: whether the new spin is +1 if 0, ..., 4 neighbours are +1.
            if symmetric:
                down, random = draws.draw(random)
                random, small, large = draws.below_two(random, digits[odd[site]])
                p0, p1 = ~down & large, ~down & small
                if odd[site]:
                    p2, p3, p4 = ~down | ~small, ~down | ~large, p0
                else:
                    p2, p3, p4 = ~down, ~down | ~small, ~down | ~large
            else:
                random, p0, p1, p2, p3, p4 = _below_five(random, digits[odd[site]])
            for number in range(len(states)):
                state = states[number]
                first = wide.load(state, around[site, 0])
                second = wide.load(state, around[site, 1])
                third = wide.load(state, around[site, 2])
                fourth = wide.load(state, around[site, 3])
                # A count of 0 to 4 in binary: ones, twos, fours.
                left, right = first ^ second, third ^ fourth
                pairs, others, carry = first & second, third & fourth, left & right
                ones, twos, fours = left ^ right, pairs ^ others ^ carry, pairs & others
                low, high = draws.select(ones, p1, p0), draws.select(ones, p3, p2)
                spin = draws.select(fours, p4, draws.select(twos, high, low))
                wide.store(state, site * wide.LANES, spin ^ inversion)
    draws.write_state(stream, random)
