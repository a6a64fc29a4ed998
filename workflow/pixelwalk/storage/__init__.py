"""Reading and writing of all files of results."""

from pixelwalk.storage.arrays import extent, open_arrays
from pixelwalk.storage.edges import read_edges
from pixelwalk.storage.files import whole, write_text
from pixelwalk.storage.hdf5 import origin, read, read_pixels, read_request, write
from pixelwalk.storage.idx import open_idx, read_idx
from pixelwalk.storage.rows import BLOCK, Held
from pixelwalk.storage.versions import versions
from pixelwalk.storage.words import describe_digit, describe_images

__all__ = [
    "BLOCK",
    "Held",
    "describe_digit",
    "describe_images",
    "extent",
    "open_arrays",
    "open_idx",
    "origin",
    "read",
    "read_edges",
    "read_idx",
    "read_pixels",
    "read_request",
    "versions",
    "whole",
    "write",
    "write_text",
]
