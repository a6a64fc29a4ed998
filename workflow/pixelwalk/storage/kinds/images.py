"""Files of image sets."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Images(Kind, kind="images", file="images/<name>/images.h5"):
    """Images and what they show."""

    images: Array = dataset("grey value, 0 to 255", "(n, rows, columns)", "the images")
    labels: Array = dataset("number", "(n,)", "what each image shows")
    label_names: Array = dataset(
        "name", "(labels,)", "of the labels; empty if just numbers"
    )
    positions: Array = dataset("index", "(n,)", "where each stood in its part")
