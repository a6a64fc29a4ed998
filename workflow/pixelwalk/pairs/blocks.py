"""Blocks of images, packed for sums over images of functions of two pixels.

Every kind of weight reduces to one sum per pair: the number of images in which both
pixels are on, or in which they are equal, or the sum of products. The first two, and
products of two-valued pixels such as spins, are counted in bits; other products are
computed from bytes.
"""

from dataclasses import dataclass

import numpy as np

from pixelwalk.compute import bits, wide
from pixelwalk.compute.compiled import kernel
from pixelwalk.pairs import kernels
from pixelwalk.pairs.bytes import BYTES

#: Kinds of weight; `x` and `y` are the values of two pixels of an image.
KINDS = {
    "coactivation": "1 if x and y are both above the level",
    "same-state": "1 if x and y are both above the level, or both not",
    "opposite-state": "1 if one of x and y is above the level, and the other not",
    "same-value": "1 if x = y and both are above the level",
    "product": "x y",
    "correlation": "x y, less the product of the means if centred",
}

_PRODUCTS = ("product", "correlation")

# Images in a block, 4 KiB for each pixel: a bit or about a byte an image.
_OF_BITS = 2**15
_OF_BYTES = 2**12


@dataclass(frozen=True, eq=False)
class Block:
    """Images packed for one of the kernels that sum over pairs of pixels.

    Parameters
    ----------
    kernel : callable
        `kernels.add_both`, `add_equal` or `add_products`.
    words : ndarray of uint64
        Packed pixels, as the kernel expects them.
    count : int
        Number of images.
    singles : ndarray of int64, shape (pixels,)
        Sum over the images of each pixel.
    scale : int
        Factor of the kernel's sums.
    row, column : ndarray of int64, shape (pixels,), optional
        Terms that each pixel adds to all sums of its row and of its column.
    """

    kernel: object
    words: np.ndarray
    count: int
    singles: np.ndarray
    scale: int = 1
    row: np.ndarray | None = None
    column: np.ndarray | None = None

    def add(self, sums, start, first):
        """Add to `sums` in place; its first row and column are `start` and `first`."""
        self.kernel(self.words, self.scale, start, first, sums)
        if self.row is not None:
            kernels.add_outer(self.row[start:], self.column[first:], sums)


def blocks(pixels, kind, level):
    """Yield images in packed blocks.

    Parameters
    ----------
    pixels : ndarray of int, shape (images, ...), or bits.Packed
    kind : str
        One of `KINDS`.
    level : int

    Yields
    ------
    Block

    Raises
    ------
    ValueError
        As `pair_weights`.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {tuple(KINDS)}, got {kind!r}")
    if isinstance(pixels, bits.Packed):
        yield from _packed(pixels, kind, level)
        return
    flat = np.asarray(pixels).reshape(len(pixels), int(np.prod(pixels.shape[1:])))
    if not np.issubdtype(flat.dtype, np.integer):
        raise ValueError(f"pixels must be integers, got {flat.dtype}")
    if kind == "same-value":
        for part in _parts(flat, _OF_BYTES):
            yield _same_value(part, level)
    elif kind in _PRODUCTS:
        for part in _parts(flat, _OF_BITS):
            yield from _products(part)
    else:
        for part in _parts(flat, _OF_BITS):
            yield _of_states(_above(part, level), len(part), part.shape[1], kind)


def _packed(pixels, kind, level):
    if not -1 <= level < 1:
        raise ValueError(
            f"level must lie in [-1, 1) for packed pixels, which are spins, got {level}"
        )
    size = int(np.prod(pixels.shape[1:]))
    for start in range(0, pixels.count, _OF_BITS):
        part = pixels.words[..., start // 64 : (start + _OF_BITS) // 64]
        count = min(_OF_BITS, pixels.count - start)
        words = kernels.empty(size, -(-count // wide.BITS))
        kernels.put_packed(part.reshape(size, -1), words)
        if kind in _PRODUCTS:
            yield _of_values(words, count, size, -1, 1)
        else:
            yield _of_states(words, count, size, kind)


def _of_states(words, count, size, kind):
    often = _often(words, size)
    if kind == "same-state":
        # Number with both off: images - x - y + both on.
        row, column = -often, count - often
        return Block(kernels.add_both, words, count, often, 2, row, column)
    if kind == "opposite-state":
        # Number with exactly one on: x + y - 2 both on.
        return Block(kernels.add_both, words, count, often, -2, often, often)
    return Block(kernels.add_both, words, count, often)


def _of_values(words, count, size, low, high):
    """Return a block for products of pixels: `high` where a bit is on, else `low`."""
    often, step = _often(words, size), high - low
    # (low + step b) (low + step b'), b and b' the bits
    singles, row = count * low + step * often, low * step * often
    column = row + count * low**2
    return Block(kernels.add_both, words, count, singles, step**2, row, column)


def _products(flat):
    low, high = int(flat.min()), int(flat.max())
    if _only(flat, low, high):
        yield _of_values(_above(flat, low), len(flat), flat.shape[1], low, high)
        return
    if high - low > 255:
        raise ValueError(
            "values must lie at most 255 apart for their products, got "
            f"{low} to {high}; grey values are 0 to 255"
        )
    centre = low + 128
    for part in _parts(flat, _OF_BYTES):
        words = kernels.empty(part.shape[1], -(-len(part) // BYTES))
        kernels.put_values(part, centre, words.view(np.int8))
        singles = part.sum(axis=0, dtype=np.int64)
        # x y = (x - c) (y - c) + c x + c y - c c
        row = centre * singles
        column = row - len(part) * centre**2
        yield Block(kernels.add_products, words, len(part), singles, 1, row, column)


def _same_value(flat, level):
    """Return a block that compares values by those binary digits that vary."""
    low, high = (f.reduce(flat, axis=None) for f in (np.bitwise_and, np.bitwise_or))
    places = [p for p in range(8 * flat.itemsize) if int(low ^ high) >> p & 1]
    words = _above(flat, level, planes=1 + len(places))
    one = flat.dtype.type(1)
    for plane, place in enumerate(places, start=1):
        _put(words, plane, flat, lambda x, place=place: x >> place & one)
    return Block(kernels.add_equal, words, len(flat), _often(words, flat.shape[1]))


def _parts(flat, images):
    return (flat[start : start + images] for start in range(0, len(flat), images))


def _above(flat, level, planes=1):
    words = kernels.empty(flat.shape[1], -(-len(flat) // wide.BITS), planes)
    _put(words, 0, flat, lambda x: x > level)
    return words


def _put(words, plane, flat, test):
    for w, part in enumerate(_parts(flat, wide.BITS)):
        kernels.put_flags(test(part).astype(bool), w, plane, words)


def _often(words, size):
    """Return the number of images in which each pixel is on, from plane 0."""
    counts = np.bitwise_count(words[:, :, 0]).sum(axis=(1, 3), dtype=np.int64)
    return counts.reshape(-1)[:size]


@kernel
def _only(flat, low, high):
    """Return whether every value is one of two."""
    for image in range(flat.shape[0]):
        for pixel in range(flat.shape[1]):
            if flat[image, pixel] != low and flat[image, pixel] != high:
                return False
    return True
