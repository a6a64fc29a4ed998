"""The four official MNIST files: their names, their checksums, where they lie."""

import hashlib
from pathlib import Path

#: The four official files (Y. LeCun, C. Cortes, C. Burges) and their SHA-256.
MNIST = {
    "train-images-idx3-ubyte.gz": (
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"
    ),
    "train-labels-idx1-ubyte.gz": (
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"
    ),
    "t10k-images-idx3-ubyte.gz": (
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"
    ),
    "t10k-labels-idx1-ubyte.gz": (
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"
    ),
}

#: How the official files of a part begin.
PARTS = {"train": "train", "test": "t10k"}


def find_part(folder, part):
    """Paths of the images and the labels of one part in a local folder.

    Parameters
    ----------
    folder : path-like
        Holds the four official files, gzipped or not.
    part : {"train", "test"}
        Which part.

    Returns
    -------
    tuple of pathlib.Path
        Images, labels. A file that is not there is named as the official one is.
    """
    paths = []
    for kind in ("images-idx3-ubyte", "labels-idx1-ubyte"):
        plain = Path(folder) / f"{PARTS[part]}-{kind}"
        zipped = plain.with_name(plain.name + ".gz")
        paths.append(plain if plain.exists() and not zipped.exists() else zipped)
    return tuple(paths)


def is_official(path):
    """Whether a file is, byte for byte, the official MNIST file of its name."""
    with Path(path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return digest == MNIST.get(Path(path).name)
