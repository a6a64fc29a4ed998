"""Graphs of pixels: the heaviest pairs as edges, and the walk on them (section 11)."""

from pixelwalk.graph.cuts import least_at, parse_cut
from pixelwalk.graph.matrix import active_fraction, log_edges, sparsify

__all__ = [
    "active_fraction",
    "least_at",
    "log_edges",
    "parse_cut",
    "sparsify",
]
