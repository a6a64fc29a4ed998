"""Functions for notebooks: those of the workflow's stages, arrays in, arrays out."""

from pixelwalk import graph, pairs
from pixelwalk.api import checks, data, training
from pixelwalk.api.checks import checked, settings_of, whole
from pixelwalk.graph import exports, walk
from pixelwalk.ising import lattice

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

lattice_graph = checked(
    lattice.adjacency,
    rows=whole(1),
    columns=whole(1),
    boundary=checks.TEXT,
    kind=checks.TEXT,
)
mean_image = checked(pairs.mean_image, pixels=checks.PIXELS)
pair_weights = checked(
    pairs.pair_weights,
    pixels=checks.PIXELS,
    threads=whole(1) | checks.NONE,
    **settings_of("graph", "kind", "level", "centred", "square", "diagonal"),
)
sparsify = checked(graph.sparsify, weights=checks.MATRIX, cut=checks.TEXT)
transition_matrix = checked(walk.transition_matrix, weights=checks.MATRIX)
stationary_distribution = checked(
    walk.stationary_distribution,
    weights=checks.MATRIX,
    teleport=checks.NUMBER,
    tolerance=checks.POSITIVE,
)
_of_a_graph = {"adjacency": checks.MATRIX, "shape": checks.two(1)}
to_igraph = checked(exports.to_igraph, **_of_a_graph)
to_networkx = checked(exports.to_networkx, **_of_a_graph)
sample_ising = checked(
    data.sample_ising,
    lattice=checks.TEXT,
    seed=checks.SEED,
    **settings_of("ensemble", "rows", "columns", "boundary", "beta", "bonds", "field"),
    **settings_of("ensemble", "method", "budget", "sweeps", count="test"),
)
load_images = checked(data.load_images, **data.RULES)
train_autoencoder = checked(
    training.train_autoencoder,
    seed=checks.SEED,
    threads=whole(1),
    **settings_of("autoencoder", "hidden", "activation"),
    **settings_of("autoencoder", "optimizer", "learning_rate", "epochs", "batch"),
)
