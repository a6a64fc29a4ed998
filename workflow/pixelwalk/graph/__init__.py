"""Sparsify: keep the heaviest pairs of pixels as a graph (section 11)."""

from pixelwalk.graph.cuts import least_at, parse_cut
from pixelwalk.graph.entries import active_fraction
from pixelwalk.graph.matrix import sparsify
from pixelwalk.graph.strips import MOST_ENTRIES, sparsify_strips

__all__ = [
    "MOST_ENTRIES",
    "active_fraction",
    "least_at",
    "parse_cut",
    "sparsify",
    "sparsify_strips",
]
