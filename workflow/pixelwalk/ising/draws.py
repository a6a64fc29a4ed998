"""Random words for many chains at once, and bits that are set with a given chance.

To set a bit with probability p, the binary digits of a random number u are compared
with those of p from the top, one random word per digit for all chains, until no chain
is undecided. The same u can be compared with several probabilities.
"""

import numba
import numpy as np

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel

#: Binary digits of a probability. A double has no more that matter: an error of 2**-64.
DIGITS = 64
#: Digits that are compared before the first look whether a chain is undecided, and
#: between two looks: one that the processor did not foresee costs as two digits do.
FIRST, NEXT = 13, 3

_ONES = np.uint64(2**64 - 1)
_ZERO = np.uint64(0)
_ONE = np.uint64(1)


def stream(seed):
    """State of eight generators SFC64 (Doty-Humphrey), one for each lane.

    Parameters
    ----------
    seed : numpy.random.SeedSequence
        Gives each lane 192 bits, as `numpy.random.SFC64` would take them.

    Returns
    -------
    ndarray of uint64, shape (32,)
        The words a, b, c and the counter, of eight lanes each.
    """
    state = np.empty(4 * wide.LANES, np.uint64)
    lanes = seed.generate_state(3 * wide.LANES, np.uint64).reshape(wide.LANES, 3)
    state[: 3 * wide.LANES] = lanes.T.ravel()
    state[3 * wide.LANES :] = _ONE
    random_words(state, np.empty(12 * wide.LANES, np.uint64))  # mixes the seed
    return state


def fractions(chances):
    """Chances in units of 2**-64, ndarray of uint64; 1 becomes 0.111... in binary."""
    largest = 2**DIGITS - 1
    whole = [min(int(chance * 2.0**DIGITS), largest) for chance in chances]
    return np.array(whole, np.uint64)


def binary_digits(chances):
    """Binary digits of chances: uint64, shape (64, n), each 0 or all ones."""
    places = np.arange(DIGITS - 1, -1, -1, dtype=np.uint64)
    return (fractions(chances) >> places[:, np.newaxis] & _ONE) * _ONES


@numba.njit(inline="always")
def draw(state):
    """Random word of each lane, and the state that follows."""
    a, b, c, counter = state
    word = a + b + counter
    following = (
        b ^ wide.right(b, 11),
        c + wide.left(c, 3),
        wide.rotate(c, 24) + word,
        counter + wide.splat(_ONE),
    )
    return word, following


@numba.njit(inline="always")
def opened(stream):
    """Take the state of the generators out of a stream."""
    return (
        wide.load(stream, 0),
        wide.load(stream, 8),
        wide.load(stream, 16),
        wide.load(stream, 24),
    )


@numba.njit(inline="always")
def closed(stream, state):
    """Put it back."""
    a, b, c, counter = state
    wide.store(stream, 0, a)
    wide.store(stream, 8, b)
    wide.store(stream, 16, c)
    wide.store(stream, 24, counter)


@numba.njit(inline="always")
def select(mask, then, otherwise):
    """Choose bit by bit: `then` where the mask is set."""
    return (mask & then) | (~mask & otherwise)


@numba.njit(inline="always")
def compared(word, digit, below, undecided):
    """Go on by a digit with the comparison of a random number with a probability."""
    digit = wide.splat(digit)
    return select(undecided, digit, below), undecided & ~(word ^ digit)


@numba.njit(inline="always")
def two(state, digits):
    """Whether a random number lies below each of two probabilities."""
    ones, zero = wide.splat(_ONES), wide.splat(_ZERO)
    small, large, in_small, in_large = zero, zero, ones, ones
    first, last, undecided = 0, FIRST, True
    while undecided:
        for k in range(first, last):
            word, state = draw(state)
            small, in_small = compared(word, digits[k, 0], small, in_small)
            large, in_large = compared(word, digits[k, 1], large, in_large)
        undecided = last < DIGITS and wide.any_set(in_small | in_large)
        first, last = last, last + NEXT
    return state, small, large


@kernel
def random_words(stream, words):
    """Fill a flat array of uint64, whole wide words, with random words."""
    random = opened(stream)
    for start in range(0, len(words), wide.LANES):
        word, random = draw(random)
        wide.store(words, start, word)
    closed(stream, random)


@kernel
def biased_words(stream, digits, words):
    """Fill one as well, each bit set with the first of two chances given in digits."""
    random = opened(stream)
    for start in range(0, len(words), wide.LANES):
        random, word, _ = two(random, digits)
        wide.store(words, start, word)
    closed(stream, random)
