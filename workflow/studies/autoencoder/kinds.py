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


class Replicas(Kind, kind="replicas", file="ising/<name>/replicas.h5"):
    """Autoencoders, each trained on a part of its own of an ensemble."""

    loss: Array = dataset(
        "nat per pixel", "(replicas, epochs)", "binary cross-entropy, training"
    )
    val_loss: Array = dataset(
        "nat per pixel", "(replicas, epochs)", "binary cross-entropy, held out"
    )
    encoder: Array = dataset(
        "weight", "(replicas, pixels, hidden)", "from pixels to hidden neurons"
    )
    bias: Array = dataset("weight", "(replicas, hidden)", "biases of hidden neurons")
    decoder: Array = dataset(
        "weight", "(replicas, hidden, pixels)", "from hidden neurons to pixels"
    )
    decoder_bias: Array = dataset("weight", "(replicas, pixels)", "biases of pixels")
    untrained: Array = dataset(
        "weight", "(replicas, pixels, hidden)", "the encoder before training, no biases"
    )


class Learned(Kind, kind="learned", file="ising/<name>/learned.h5"):
    """What the autoencoders of an ensemble learned, each by held-out samples."""

    network: Array = dataset(
        "share", "(replicas,)", "pixels that the network gives back"
    )
    constant: Array = dataset("share", "(replicas,)", "the same, best constant image")
    neighbours: Array = dataset(
        "share", "(replicas,)", "the same, majority of a pixel's neighbours"
    )
    components: Array = dataset(
        "share", "(replicas,)", "the same, as many principal components as neurons"
    )
    reference: Array = dataset(
        "share", "(replicas,)", "the same, network trained at infinite temperature"
    )
    spread: Array = dataset(
        "lattice spacing", "(replicas,)", "mean spread of the receptive fields"
    )
    permuted_spread: Array = dataset(
        "lattice spacing", "(replicas,)", "mean over permutations of the pixels"
    )
    clustering: Array = dataset(
        "correlation", "(replicas,)", "mean Moran's I of the receptive fields"
    )
    permuted_clustering: Array = dataset(
        "correlation", "(replicas,)", "mean over permutations of the pixels"
    )
    likeness: Array = dataset(
        "correlation", "(replicas,)", "of a field with the most similar shifted other"
    )
    permuted_likeness: Array = dataset(
        "correlation", "(replicas,)", "mean over permutations of the pixels"
    )
    blocks: Array = dataset(
        "R squared", "(replicas,)", "of block spins regressed on hidden neurons"
    )
    untrained_blocks: Array = dataset(
        "R squared", "(replicas,)", "the same, neurons before training"
    )
    scattered_blocks: Array = dataset(
        "R squared", "(replicas,)", "the same, groups of four random pixels as blocks"
    )
