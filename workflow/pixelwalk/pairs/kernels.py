"""Compiled kernels that sum over images for pairs of pixels, on wide words.

A wide word holds one pixel in 512 images, a bit each, or in 64 images, a byte each.
Words are an array of uint64, shape (groups, wide words, planes, 4, lanes); pixel
``4 group + k`` is number k of its group. With the four pixels of a group next to each
other in memory, a tile of 4 x 4 pairs is summed from two streams, its 16 sums in
registers. Bits and bytes past the last pixel or image are 0.
"""

import numba
import numpy as np

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.compute.wide import load, popcount, splat, total
from pixelwalk.pairs.bytes import BYTES, add_pairs, dot

#: Pixels of a group, the side of a tile.
SIDE = 4

# Length in uint64 of a group in one plane of one wide word.
_SPAN = SIDE * wide.LANES


def empty(pixels, wides, planes=1):
    """Return words that are all 0, for a number of pixels, wide words and planes."""
    groups = -(-pixels // SIDE)
    return np.zeros((groups, wides, planes, SIDE, wide.LANES), np.uint64)


@kernel
def put_packed(packed, words):
    """Copy packed images, uint64 (pixels, ceil(images / 64)), to plane 0 of words."""
    for pixel in range(packed.shape[0]):
        for word in range(packed.shape[1]):
            w, lane = word // wide.LANES, word % wide.LANES
            words[pixel // SIDE, w, 0, pixel % SIDE, lane] = packed[pixel, word]


@kernel
def put_flags(flags, w, plane, words):
    """Pack flags, bool (up to 512 images, pixels), into a plane of wide word `w`."""
    images, pixels = flags.shape
    packed = np.empty(pixels, np.uint64)
    for start in range(0, images, 64):
        packed[:] = 0
        for bit in range(min(64, images - start)):
            for pixel in range(pixels):
                flag = numba.uint64(flags[start + bit, pixel])
                packed[pixel] |= flag << numba.uint64(bit)
        for pixel in range(pixels):
            place = pixel // SIDE, w, plane, pixel % SIDE, start // 64
            words[place] = packed[pixel]


@kernel
def put_values(values, centre, bytes_):
    """Copy values minus a centre, int (images, pixels), to words viewed as int8."""
    images, pixels = values.shape
    for image in range(images):
        w, byte = image // BYTES, image % BYTES
        for pixel in range(pixels):
            value = numba.int64(values[image, pixel]) - centre
            bytes_[pixel // SIDE, w, 0, pixel % SIDE, byte] = value


@kernel
def add_both(words, scale, start, first, sums):
    """Add, for each pair of pixels, the number of images in which both bits are on.

    Parameters
    ----------
    words : ndarray of uint64, shape (groups, wide words, 1, 4, lanes)
    scale : int
        Factor of each number before it is added.
    start, first : int
        Pixels of the first row and of the first column of `sums`, multiples of 4.
    sums : ndarray of int64, shape (rows, columns)
        Changed in place.
    """
    _add_both(words, scale, start, first, sums)


@kernel
def add_equal(words, scale, start, first, sums):
    """Add the number of images in which both are on in plane 0 and agree in the others.

    Parameters
    ----------
    words : ndarray of uint64, shape (groups, wide words, planes, 4, lanes)
    scale, start, first, sums
        As for `add_both`.
    """
    _add_equal(words, scale, start, first, sums)


@kernel
def add_products(words, scale, start, first, sums):
    """Add, for each pair of pixels, the products of their bytes in up to 2**20 images.

    Parameters
    ----------
    words : ndarray of uint64, shape (groups, wide words, 1, 4, lanes)
        Bytes of -128 to 127.
    scale, start, first, sums
        As for `add_both`.
    """
    _add_products(words, scale, start, first, sums)


@kernel
def add_outer(row, column, sums):
    """Add to the sum of each pair a number of its row and one of its column."""
    for i in range(sums.shape[0]):
        for j in range(sums.shape[1]):
            sums[i, j] += row[i] + column[j]


def _tiles(add, total):
    """Compile the loop over tiles of 4 x 4 pairs.

    Parameters
    ----------
    add : callable
        Adds the images of a wide word to the 4 x 4 partial sums, wide words. It must be
        inlined: a call copies the sums through memory, and products take 1.9 times as
        long. With it inlined, one loop for all is as fast as one written out for each.
    total : callable
        Sums the lanes of a partial sum.
    """

    @numba.njit
    def add_row(sums, i, j, scale, partial):
        if i < sums.shape[0]:
            sums[i, j] += scale * total(partial[0])
            if j + 1 < sums.shape[1]:
                sums[i, j + 1] += scale * total(partial[1])
            if j + 2 < sums.shape[1]:
                sums[i, j + 2] += scale * total(partial[2])
            if j + 3 < sums.shape[1]:
                sums[i, j + 3] += scale * total(partial[3])

    @numba.njit
    def add_tiles(words, scale, start, first, sums):
        flat, (_, wides, planes, _, _) = words.reshape(-1), words.shape
        step = planes * _SPAN
        length = wides * step
        for j in range(0, sums.shape[1], SIDE):
            y = (first + j) // SIDE * length
            for i in range(0, sums.shape[0], SIDE):
                x = (start + i) // SIDE * length
                partial = _repeat(_repeat(splat(numba.uint64(0))))
                for at in range(0, length, step):
                    partial = add(partial, flat, x + at, y + at, step)
                add_row(sums, i, j, scale, partial[0])
                add_row(sums, i + 1, j, scale, partial[1])
                add_row(sums, i + 2, j, scale, partial[2])
                add_row(sums, i + 3, j, scale, partial[3])

    return add_tiles


def _pairwise(operation):
    """Compile ``operation(values[k][l], a[k], b[k][l])`` for the pairs of a tile."""

    @numba.njit(forceinline=True)
    def on_row(values, a, b):
        return (
            operation(values[0], a, b[0]),
            operation(values[1], a, b[1]),
            operation(values[2], a, b[2]),
            operation(values[3], a, b[3]),
        )

    @numba.njit(forceinline=True)
    def on_tile(values, a, b):
        return (
            on_row(values[0], a[0], b[0]),
            on_row(values[1], a[1], b[1]),
            on_row(values[2], a[2], b[2]),
            on_row(values[3], a[3], b[3]),
        )

    return on_tile


@numba.njit
def _repeat(value):
    return value, value, value, value


@numba.njit
def _group(flat, at):
    """Load the wide words of the four pixels of a group."""
    return (
        load(flat, at),
        load(flat, at + wide.LANES),
        load(flat, at + 2 * wide.LANES),
        load(flat, at + 3 * wide.LANES),
    )


_both = _pairwise(numba.njit(lambda flags, a, b: flags & a & b))
_agree = _pairwise(numba.njit(lambda flags, a, b: flags & ~(a ^ b)))
_count = _pairwise(numba.njit(lambda counts, _, flags: counts + popcount(flags)))
_count_both = _pairwise(numba.njit(lambda counts, a, b: counts + popcount(a & b)))
_multiply = _pairwise(numba.njit(lambda sums, a, b: dot(sums, a, b)))


@numba.njit(forceinline=True)
def _step_both(counts, flat, x, y, step):
    return _count_both(counts, _group(flat, x), _repeat(_group(flat, y)))


@numba.njit(forceinline=True)
def _step_equal(counts, flat, x, y, step):
    flags = _repeat(_repeat(splat(~numba.uint64(0))))
    flags = _both(flags, _group(flat, x), _repeat(_group(flat, y)))
    for at in range(_SPAN, step, _SPAN):
        flags = _agree(flags, _group(flat, x + at), _repeat(_group(flat, y + at)))
    return _count(counts, flags, flags)


@numba.njit(forceinline=True)
def _step_products(sums, flat, x, y, step):
    return _multiply(sums, _group(flat, x), _repeat(_group(flat, y)))


_total = numba.njit(lambda counts: total(counts))
_add_both = _tiles(_step_both, _total)
_add_equal = _tiles(_step_equal, _total)
_add_products = _tiles(_step_products, numba.njit(lambda sums: total(add_pairs(sums))))
