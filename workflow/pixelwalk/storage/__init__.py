"""The one place that knows how the results lie on the disk."""

from pixelwalk.storage.arrays import read_arrays
from pixelwalk.storage.edges import read_edges
from pixelwalk.storage.files import whole, write_text
from pixelwalk.storage.hdf5 import origin, read, read_pixels, write
from pixelwalk.storage.kinds import KINDS
from pixelwalk.storage.versions import versions
from pixelwalk.storage.words import describe_digit, describe_images

__all__ = [
    "KINDS",
    "describe_digit",
    "describe_images",
    "origin",
    "read",
    "read_arrays",
    "read_edges",
    "read_pixels",
    "versions",
    "whole",
    "write",
    "write_text",
]
