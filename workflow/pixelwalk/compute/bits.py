"""Images of two values, packed to a bit a pixel."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Packed:
    """Images whose pixels are on or off.

    A row of words holds one pixel of all images, so that two pixels are compared in 64
    images at once.

    Parameters
    ----------
    words : ndarray of uint64, shape (rows, columns, ceil(count / 64))
        Bit j (from the least significant) of word w is the pixel in image 64 w + j;
        bits past the last image are 0.
    count : int
        How many images.
    """

    words: np.ndarray
    count: int

    def __post_init__(self):
        """Refuse words of another type or number than the images need."""
        needed = -(-self.count // 64)
        if self.words.dtype != np.uint64 or self.words.shape[2:] != (needed,):
            raise ValueError(
                f"{self.count} packed images need words of uint64, shape (rows, "
                f"columns, {needed}), got {self.words.dtype}, {self.words.shape}"
            )

    def __len__(self):
        """Count the images."""
        return self.count

    @property
    def shape(self):
        """Number of images, rows and columns."""
        return (self.count, *self.words.shape[:2])

    def part(self, start, stop):
        """Images from `start` to before `stop`; of whole words, a view of these."""
        count = max(0, min(stop, self.count) - start)
        first, shift = divmod(start, 64)
        words = self.words[..., first : first + -(-(count + shift) // 64)]
        needed = -(-count // 64)
        if not (shift or count % 64):
            return Packed(words, count)
        moved = words[..., :needed] >> np.uint64(shift)
        if shift:
            after = words[..., 1 : needed + 1] << np.uint64(64 - shift)
            moved[..., : after.shape[-1]] |= after
        return Packed(_cleared(moved, count), count)

    def unpack(self):
        """Pixels as ndarray of bool, shape (count, rows, columns)."""
        bytes_ = self.words.astype("<u8", copy=False).view(np.uint8)
        flags = np.unpackbits(bytes_, axis=-1, count=self.count, bitorder="little")
        return np.ascontiguousarray(np.moveaxis(flags, -1, 0)).view(bool)

    def often(self):
        """Count the images in which each pixel is on: int64, shape (rows, columns)."""
        return np.bitwise_count(self.words).sum(axis=-1, dtype=np.int64)


def joined(parts):
    """Put packed images one after the other.

    Parameters
    ----------
    parts : sequence of Packed
        At least one; all of one size, and whole words of images but for the last that
        is not empty.

    Returns
    -------
    Packed

    Raises
    ------
    ValueError
        If a part that images follow ends within a word.
    """
    filled = [part for part in parts if len(part)] or parts[:1]
    for part in filled[:-1]:
        if len(part) % 64:
            raise ValueError(
                f"expected parts of whole words, 64 images each, got {len(part)}"
            )
    words = np.concatenate([part.words for part in filled], axis=-1)
    return Packed(words, sum(map(len, filled)))


def pack(flags):
    """Pack images.

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


def _cleared(words, count):
    """Clear, in place, the bits past the last image."""
    if count % 64:
        words[..., -1] &= np.uint64(2 ** (count % 64) - 1)
    return words
