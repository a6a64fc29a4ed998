"""Files of the study `lattice`."""

from pixelwalk.storage.kind import Array, Kind, dataset

#: Weights below this part of the largest count as removed, as in the paper's figure 5.
LEVEL = 0.1


class Recovery(Kind, kind="recovery", file="ising/<name>/recovery.h5"):
    """How well averaged pair weights find the edges of a lattice."""

    sizes: Array = dataset("samples", "(sizes,)", "samples that were averaged")
    precision: Array = dataset(
        "0 to 1", "(sizes,)", "area under the precision-recall curve"
    )
    error: Array = dataset(
        "0 to 1", "(sizes,)", "its standard error; nan for a single batch"
    )
    batches: Array = dataset("count", "(sizes,)", "disjoint batches behind the mean")
    off_lattice: Array = dataset(
        "fraction", "(sizes,)", "weight that joins no neighbours"
    )
    deviation: Array = dataset(
        "standard errors",
        "(sizes,)",
        "from the exact correlations, root mean square; nan if unknown",
    )
    exact_precision: float = dataset(
        "0 to 1", "()", "of the exact correlations; nan if unknown"
    )
    precision_by_batch: Array = dataset(
        "0 to 1",
        "(2, batches)",
        "precision at the largest size; second row: each site's spins permuted",
    )
    share_by_batch: Array = dataset(
        "fraction",
        "(2, batches)",
        f"pairs of at least {LEVEL:g} times the largest weight; rows as above",
    )
    lattice_distance_by_batch: Array = dataset(
        "relative",
        "(2, batches)",
        "distance from the adjacency matrix in its best scale; rows as above",
    )
    circulant_distance_by_batch: Array = dataset(
        "relative", "(2, batches)", "distance from circulant matrices; rows as above"
    )
    exact_share: float = dataset(
        "fraction", "()", "as share_by_batch, of exact weights; nan if unknown"
    )
    correlated_share: float = dataset(
        "fraction", "()", "as exact_share, of the correlations alone; nan if unknown"
    )
    exact_lattice_distance: float = dataset(
        "relative", "()", "of exact weights; nan if unknown"
    )
    exact_circulant_distance: float = dataset(
        "relative", "()", "of exact weights; nan if unknown"
    )


class Glauber(Kind, kind="glauber", file="ising/<name>/glauber.h5"):
    """Exact matrices of a small lattice with the ensemble's coupling and boundary."""

    shape: Array = dataset("sites", "(2,)", "rows and columns of the small lattice")
    updates: Array = dataset(
        "spins",
        "(S, S)",
        "best linear prediction of a spin by all, one heat-bath update ahead",
    )
    averaged: Array = dataset(
        "0 to 1", "(S, S)", "mean of (1 + s s') / 2: pair weights of endless samples"
    )
