"""The one place that knows how the HDF5 files are laid out.

A file holds numbered arrays under names, and says in its attributes how it was made:
`kind`, `layout`, `settings` (JSON), `source` (JSON: the attributes of what it was made
from), `seed` (JSON), and `versions` (JSON). It also says whose it is: `place`, its path
below `results/`, and `asked` (JSON), what its rule was asked for, with a stamp of both
in front of it. There is no clock time in it, so that equal inputs give equal bytes.
"""

import importlib.metadata
import json
import platform
from pathlib import Path
from typing import TypeVar

import h5py
import numpy as np
from scipy import sparse

import pixelwalk
from pixelwalk.compute import bits
from pixelwalk.compute.shards import bounds
from pixelwalk.jobs import faults, stamps
from pixelwalk.sources import folders
from pixelwalk.storage import disk
from pixelwalk.storage.files import whole
from pixelwalk.storage.kind import Kind, mismatches

LAYOUT = 3

K = TypeVar("K", bound=Kind)


def write(path, content, *, settings, source=None, seed=None, libraries=()):
    """Write a file of one kind, whole or not at all.

    Parameters
    ----------
    path : path-like
        Where to. The folder is made.
    content : Kind
        Its datasets: arrays, scalars, scipy.sparse.csr_array, bits.Packed or list of
        str.
    settings : mapping
        The settings that made it, as plain JSON types.
    source : dict, optional
        `read(...).attributes` of what it was made from.
    seed : int, optional
        The seed of the run, where randomness was used.
    libraries : sequence of str
        Distributions that computed it, besides numpy; their versions are noted.

    Raises
    ------
    TypeError
        If the shape of a dataset is not that of its kind.
    """
    if lines := list(mismatches(content)):
        raise TypeError(f"a file of kind '{content.kind}': {'; '.join(lines)}")
    versions = {n: importlib.metadata.version(n) for n in ("numpy", "h5py", *libraries)}
    versions |= {
        "pixelwalk": pixelwalk.__version__,
        "python": platform.python_version(),
    }
    place, asked = stamps.place_of(path), stamps.current()
    stamp = stamps.block(stamps.stamp(place, asked))
    with whole(path) as unfinished, disk.create(unfinished, stamp) as file:
        _tell(file, "kind", content.kind)
        _tell(file, "place", place)
        file.attrs["layout"] = LAYOUT
        for attribute, value in (
            ("settings", settings),
            ("source", source),
            ("seed", seed),
            ("versions", versions),
            ("asked", asked),
        ):
            _tell(file, attribute, json.dumps(value, sort_keys=True))
        for name, unit, _, meaning in content.datasets():
            item = _put(file, name, getattr(content, name))
            _tell(item, "unit", unit)
            _tell(item, "meaning", meaning)


def read(path, kind: type[K]) -> K:
    """Read a file that `write` wrote.

    Parameters
    ----------
    path : path-like
        The file.
    kind : subclass of Kind
        The kind that it must be.

    Returns
    -------
    instance of `kind`
        Its datasets (a sparse one as scipy.sparse.csr_array, a packed one as
        bits.Packed, text as list of str, a scalar as a number), with `path` and
        `attributes`.

    Raises
    ------
    faults.Broken
        If the file is cut off, changed, of another kind or layout, or another's: it
        lies in a folder `results` where another file belongs.
    OSError
        If it is missing or cannot be read.
    """
    arrays, attributes = _read(path, kind.kind, [d.name for d in kind.datasets()], _get)
    content = kind(**arrays)
    content.path, content.attributes = str(path), attributes
    return content


def _read(path, kind, names, get):
    """Read some of the datasets of a file, each by a function, and its attributes."""
    with disk.understood(path), h5py.File(path, "r") as file:
        attributes = {
            "kind": _text(file.attrs.get("kind", b"none")),
            "layout": int(file.attrs.get("layout", 0)),
        }
        if (attributes["kind"], attributes["layout"]) != (kind, LAYOUT):
            raise faults.Broken(
                path,
                f"expected a file of kind '{kind}', layout {LAYOUT}, got "
                f"'{attributes['kind']}', layout {attributes['layout']}",
            )
        place, _ = _whose(path, file)
        if not stamps.lies_at(path, place):
            raise faults.Broken(
                path, f"expected the file of this name, got that of results/{place}"
            )
        for name in ("settings", "source", "seed", "versions"):
            attributes[name] = json.loads(file.attrs[name])
        arrays = {name: get(file[name]) for name in names}
    return arrays, attributes


def asked(path):
    """Read whose a file is, and what its rule was asked for when it was made.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    place : str
        Where it belongs, below `results/`.
    asked : dict or None
        As `stamps.asked_of` gives it.

    Raises
    ------
    faults.Broken
        If the file is cut off, changed or of another layout.
    OSError
        If it is missing or cannot be read.
    """
    with disk.understood(path), h5py.File(path, "r") as file:
        return _whose(path, file)


def _whose(path, file):
    place, asked = _text(file.attrs["place"]), json.loads(file.attrs["asked"])
    if stamps.read(path) != stamps.stamp(place, asked):
        raise ValueError("its stamp is not that of its settings")
    return place, asked


def read_pixels(path, part="training", *, shard=1, shards=1, label="any"):
    """Read the images of a file of samples or of images, or some of them.

    Parameters
    ----------
    path : path-like
        A file of kind `samples` or `images`.
    part : {"training", "test"}
        Which part of the samples; a file of images has only one.
    shard, shards : int
        Read only this shard of them, of so many.
    label : int or "any"
        Of a whole file of images, read only those of this label.

    Returns
    -------
    pixels : bits.Packed (spins) or ndarray of uint8 (grey), shape (n, rows, columns)
    attributes : dict
        How the file was made.

    Raises
    ------
    faults.Broken, OSError
        As `read` does.
    ValueError
        If there are no images of the label.
    """
    kind = "samples" if Path(path).stem == "samples" else "images"
    name = part if kind == "samples" else "images"
    arrays, attributes = _read(
        path, kind, [name], lambda item: _get_shard(item, shard, shards)
    )
    pixels = arrays[name]
    if label != "any":
        of, _ = _read(path, kind, ["labels", "label_names"], _get)
        pixels = pixels[folders.has_label(of["labels"], label, of["label_names"])]
        if not len(pixels):
            raise ValueError(f"{path}: expected images of {label}, found none")
    return pixels, attributes


def origin(attributes):
    """Follow the sources of a file to the first: the samples or images it began with.

    Parameters
    ----------
    attributes : dict
        As `read` gives them.

    Returns
    -------
    dict
        The attributes of the first file.
    """
    while attributes["source"] is not None:
        attributes = attributes["source"]
    return attributes


def _tell(item, name, text):
    # Of fixed length: only so does it lie where HDF5 keeps a checksum.
    item.attrs[name] = np.bytes_(text.encode())


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def _put(file, name, value):
    if sparse.issparse(value):
        timeless = h5py.h5p.create(h5py.h5p.GROUP_CREATE)
        timeless.set_obj_track_times(False)
        group = h5py.Group(h5py.h5g.create(file.id, name.encode(), gcpl=timeless))
        value = value.tocsr()
        group.attrs["shape"] = value.shape
        for part in ("data", "indices", "indptr"):
            _put(group, part, getattr(value, part))
        return group
    if isinstance(value, bits.Packed):
        words = _put(file, name, value.words)
        words.attrs["count"] = value.count
        return words
    if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
        value = np.char.encode(np.array(value, str), "utf-8")
    value = np.asarray(value)
    if value.ndim == 0:
        return _put_scalar(file, name, value)
    packed = {"compression": "gzip", "compression_opts": 4, "shuffle": True}
    packed["fletcher32"] = True  # for what is not worth packing is stored as it is
    return file.create_dataset(
        name, data=value, track_times=False, **(packed if value.size else {})
    )


def _put_scalar(file, name, value):
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)  # in the header, which has a checksum
    compact.set_obj_track_times(False)
    kind, space = h5py.h5t.py_create(value.dtype), h5py.h5s.create(h5py.h5s.SCALAR)
    item = h5py.h5d.create(file.id, name.encode(), kind, space, compact)
    item.write(h5py.h5s.ALL, h5py.h5s.ALL, value)
    return h5py.Dataset(item)


def _get(item):
    if isinstance(item, h5py.Group):
        parts = tuple(item[part][()] for part in ("data", "indices", "indptr"))
        return sparse.csr_array(parts, shape=tuple(item.attrs["shape"]))
    if "count" in item.attrs:
        return bits.Packed(item[()], int(item.attrs["count"]))
    if item.dtype.kind == "S":
        return [text.decode() for text in item[()]]
    return _plain(item[()])


def _get_shard(item, shard, shards):
    """Shard of the images, of whole words if they are packed."""
    if "count" in item.attrs:
        start, stop = bounds(int(item.attrs["count"]), shard, shards, whole=64)
        return bits.Packed(item[..., start // 64 : -(-stop // 64)], stop - start)
    start, stop = bounds(len(item), shard, shards)
    return item[start:stop]


def _plain(value):
    return value.item() if isinstance(value, np.generic) else value
