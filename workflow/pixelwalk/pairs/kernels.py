"""Sums over images for pairs of pixels: compiled, on wide words.

A wide word holds a pixel in 512 images, a bit each, or in 64 images, a byte each. The
words of four pixels lie side by side, so that a tile of 4 x 4 pairs is summed from two
streams of memory, with its sums in registers: words are an array of uint64, shape
(groups, wide words, planes, 4, lanes), where pixel ``4 group + k`` is number k. What
lies past the last pixel or image is 0.

The helpers of a kernel stay in its file: numba's cache on the disk watches no other.
"""

import numba
import numpy as np

from pixelwalk.compute import wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.compute.wide import load, popcount, splat, total
from pixelwalk.pairs.bytes import BYTES, add_pairs, dot

#: Pixels of a group, the side of a tile.
SIDE = 4

# Words of uint64 that a group takes in one plane of one wide word.
_SPAN = SIDE * wide.LANES


def empty(pixels, wides, planes=1):
    """Words for pixels, of as many wide words, all 0."""
    groups = -(-pixels // SIDE)
    return np.zeros((groups, wides, planes, SIDE, wide.LANES), np.uint64)


@kernel
def put_packed(packed, words):
    """Put packed images, uint64 (pixels, ceil(images / 64)), into plane 0 of words."""
    for pixel in range(packed.shape[0]):
        for word in range(packed.shape[1]):
            w, lane = word // wide.LANES, word % wide.LANES
            words[pixel // SIDE, w, 0, pixel % SIDE, lane] = packed[pixel, word]


@kernel
def put_flags(flags, w, plane, words):
    """Put flags, bool (up to 512 images, pixels), into a plane of wide word w."""
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
    """Put values less a centre, int (images, pixels), into words seen as int8."""
    images, pixels = values.shape
    for image in range(images):
        w, byte = image // BYTES, image % BYTES
        for pixel in range(pixels):
            value = numba.int64(values[image, pixel]) - centre
            bytes_[pixel // SIDE, w, 0, pixel % SIDE, byte] = value


@kernel
def add_both(words, scale, start, first, sums):
    """Add the number of images in which the bits of two pixels are both on.

    Parameters
    ----------
    words : ndarray of uint64, shape (groups, wide words, 1, 4, lanes)
    scale : int
        Multiplies what is added.
    start, first : int
        Pixels that the first row and column of `sums` stand for, multiples of 4.
    sums : ndarray of int64, shape (rows, columns)
        Changed in place.
    """
    flat, length = words.reshape(-1), words.shape[1] * _SPAN
    for j in range(0, sums.shape[1], SIDE):
        y = (first + j) // SIDE * length
        for i in range(0, sums.shape[0], SIDE):
            x = (start + i) // SIDE * length
            n0, n1, n2, n3 = _zeros(), _zeros(), _zeros(), _zeros()
            for at in range(0, length, _SPAN):
                a, b = _four(flat, x + at), _four(flat, y + at)
                n0 = _count(n0, _both(a[0], b))
                n1 = _count(n1, _both(a[1], b))
                n2 = _count(n2, _both(a[2], b))
                n3 = _count(n3, _both(a[3], b))
            _add_row(sums, i, j, scale, n0)
            _add_row(sums, i + 1, j, scale, n1)
            _add_row(sums, i + 2, j, scale, n2)
            _add_row(sums, i + 3, j, scale, n3)


@kernel
def add_equal(words, scale, start, first, sums):
    """Add the number of images in which two pixels are on in plane 0, and agree in all.

    Parameters
    ----------
    words : ndarray of uint64, shape (groups, wide words, planes, 4, lanes)
    scale, start, first, sums
        As for `add_both`.
    """
    flat, (_, wides, planes, _, _) = words.reshape(-1), words.shape
    length, step = wides * planes * _SPAN, planes * _SPAN
    for j in range(0, sums.shape[1], SIDE):
        y = (first + j) // SIDE * length
        for i in range(0, sums.shape[0], SIDE):
            x = (start + i) // SIDE * length
            n0, n1, n2, n3 = _zeros(), _zeros(), _zeros(), _zeros()
            for word in range(0, length, step):
                a, b = _four(flat, x + word), _four(flat, y + word)
                e0, e1, e2, e3 = (
                    _both(a[0], b),
                    _both(a[1], b),
                    _both(a[2], b),
                    _both(a[3], b),
                )
                for at in range(word + _SPAN, word + step, _SPAN):
                    a, b = _four(flat, x + at), _four(flat, y + at)
                    e0, e1 = _still(e0, a[0], b), _still(e1, a[1], b)
                    e2, e3 = _still(e2, a[2], b), _still(e3, a[3], b)
                n0, n1 = _count(n0, e0), _count(n1, e1)
                n2, n3 = _count(n2, e2), _count(n3, e3)
            _add_row(sums, i, j, scale, n0)
            _add_row(sums, i + 1, j, scale, n1)
            _add_row(sums, i + 2, j, scale, n2)
            _add_row(sums, i + 3, j, scale, n3)


@kernel
def add_products(words, scale, start, first, sums):
    """Add the products of the bytes of two pixels, as many as 2**20 images.

    Parameters
    ----------
    words : ndarray of uint64, shape (groups, wide words, 1, 4, lanes)
        Bytes of -128 to 127.
    scale, start, first, sums
        As for `add_both`.
    """
    flat, length = words.reshape(-1), words.shape[1] * _SPAN
    for j in range(0, sums.shape[1], SIDE):
        y = (first + j) // SIDE * length
        for i in range(0, sums.shape[0], SIDE):
            x = (start + i) // SIDE * length
            n0, n1, n2, n3 = _zeros(), _zeros(), _zeros(), _zeros()
            for at in range(0, length, _SPAN):
                a, b = _four(flat, x + at), _four(flat, y + at)
                n0, n1 = _multiply(n0, a[0], b), _multiply(n1, a[1], b)
                n2, n3 = _multiply(n2, a[2], b), _multiply(n3, a[3], b)
            _add_row(sums, i, j, scale, _pairs(n0))
            _add_row(sums, i + 1, j, scale, _pairs(n1))
            _add_row(sums, i + 2, j, scale, _pairs(n2))
            _add_row(sums, i + 3, j, scale, _pairs(n3))


@kernel
def add_outer(row, column, sums):
    """Add to sums over pairs what each pixel adds to its row, and to its column."""
    for i in range(sums.shape[0]):
        for j in range(sums.shape[1]):
            sums[i, j] += row[i] + column[j]


@numba.njit
def _zeros():
    zero = splat(numba.uint64(0))
    return zero, zero, zero, zero


@numba.njit
def _four(flat, at):
    return (
        load(flat, at),
        load(flat, at + wide.LANES),
        load(flat, at + 2 * wide.LANES),
        load(flat, at + 3 * wide.LANES),
    )


@numba.njit
def _both(a, b):
    return a & b[0], a & b[1], a & b[2], a & b[3]


@numba.njit
def _still(equal, a, b):
    """Keep the images in which pixels were equal so far and agree once more."""
    return (
        equal[0] & ~(a ^ b[0]),
        equal[1] & ~(a ^ b[1]),
        equal[2] & ~(a ^ b[2]),
        equal[3] & ~(a ^ b[3]),
    )


@numba.njit
def _count(counts, flags):
    return (
        counts[0] + popcount(flags[0]),
        counts[1] + popcount(flags[1]),
        counts[2] + popcount(flags[2]),
        counts[3] + popcount(flags[3]),
    )


@numba.njit
def _multiply(sums, a, b):
    return (
        dot(sums[0], a, b[0]),
        dot(sums[1], a, b[1]),
        dot(sums[2], a, b[2]),
        dot(sums[3], a, b[3]),
    )


@numba.njit
def _pairs(sums):
    return (
        add_pairs(sums[0]),
        add_pairs(sums[1]),
        add_pairs(sums[2]),
        add_pairs(sums[3]),
    )


@numba.njit
def _add_row(sums, i, j, scale, counts):
    if i < sums.shape[0]:
        sums[i, j] += scale * total(counts[0])
        if j + 1 < sums.shape[1]:
            sums[i, j + 1] += scale * total(counts[1])
        if j + 2 < sums.shape[1]:
            sums[i, j + 2] += scale * total(counts[2])
        if j + 3 < sums.shape[1]:
            sums[i, j + 3] += scale * total(counts[3])
