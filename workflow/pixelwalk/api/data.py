"""Spins and images to begin with."""

import numpy as np

from pixelwalk import images, ising, seeds, sources

# What a setting of images may be; the others are numbers.
_CHOICES = {
    "part": ("train", "test"),
    "choose": ("first", "random"),
    "fit": ("pad", "crop"),
    "grey": ("luma", "red", "green", "blue"),
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
    method="gibbs",
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
    method : {"gibbs", "exact", "swendsen-wang"}
        How they are drawn.
    sweeps : int
        Sweeps of burn-in; for ``exact``, the most to go back into the past.
    seed : int
        0 to 2**32 - 1; equal seeds give equal configurations.

    Returns
    -------
    ndarray of int8, shape (count, rows, columns)
        Spins, -1 or +1.

    Raises
    ------
    ValueError
        If a value lies outside of its range.

    Examples
    --------
    In a field this strong all spins point along it:

    >>> import pixelwalk
    >>> pixelwalk.sample_ising(2, 2, beta=1.0, count=1, field=100.0)
    array([[[1, 1],
            [1, 1]]], dtype=int8)
    """
    if edges is not None:
        edges = tuple(map(tuple, np.asarray(edges).reshape(-1, 2).tolist()))
    coupling = ising.coupling(beta, bonds)
    model = ising.Model(rows, columns, coupling, boundary, field, lattice, edges)
    packed, _ = ising.sample(
        count, model, method=method, sweeps=sweeps, seeds=seeds.seed_sequence(seed)
    )
    return ising.spins(packed)


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
    invert=False,
    level="none",
    seed=0,
):
    """Load images from files of one's own, or the digits of scikit-learn.

    Nothing is downloaded.

    Parameters
    ----------
    source : path-like or "digits"
        A folder of PNG, JPEG and TIFF files, in it or in its sub-folders, which are
        their labels; a folder with the four files of MNIST or of a set of its format; a
        `.npy`, `.npz` or `.h5` file of arrays; or an IDX file.
    labels : path-like, optional
        A `.npy` or IDX file with the labels of a file of arrays.
    part : {"train", "test"}
        Of MNIST and the digits.
    label : int, str or "any"
        The label to choose, or the name of a sub-folder.
    within : "all" or (int, int)
        Positions to choose from: the first, and the one after the last.
    count : int or "all"
        How many.
    choose : {"first", "random"}
        The first ones, or a choice without repetition.
    size : "as-is" or (int, int)
        Rows and columns to bring them to.
    fit : {"pad", "crop"}
        How an image of other proportions comes to the size: with black borders, or cut
        off on both sides.
    grey : {"luma", "red", "green", "blue"}
        How colours become grey.
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
    settings = how | {"source": str(source), "part": part, "choose": choose}
    settings["label"] = label if isinstance(label, str) else int(label)
    for key, allowed in _CHOICES.items():
        if settings[key] not in allowed:
            raise ValueError(f"{key} must be one of {allowed}, got {settings[key]!r}")
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
    found, numbers, names, _ = images.load(settings, sources.files_of(settings))
    chosen = images.select(
        numbers,
        label=settings["label"],
        count=count,
        choose=choose,
        stream=seeds.generator(seed, "images"),
        names=names,
        within=within,
    )
    known = np.array(names)[numbers] if names else numbers
    return found[chosen], known[chosen]
