"""Files of the study `transitions`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Transition(Kind, kind="transition", file="graphs/<name>/transition.h5"):
    """Correlations of a periodic lattice by distance and by cut."""

    field: Array = dataset(
        "correlation", "(rows, columns)", "of a site with those around it"
    )
    correlation: Array = dataset(
        "correlation", "(distances,)", "of sites 0, 1, ... apart"
    )
    levels: Array = dataset(
        "share of the largest", "(levels,)", "at which weights are cut"
    )
    active: Array = dataset("fraction of N x N", "(levels,)", "entries that stay")
    precision: float = dataset("0 to 1", "()", "area under the precision-recall curve")
