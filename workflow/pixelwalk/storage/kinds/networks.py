"""Files of autoencoders."""

from pixelwalk.storage.kind import Array, Kind, dataset


class History(Kind, kind="history", file="autoencoders/<name>/history.h5"):
    """Losses of an autoencoder by epoch."""

    loss: Array = dataset(
        "nat per pixel", "(epochs,)", "binary cross-entropy, training"
    )
    val_loss: Array = dataset(
        "nat per pixel", "(epochs,)", "binary cross-entropy, held out"
    )


class Reconstructions(
    Kind, kind="reconstructions", file="autoencoders/<name>/reconstructions.h5"
):
    """Held-out images, what an autoencoder returns, and its receptive fields."""

    originals: Array = dataset("0 to 1", "(n, rows, columns)", "held-out images")
    reconstructions: Array = dataset("0 to 1", "(n, rows, columns)", "what came back")
    fields: Array = dataset("weight", "(hidden, rows, columns)", "receptive fields")
