"""Spins and images to begin with."""

import re
from pathlib import Path

import numpy as np

from pixelwalk import images, sources
from pixelwalk.api import checks
from pixelwalk.api.checks import Rule, exactly, two, whole
from pixelwalk.compute import seeds
from pixelwalk.ising import sampling


def _is_path(value):
    known = isinstance(value, (str, Path))
    return known and not re.search(r"[\x00-\x1f\x7f]", str(value))


_PATH = Rule("a path without control characters", _is_path)

#: What each argument of `load_images` may be.
RULES = {
    "source": _PATH,  # or "digits"
    "labels": _PATH | checks.NONE,
    "part": exactly("train", "test"),
    "label": whole(0) | Rule("the name of a sub-folder, or 'any'", checks.TEXT.fits),
    "within": exactly("all") | two(0, what="two rising positions", rising=True),
    "count": whole(1) | exactly("all"),
    "choose": exactly("first", "random"),
    "size": exactly("as-is") | two(1, 256, what="rows and columns"),
    "fit": exactly("pad", "crop"),
    "grey": exactly("luma", "red", "green", "blue"),
    "scale": exactly("auto") | checks.POSITIVE,
    "invert": checks.SWITCH,
    "level": whole(0, 254, what="a grey value") | exactly("none"),
    "seed": checks.SEED,
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
    seed=0,
):
    """Draw independent configurations of the Ising model.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice.
    beta : float
        Inverse temperature; below 0, neighbours repel.
    count : int
        How many configurations, at least 0.
    boundary : {"free", "periodic", "helical"}
        How the edges of the lattice are joined, as for `lattice_graph`.
    lattice : {"rectangular", "triangular"}
        Whether a site has 4 neighbours or 6.
    edges : array_like of int, shape (m, 2), optional
        The bonds of any other graph of the sites, which are numbered row by row from 0;
        each once. Then boundary and lattice count for nothing.
    bonds : {"standard", "half"}
        How a bond counts.
    field : float
        External field, in units of a bond.
    method : {"auto", "exact", "gibbs", "swendsen-wang"}
        How they are drawn. ``exact``: coupling from the past. ``gibbs``: the heat bath.
        ``swendsen-wang``: clusters. ``auto``: exact where a pilot, the same for each
        seed, ends within the budget and 2**24 updates; else by clusters, or by the heat
        bath where beta is negative, and a warning in the log says so.
    budget : int
        Sweeps that ``exact`` and ``auto`` may go back into the past, at least 1.
    sweeps : int
        Sweeps of burn-in, where they are not exact, at least 0.
    seed : int
        0 to 2**32 - 1; equal seeds give equal configurations.

    Returns
    -------
    ndarray of int8, shape (count, rows, columns)
        Spins, -1 or +1.

    Raises
    ------
    ValueError
        If a value lies outside of its range, or no exact sample is to be had within the
        budget.

    Examples
    --------
    In a field this strong all spins point along it:

    >>> import pixelwalk
    >>> pixelwalk.sample_ising(2, 2, beta=1.0, count=1, field=100.0)
    array([[[1, 1],
            [1, 1]]], dtype=int8)
    """
    if edges is not None:
        edges = _pairs(edges)
    coupling = sampling.coupling(beta, bonds)
    model = sampling.Model(rows, columns, coupling, boundary, field, lattice, edges)
    how = {"method": method, "budget": budget, "sweeps": sweeps}
    how = sampling.method_and_sweeps(sampling.choose_method(how, model))
    packed, _ = sampling.sample(count, model, **how, seeds=seeds.seed_sequence(seed))
    return sampling.spins(packed)


def _pairs(edges):
    """Edges as tuples of whole numbers."""
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
    """Load images from files of one's own, or the digits of scikit-learn.

    Nothing is downloaded.

    Parameters
    ----------
    source : path-like or "digits"
        A folder of PNG, JPEG, TIFF, BMP, GIF and WebP files, in it or in its
        sub-folders, which are their labels; a folder with the four files of MNIST or of
        a set of its format; a `.npy`, `.npz` or `.h5` file of arrays; or an IDX file.
    labels : path-like, optional
        A `.npy` or IDX file with the labels of a file of arrays.
    part : {"train", "test"}
        Of MNIST and the digits.
    label : int, str or "any"
        The label to choose: the number that stands in the file, or the name of a
        sub-folder; ``any/`` is the sub-folder with that name.
    within : "all" or (int, int)
        Positions to choose from: the first, and the one after the last.
    count : int or "all"
        How many.
    choose : {"first", "random"}
        The first ones, or a choice without repetition.
    size : "as-is" or (int, int)
        Rows and columns to bring them to, by means over areas.
    fit : {"pad", "crop"}
        How an image of other proportions comes to the size: with black borders, or cut
        off on both sides.
    grey : {"luma", "red", "green", "blue"}
        How colours become grey.
    scale : "auto" or float
        The value that is white. By itself it is 255 and 65535 of unsigned 8 and 16
        bits; of other whole numbers the less of 255 and 65535, of fractions of 1 and
        255, that no value exceeds.
    invert : bool
        Put 255 - v in the place of v, before anything else.
    level : "none" or int
        In the end 255 where the value is above, else 0.
    seed : int
        Of a random choice.

    Returns
    -------
    images : ndarray of uint8, shape (count, rows, columns)
        Grey values, 0 to 255.
    labels : ndarray of int or str, shape (count,)
        Names where the sub-folders have some; 0 where no labels are known.

    Raises
    ------
    ValueError
        If a value or a file is not as it must be, images are of different sizes and
        get none, or there are fewer than `count`.
    OSError
        If a file cannot be opened.

    Examples
    --------
    >>> import pixelwalk
    >>> images, labels = pixelwalk.load_images("digits", label=5, count=40)
    >>> images.shape, labels[:3]
    ((40, 8, 8), array([5, 5, 5], dtype=uint8))
    """
    how = {"size": size, "fit": fit, "grey": grey, "invert": invert, "level": level}
    how |= {"scale": scale}
    settings = how | {"source": str(source), "part": part, "choose": choose}
    settings |= {"label": label, "within": within, "count": count}
    settings |= {"label": label if isinstance(label, str) else int(label)}
    settings |= {"range": within}
    settings |= {"size": size if isinstance(size, str) else [int(s) for s in size]}
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
    found = images.load(settings, sources.files_of(settings), stream=stream)
    names = np.array(found.label_names)
    return found.images, names[found.labels] if len(names) else found.labels
