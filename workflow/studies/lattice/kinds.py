"""Files of the study `lattice`."""

from pixelwalk.storage.kind import Array, Kind, dataset


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
