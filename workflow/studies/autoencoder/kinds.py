"""Files of the study `autoencoder`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Locality(Kind, kind="locality", file="autoencoders/<name>/locality.h5"):
    """How local the receptive fields of an autoencoder are."""

    spreads: Array = dataset(
        "lattice spacing", "(hidden,)", "spread of each receptive field"
    )
    null_spread: Array = dataset(
        "lattice spacing", "(permutations,)", "mean, pixels permuted"
    )
    p_spread: float = dataset("probability", "()", "of a null as small as the mean")
    clustering: Array = dataset(
        "correlation", "(hidden,)", "Moran's I of each receptive field"
    )
    null_clustering: Array = dataset(
        "correlation", "(permutations,)", "mean, pixels permuted"
    )
    p_clustering: float = dataset("probability", "()", "of a null as large as the mean")
