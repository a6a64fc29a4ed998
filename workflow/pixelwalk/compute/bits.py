"""Binary images, packed to one bit per pixel."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Packed:
    """Images whose pixels are on or off.

    Each row of words holds one pixel of all images, so that one operation compares two
    pixels in 64 images.

    Parameters
    ----------
    words : ndarray of uint64, shape (rows, columns, ceil(count / 64))
        Bit j (from the least significant) of word w is the pixel in image 64 w + j;
        bits past the last image are 0.
    count : int
        Number of images.
    """

    words: np.ndarray
    count: int

    def __post_init__(self):
        """Raise ValueError if the words have another type or shape than required."""
        needed = -(-self.count // 64)
        if self.words.dtype != np.uint64 or self.words.shape[2:] != (needed,):
            raise ValueError(
                f"{self.count} packed images need words of uint64, shape (rows, "
                f"columns, {needed}), got {self.words.dtype}, {self.words.shape}"
            )

    def __len__(self):
        """Return the number of images."""
        return self.count

    @property
    def shape(self):
        """Number of images, rows and columns."""
        return (self.count, *self.words.shape[:2])

    def part(self, start, stop):
        """Return images ``start:stop``; a view where they fill whole words."""
        count = max(0, min(stop, self.count) - start)
        first, shift = divmod(start, 64)
        words = self.words[..., first : first + -(-(count + shift) // 64)]
        needed = -(-count // 64)
        if not (shift or count % 64):
            return Packed(words, count)
        shifted = words[..., :needed] >> np.uint64(shift)
        if shift:
            following = words[..., 1 : needed + 1] << np.uint64(64 - shift)
            shifted[..., : following.shape[-1]] |= following
        return Packed(_clear_padding(shifted, count), count)

    def unpack(self):
        """Return the pixels: ndarray of bool, shape (count, rows, columns)."""
        bytes_ = self.words.astype("<u8", copy=False).view(np.uint8)
        flags = np.unpackbits(bytes_, axis=-1, count=self.count, bitorder="little")
        return np.ascontiguousarray(np.moveaxis(flags, -1, 0)).view(bool)

    def on_counts(self):
        """Return how many images have each pixel on: int64, shape (rows, columns)."""
        return np.bitwise_count(self.words).sum(axis=-1, dtype=np.int64)


def concatenate(parts):
    """Concatenate packed images.

    Parameters
    ----------
    parts : sequence of Packed
        At least one, all of the same rows and columns. Each but the last non-empty one
        must hold a multiple of 64 images.

    Returns
    -------
    Packed

    Raises
    ------
    ValueError
        If another part holds no multiple of 64 images.
    """
    nonempty = [part for part in parts if len(part)] or parts[:1]
    for part in nonempty[:-1]:
        if len(part) % 64:
            raise ValueError(
                f"expected parts of whole words, 64 images each, got {len(part)}"
            )
    words = np.concatenate([part.words for part in nonempty], axis=-1)
    return Packed(words, sum(map(len, nonempty)))


def pack(flags):
    """Pack binary images to one bit per pixel.

    Parameters
    ----------
    flags : ndarray of bool, shape (n, rows, columns)
        Whether each pixel is on.

    Returns
    -------
    Packed
    """
    bytes_ = np.packbits(np.moveaxis(flags, 0, -1), axis=-1, bitorder="little")
    missing = -bytes_.shape[-1] % 8
    bytes_ = np.ascontiguousarray(np.pad(bytes_, [(0, 0), (0, 0), (0, missing)]))
    return Packed(bytes_.view("<u8").astype(np.uint64, copy=False), len(flags))


def _clear_padding(words, count):
    """Clear, in place, the bits past the last image."""
    if count % 64:
        words[..., -1] &= np.uint64(2 ** (count % 64) - 1)
    return words
