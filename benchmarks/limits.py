"""What the machine could do at best, measured by loops that do nothing else."""

import time
from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

from benchmarks import ours
from pixelwalk.compute import wide

# Words of a buffer that stays in the fastest cache (16 KiB).
_SMALL = 2048


def random_words_per_second(threads):
    """64-bit random words per second of the sampler's generator, on all threads."""
    streams = [ours.random_stream(number) for number in range(threads)]
    buffers = [np.empty(_SMALL, np.uint64) for _ in range(threads)]

    def work(number, rounds):
        _draw_words(ours.random_words, streams[number], buffers[number], rounds)

    return threads * _SMALL * _rounds_per_second(work, threads)


def words_per_update(coupling, width):
    """Random 64-bit words that 64 updates of a heat bath need.

    Chains of a block are updated together, `width` of them. Of each update one random
    bit tells which way the spin goes by default, and binary digits of a uniform number
    are compared with those of two probabilities, for two and for four neighbours that
    agree, until no chain of the block is undecided. A chain is undecided after k digits
    if they are the first k of one of the two.

    Parameters
    ----------
    coupling : float
        Inverse temperature times the energy of a bond.
    width : int
        Chains of a block.

    Returns
    -------
    float
        One, and the expected number of digits; no look ahead, no digit too many.
    """
    sums = np.array([2.0, 4.0])
    chances = 2 / (1 + np.exp(2 * abs(coupling) * sums))
    expected = 1.0
    for digits in range(64):
        prefixes = len(set(np.floor(chances * 2.0**digits)))
        share = min(1.0, prefixes * 2.0**-digits)
        expected += 1 - (1 - share) ** width
    return expected


def pair_words_per_second(threads):
    """Pairs of 64-bit words per second that can be ANDed, counted and summed.

    All but one word in nine stay in registers, so that nothing but the units that do
    this bounds it.
    """
    buffers = [np.arange(_SMALL, dtype=np.uint64) for _ in range(threads)]
    totals = np.zeros(threads, np.int64)

    def work(number, rounds):
        totals[number] = _count_pairs(buffers[number], rounds)

    pairs = 4 * (_SMALL - 4 * wide.LANES)
    return threads * pairs * _rounds_per_second(work, threads)


def cycles_per_second():
    """Clock rate of a core at work, from a chain of shifts and exclusive ors.

    Each depends on the one before and takes one cycle.
    """

    def work(_, rounds):
        _chain(np.uint64(1), rounds)

    return 4 * _rounds_per_second(work, 1)


def bytes_per_second(size, threads):
    """Bytes per second with which threads together read an array again and again.

    Parameters
    ----------
    size : int
        Bytes of the array: a small one may stay in a cache.
    threads : int
        Threads that share it.
    """
    values = np.ones(max(threads * 1024, size // 8))
    parts = np.array_split(values, threads)
    totals = np.zeros(threads)

    def work(number, rounds):
        totals[number] = _sum_again(parts[number], rounds)

    return values.nbytes * _rounds_per_second(work, threads)


def products_per_second(shapes, threads):
    """Multiplications and additions per second in matrix products of given shapes.

    Parameters
    ----------
    shapes : sequence of (int, int, int)
        Rows, inner size and columns of each product, in single precision.
    threads : int
        Threads of numpy's BLAS; it was told by its environment.

    Returns
    -------
    float
        Floating-point operations per second.
    """
    stream = np.random.default_rng(1)
    pairs = [
        (stream.random((m, k), np.float32), stream.random((k, n), np.float32))
        for m, k, n in shapes
    ]
    operations = sum(2 * m * k * n for m, k, n in shapes)

    def work(_, rounds):
        for _ in range(rounds):
            for left, right in pairs:
                left @ right

    return operations * _rounds_per_second(work, 1)


def _rounds_per_second(work, threads, least=0.1, repeats=5):
    """Most rounds of work per second that each thread does while all are at it.

    Parameters
    ----------
    work : callable
        Takes the number of a thread and how many rounds to do.
    threads : int
        How many.
    least : float
        Seconds that a measured run takes at least.
    repeats : int
        Measured runs.

    Returns
    -------
    float
    """
    with ThreadPoolExecutor(threads) as pool:

        def run(rounds):
            begun = time.perf_counter()
            list(pool.map(work, range(threads), [rounds] * threads))
            return time.perf_counter() - begun

        run(1)  # compiles
        rounds = 1
        while (took := run(rounds)) < least:
            rounds *= 2
        return rounds / min(took, *(run(rounds) for _ in range(repeats)))


@numba.njit(nogil=True)
def _draw_words(random_words, stream, words, rounds):
    for _ in range(rounds):
        random_words(stream, words)


@numba.njit(nogil=True)
def _count_pairs(words, rounds):
    first = second = third = fourth = wide.splat(np.uint64(0))
    for turn in range(rounds):
        # Other words each time, so that no count can be taken over from the last.
        shift = turn % 8
        a, b = wide.load(words, shift), wide.load(words, shift + 8)
        c, d = wide.load(words, shift + 16), wide.load(words, shift + 24)
        for start in range(0, len(words) - 4 * wide.LANES, wide.LANES):
            word = wide.load(words, start)
            first = first + wide.popcount(word & a)
            second = second + wide.popcount(word & b)
            third = third + wide.popcount(word & c)
            fourth = fourth + wide.popcount(word & d)
    return wide.total(first + second) + wide.total(third + fourth)


@numba.njit(nogil=True)
def _chain(number, rounds):
    for _ in range(rounds):
        number ^= number >> np.uint64(7)
        number ^= number << np.uint64(9)
    return number


@numba.njit(nogil=True, fastmath=True)
def _sum_again(values, rounds):
    total = 0.0
    for turn in range(rounds):
        part = 0.0
        for value in values:
            part += value
        total += part * (turn + 1)
    return total
