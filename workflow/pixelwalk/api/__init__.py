"""Functions for notebooks: those of the workflow's stages, arrays in, arrays out."""

from pixelwalk.api.data import load_images, sample_ising
from pixelwalk.api.training import train_autoencoder
from pixelwalk.graph import sparsify
from pixelwalk.graph.exports import to_igraph, to_networkx
from pixelwalk.graph.walk import stationary_distribution, transition_matrix
from pixelwalk.ising.lattice import adjacency as lattice_graph
from pixelwalk.pairs import mean_image, pair_weights

__all__ = [
    "lattice_graph",
    "load_images",
    "mean_image",
    "pair_weights",
    "sample_ising",
    "sparsify",
    "stationary_distribution",
    "to_igraph",
    "to_networkx",
    "train_autoencoder",
    "transition_matrix",
]
