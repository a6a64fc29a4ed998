"""MNIST and the sets of its format: the four files, their checksums, where they lie."""

import hashlib
import io
import re
from dataclasses import dataclass, field
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

# Of the four.
_BYTES = {
    "train-images-idx3-ubyte.gz": 9_912_422,
    "train-labels-idx1-ubyte.gz": 28_881,
    "t10k-images-idx3-ubyte.gz": 1_648_877,
    "t10k-labels-idx1-ubyte.gz": 4_542,
}

# Bytes that no file of the other sets has; the largest, of Fashion-MNIST, has 26.4e6.
_LARGEST = 30_000_000

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

# MD5, as the README of the set (Xiao, Rasul and Vollgraf 2017) gives them.
_FASHION = {
    "train-images-idx3-ubyte.gz": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
    "train-labels-idx1-ubyte.gz": "25c81989df183df01b3e8a0aad5dffbe",
    "t10k-images-idx3-ubyte.gz": "bef4ecab320f06d8554ea6380940ec79",
    "t10k-labels-idx1-ubyte.gz": "bb300cfdad3c16e7a12a480ee83cd310",
}

# MD5, as torchvision checks the files of the set (Clanuwat et al. 2018).
_KUZUSHIJI = {
    "train-images-idx3-ubyte.gz": "bdb82020997e1d708af4cf47b453dcf7",
    "train-labels-idx1-ubyte.gz": "e144d726b3acfaa3e44228e80efcd344",
    "t10k-images-idx3-ubyte.gz": "5c965bf0a639b31b8f53240b1b52f4d7",
    "t10k-labels-idx1-ubyte.gz": "7320c461ea6c1c855c0b718fb2a4b134",
}


@dataclass(frozen=True)
class Archive:
    """A set of images in four files with the names of MNIST's.

    Parameters
    ----------
    title : str
        What it is called.
    checksum : str
        Kind of the checksums that are published.
    files : dict
        The checksum of each file.
    sizes : dict, optional
        The bytes of each file that is downloaded, where they are known.
    """

    title: str
    checksum: str
    files: dict
    sizes: dict = field(default_factory=dict)

    def size(self, name):
        """Most bytes that the file of a name may have: what it has, where known."""
        return self.sizes.get(name, _LARGEST)


#: The sets that can be downloaded, by the name of the source.
ARCHIVES = {
    "mnist": Archive("MNIST", "SHA-256", MNIST | _UNZIPPED, _BYTES),
    "fashion-mnist": Archive("Fashion-MNIST", "MD5", _FASHION),
    "kmnist": Archive("KMNIST", "MD5", _KUZUSHIJI),
}

#: How the official files of a part begin.
PARTS = {"train": "train", "test": "t10k"}


def find_part(folder, part):
    """Paths of the images and the labels of one part in a local folder.

    Parameters
    ----------
    folder : path-like
        Holds the four official files, gzipped or not, also under the names that Kaggle
        gives them, such as ``train-images.idx3-ubyte``.
    part : {"train", "test"}
        Which part.

    Returns
    -------
    tuple of pathlib.Path
        Images, labels. A file that is not there is named as the official one is.
    """
    paths = []
    for kind, idx in (("images", "idx3-ubyte"), ("labels", "idx1-ubyte")):
        known = [
            Path(folder) / f"{PARTS[part]}-{kind}{mark}{idx}{packed}"
            for mark in ("-", ".")
            for packed in (".gz", "")
        ]
        paths.append(next((path for path in known if path.is_file()), known[0]))
    return tuple(paths)


def is_official(path, archive="mnist"):
    """Whether a file is the official one of its name.

    Parameters
    ----------
    path : path-like
        The file; of MNIST it may be unzipped, whose checksums are known too. Its name
        may be the one that Kaggle gives it.
    archive : str
        One of `ARCHIVES`.

    Returns
    -------
    bool
    """
    with Path(path).open("rb") as file:
        return _matches(file, Path(path).name, archive)


def holds_official(content, name, archive="mnist"):
    """Whether some bytes are those of the official file of a name.

    Parameters
    ----------
    content : bytes
        What would be in the file.
    name, archive : str
        As in `is_official`.

    Returns
    -------
    bool
    """
    return _matches(io.BytesIO(content), name, archive)


def without_password(address):
    """Hide the user and the password of an address, which nobody else may read.

    Parameters
    ----------
    address : str
        It need not be a valid one: what stands before the last "@" is hidden, but for
        the scheme, unless it is the path of a file.

    Returns
    -------
    str
        Such as ``https://***@example.org/mnist/``.
    """
    before, _, after = address.rpartition("@")
    if address.startswith("file:///") or ":" not in before:
        return address
    scheme, slashes, _ = before.partition("//")
    return f"{scheme if slashes else ''}{slashes}***@{after}"


def _matches(file, name, archive):
    known = ARCHIVES[archive]
    kind = known.checksum.replace("-", "").lower()
    name = re.sub(r"\.(?=idx[13]-ubyte)", "-", name)  # as Kaggle names them
    return hashlib.file_digest(file, kind).hexdigest() == known.files.get(name)
