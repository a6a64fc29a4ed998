"""Learn the graph behind a set of images, walk on it, and measure how sparse it is.

The rooms, in the order in which data passes them: `lattice`, `ising`, `images`;
`pairs`; `graph`; `walk`; `networks`; `claims`, `figures`, `explorer`, `exports`;
`summary`; `api`. An import goes to the left, never to the right. `settings`, `seeds`,
`stages`, `storage` and the other single modules serve them all.

For notebooks the names in `__all__` are to be had from here: arrays in, arrays out.
They are imported when they are first asked for, so that nothing waits for them.
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
    """Import one of the names for notebooks."""
    if name not in __all__:
        raise AttributeError(f"module 'pixelwalk' has no attribute {name!r}")
    return getattr(importlib.import_module("pixelwalk.api"), name)


def __dir__():
    """Name what there is, imported or not."""
    return sorted({*globals(), *__all__})


surroundings.isolate()
