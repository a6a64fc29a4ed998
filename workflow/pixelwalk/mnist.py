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

# The same when unzipped.
_UNZIPPED = {
    "train-images-idx3-ubyte": (
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
    ),
    "train-labels-idx1-ubyte": (
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
    ),
    "t10k-images-idx3-ubyte": (
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
    ),
    "t10k-labels-idx1-ubyte": (
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
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


def check_folders(images):
    """Check that the local folders of image sets hold their files.

    Parameters
    ----------
    images : dict
        The settings of each set, by its name.

    Raises
    ------
    ValueError
        The set, and the file that is not there.
    """
    for name, entry in images.items():
        if "/" not in entry["source"]:
            continue
        expected = f"images.{name}.source: expected a folder with the MNIST files"
        try:
            paths = find_part(entry["source"], entry["part"])
            missing = [path.name for path in paths if not path.is_file()]
        except OSError as error:  # such as a name that is too long
            raise ValueError(f"{expected}: {error.strerror}") from None
        if missing:
            raise ValueError(
                f"{expected}, got '{entry['source']}', where {missing[0]} is not"
            )


def is_official(path):
    """Whether a file is the official MNIST file of its name, gzipped or not."""
    with Path(path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return digest == (MNIST | _UNZIPPED).get(Path(path).name)
