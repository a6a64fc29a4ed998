"""Functions for notebooks that return spins and images."""

import re
from pathlib import Path

import numpy as np

from pixelwalk import images, sources
from pixelwalk.api.checks import NONE, SEED, Rule, settings_of
from pixelwalk.compute import seeds
from pixelwalk.config.settings import plain
from pixelwalk.ising import diagnostics, sampling


def _is_path(value):
    """Return whether a value is a path without control characters."""
    known = isinstance(value, (str, Path))
    return known and not re.search(r"[\x00-\x1f\x7f]", str(value))


def _is_range(value):
    """Return whether a value is "all" or two ascending positions."""
    return _SETTINGS["range"].fits(value) and (value == "all" or value[0] < value[1])


_PATH = Rule("a path without control characters", _is_path)

_SETTINGS = settings_of(
    "images",
    *("part", "label", "range", "count", "choose"),
    *("size", "fit", "grey", "scale", "invert", "level"),
)

#: Rules of the arguments of `load_images`.
RULES = {name: rule for name, rule in _SETTINGS.items() if name != "range"} | {
    "source": _PATH,  # or "digits"
    "labels": _PATH | NONE,
    "within": Rule("all, or two rising positions, as [0, 100]", _is_range),
    "seed": SEED,
}


def sample_ising(
    rows,
    columns,
    beta,
    count,
    *,
    boundary="free",
    lattice="rectangular",
    edges=None,
    bonds="standard",
    field=0.0,
    method="auto",
    budget=65536,
    sweeps=1000,
    seed=None,
):
    """Draw independent configurations of the Ising model.

    Chains that have not mixed are reported by a warning in the log: by R-hat, or by the
    mean energy where its exact value is known.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice, 1 to 1024.
    beta : float
        Inverse temperature, -1000 to 1000; antiferromagnetic below 0.
    count : int
        Number of configurations, at least 0.
    boundary : {"free", "periodic", "helical"}
        Boundary condition, as for `lattice_graph`.
    lattice : {"rectangular", "triangular"}
        Lattice of sites with 4 or with 6 neighbours.
    edges : array_like of int, shape (m, 2), optional
        Bonds of any other graph, each once, between sites numbered row by row from 0.
        Boundary and lattice are then ignored.
    bonds : {"standard", "half"}
        Weight of a bond in the energy: 1 or 1/2.
    field : float
        External field in units of a bond, -1000 to 1000.
    method : {"auto", "exact", "gibbs", "swendsen-wang"}
        Sampler. ``exact``: coupling from the past. ``gibbs``: the heat bath.
        ``swendsen-wang``: cluster updates. ``auto``: exact if a pilot run, the same for
        each seed, ends within the budget and 2**24 updates; else cluster updates, or
        for negative beta the heat bath, with a warning in the log.
    budget : int
        Largest number of sweeps into the past for ``exact`` and ``auto``, at least 1.
    sweeps : int
        Sweeps of burn-in of samplers that are not exact, at least 0.
    seed : int
        0 to 2**32 - 1. Equal seeds return equal configurations, so a test set needs
        another seed than its training set; there is no default.

    Returns
    -------
    ndarray of int8, shape (count, rows, columns)
        Spins, -1 or +1.

    Raises
    ------
    ValueError
        If a value is out of range, no seed is given, or the budget is too small for
        exact samples.

    Examples
    --------
    In a field this strong all spins point along it:

    >>> import pixelwalk
    >>> pixelwalk.sample_ising(2, 2, beta=1.0, count=1, field=100.0, seed=1)
    array([[[1, 1],
            [1, 1]]], dtype=int8)
    """
    if seed is None:
        raise ValueError(
            "seed must be given: a whole number, and another one for a test set than "
            "for its training set, or both hold the same samples"
        )
    how = {"method": method, "budget": budget, "sweeps": sweeps}
    if edges is not None:
        edges = _pairs(edges)
    coupling = sampling.coupling(beta, bonds)
    model = sampling.Model(rows, columns, coupling, boundary, field, lattice, edges)
    how = sampling.method_and_sweeps(sampling.choose_method(how, model))
    stream = seeds.seed_sequence(seed)
    packed, burned = sampling.sample(count, model, **how, seeds=stream)
    if how["method"] != "exact" and count:
        measured = diagnostics.per_site(packed, model)
        stream = seeds.seed_sequence(seed)
        diagnostics.diagnose(measured, burned, model, **how, seeds=stream)
    return sampling.spins(packed)


def _pairs(edges):
    """Convert edges to tuples of int; raise ValueError for other types and shapes."""
    array = np.asarray(edges)
    if array.ndim != 2 or array.shape[1] != 2 or array.dtype.kind not in "iu":
        raise ValueError(
            "edges must be an array of whole numbers of shape (m, 2), got "
            f"{array.dtype} of shape {array.shape}"
        )
    return tuple(map(tuple, array.tolist()))


def load_images(
    source,
    *,
    labels=None,
    part="train",
    label="any",
    within="all",
    count="all",
    choose="first",
    size="as-is",
    fit="pad",
    grey="luma",
    scale="auto",
    invert=False,
    level="none",
    seed=0,
):
    """Load images from the user's files, or the digits of scikit-learn.

    Nothing is downloaded.

    Parameters
    ----------
    source : path-like or "digits"
        A folder of PNG, JPEG, TIFF, BMP, GIF and WebP files, also in sub-folders, whose
        names are then the labels; a folder with the four files of MNIST or of a set in
        its format; a `.npy`, `.npz` or `.h5` file of arrays; or an IDX file.
    labels : path-like, optional
        A `.npy` or IDX file with the labels of a file of arrays.
    part : {"train", "test"}
        Part of MNIST or of the digits.
    label : int, str or "any"
        Label to select: a number of at least 0 in the file, or a sub-folder's name;
        ``any/`` is the sub-folder with that name.
    within : "all" or (int, int)
        Positions to select from: the first, and the one after the last.
    count : int or "all"
        Number of images, at least 1.
    choose : {"first", "random"}
        Selection: the first images, or random ones without repetition.
    size : "as-is" or (int, int)
        Rows and columns, 1 to 256, to which images are resampled by area averaging.
    fit : {"pad", "crop"}
        Treatment of another aspect ratio: black borders, or both sides cropped.
    grey : {"luma", "red", "green", "blue"}
        Conversion of colours to grey.
    scale : "auto" or float
        Value of white, above 0 and at most 1e30. ``auto``: 255 and 65535 for unsigned 8
        and 16 bits; for other integers 255 or 65535, and for fractions 1 or 255: the
        smallest that no value exceeds.
    invert : bool
        Replace v by 255 - v, before any other step.
    level : "none" or int
        Threshold, 0 to 254, applied last: values above it become 255, others 0.
    seed : int
        Seed of a random selection.

    Returns
    -------
    images : ndarray of uint8, shape (count, rows, columns)
        Grey values, 0 to 255.
    labels : ndarray of int or str, shape (count,)
        Names of sub-folders if there are any; 0 if no labels are known.

    Raises
    ------
    ValueError
        If an argument or a file is invalid, images differ in size and `size` is
        ``as-is``, or fewer than `count` images match.
    OSError
        If a file cannot be opened.

    Examples
    --------
    >>> import pixelwalk
    >>> images, labels = pixelwalk.load_images("digits", label=5, count=40)
    >>> images.shape, labels[:3]
    ((40, 8, 8), array([5, 5, 5], dtype=uint8))
    """
    choice = {"part": part, "label": label, "range": within, "count": count}
    shape = {"choose": choose, "size": size, "fit": fit}
    values = {"grey": grey, "scale": scale, "invert": invert, "level": level}
    settings = {name: plain(v) for name, v in (choice | shape | values).items()}
    settings["source"] = str(source)
    if labels is not None:
        settings["labels"] = str(labels)
    if settings["source"] in sources.ARCHIVES:
        files = sources.files_of(settings)
        raise ValueError(
            f"source: expected a folder with the files of {source}, as nothing is "
            f"downloaded here, got its name; `snakemake --cores 1 {files['images']} "
            f"{files['labels']}` fetches them, then the source is 'results/{source}'"
        )
    sources.check_entry("load_images", settings)
    stream = seeds.generator(seed, "images")
    loaded = images.load(settings, sources.files_of(settings), stream=stream)
    names = np.array(loaded.label_names)
    return loaded.images, names[loaded.labels] if len(names) else loaded.labels
