"""Learn the graph behind a set of images, walk on it, and measure its sparsity.

`compute`, `jobs`, `config`, `sources` and `storage` serve all other rooms. These, in
the order in which data passes them: `images`, `matrices`, `ising`; `pairs`; `graph`;
`networks`; `figures`, `ledger`; `pages`; `api`. A room imports only earlier ones.

Notebooks call the functions in `__all__`: arrays in, arrays out. Each is imported when
it is first used, so that ``import pixelwalk`` stays fast.
"""

import importlib

from pixelwalk.jobs import surroundings

__version__ = "0.1.0"

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


def __getattr__(name):
    """Return a function for notebooks, imported at its first use."""
    if name not in __all__:
        raise AttributeError(f"module 'pixelwalk' has no attribute {name!r}")
    return getattr(importlib.import_module("pixelwalk.api"), name)


def __dir__():
    """List all names, including functions not imported yet."""
    return sorted({*globals(), *__all__})


surroundings.isolate()
