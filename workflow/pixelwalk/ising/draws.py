"""Random words for many chains at once, and bits set with a given probability.

To set a bit with probability p, the binary digits of a random number u are compared
with those of p from the top, one random word per digit for all chains, until no chain
is undecided. The same u can be compared with several probabilities.
"""

import numba
import numpy as np

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel

#: Binary digits of a probability; its error is at most 2**-64.
DIGITS = 64
#: Digits compared before the first check for undecided chains, and between two checks:
#: a check that the processor mispredicts costs as much as two digits.
FIRST, NEXT = 13, 3

_ONES = np.uint64(2**64 - 1)
_ZERO = np.uint64(0)
_ONE = np.uint64(1)


def stream(seed):
    """Return the state of eight SFC64 generators (Doty-Humphrey), one for each lane.

    Parameters
    ----------
    seed : numpy.random.SeedSequence
        Provides 192 bits for each lane, used as `numpy.random.SFC64` uses them.

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
    """Return probabilities in units of 2**-64: uint64; 1 becomes binary 0.111..."""
    largest = 2**DIGITS - 1
    whole = [min(int(chance * 2.0**DIGITS), largest) for chance in chances]
    return np.array(whole, np.uint64)


def binary_digits(chances):
    """Return binary digits of probabilities: uint64, shape (64, n), 0 or all ones."""
    places = np.arange(DIGITS - 1, -1, -1, dtype=np.uint64)
    return (fractions(chances) >> places[:, np.newaxis] & _ONE) * _ONES


@numba.njit(inline="always")
def draw(state):
    """Return a random word of each lane, and the next state."""
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
def read_state(stream):
    """Read the state of the generators from a stream."""
    return (
        wide.load(stream, 0),
        wide.load(stream, 8),
        wide.load(stream, 16),
        wide.load(stream, 24),
    )


@numba.njit(inline="always")
def write_state(stream, state):
    """Write the state of the generators back to the stream."""
    a, b, c, counter = state
    wide.store(stream, 0, a)
    wide.store(stream, 8, b)
    wide.store(stream, 16, c)
    wide.store(stream, 24, counter)


@numba.njit(inline="always")
def select(mask, then, otherwise):
    """Select bit by bit: `then` where the mask is set, else `otherwise`."""
    return (mask & then) | (~mask & otherwise)


@numba.njit(inline="always")
def compare_digit(word, digit, below, undecided):
    """Compare the next digit of a random number with that of a probability."""
    digit = wide.splat(digit)
    return select(undecided, digit, below), undecided & ~(word ^ digit)


@numba.njit(inline="always")
def below_two(state, digits):
    """Return the next state, and whether a random number is below each of two."""
    ones, zero = wide.splat(_ONES), wide.splat(_ZERO)
    small, large, in_small, in_large = zero, zero, ones, ones
    first, last, undecided = 0, FIRST, True
    while undecided:
        for k in range(first, last):
            word, state = draw(state)
            small, in_small = compare_digit(word, digits[k, 0], small, in_small)
            large, in_large = compare_digit(word, digits[k, 1], large, in_large)
        undecided = last < DIGITS and wide.any_set(in_small | in_large)
        first, last = last, last + NEXT
    return state, small, large


@kernel
def random_words(stream, words):
    """Fill a flat array of uint64, a multiple of 8 long, with random words."""
    random = read_state(stream)
    for start in range(0, len(words), wide.LANES):
        word, random = draw(random)
        wide.store(words, start, word)
    write_state(stream, random)


@kernel
def biased_words(stream, digits, words):
    """Fill such an array; each bit is set with the first of two probabilities."""
    random = read_state(stream)
    for start in range(0, len(words), wide.LANES):
        random, word, _ = below_two(random, digits)
        wide.store(words, start, word)
    write_state(stream, random)
