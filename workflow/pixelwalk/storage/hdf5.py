"""Layout of the HDF5 files of results.

A file holds named datasets. Its attributes record how it was computed: `kind`,
`layout`, `settings` (JSON), `source` (JSON: the attributes of the file that it was
computed from), `seed` (JSON) and `versions` (JSON); and its identity: `place`, its path
below `results/`, and `asked` (JSON), the parameters and inputs of its job. A stamp of
both precedes the file (see `stamps`). It holds no clock time, so that equal inputs
give equal bytes.
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
    """Write a file of one kind atomically.

    Parameters
    ----------
    path : path-like
        Path of the file; its folder is created.
    content : Kind
        Its datasets: arrays, scalars, scipy.sparse.csr_array, bits.Packed or list of
        str.
    settings : mapping
        Settings that it was computed with, of JSON types.
    source : dict, optional
        `read(...).attributes` of the file that it was computed from.
    seed : int, optional
        Seed of the run, if randomness was used.
    libraries : sequence of str
        Distributions, besides numpy, with versions to record.

    Raises
    ------
    TypeError
        If the shape of a dataset is not the one that its kind declares.
    """
    if lines := list(mismatches(content)):
        raise TypeError(f"a file of kind '{content.kind}': {'; '.join(lines)}")
    versions = {n: importlib.metadata.version(n) for n in ("numpy", "h5py", *libraries)}
    versions |= {
        "pixelwalk": pixelwalk.__version__,
        "python": platform.python_version(),
    }
    place, request = stamps.place_of(path), stamps.current_request()
    stamp = stamps.block(stamps.stamp(place, request))
    with whole(path) as unfinished, disk.create(unfinished, stamp) as file:
        _write_attribute(file, "kind", content.kind)
        _write_attribute(file, "place", place)
        file.attrs["layout"] = LAYOUT
        for attribute, value in (
            ("settings", settings),
            ("source", source),
            ("seed", seed),
            ("versions", versions),
            ("asked", request),
        ):
            _write_attribute(file, attribute, json.dumps(value, sort_keys=True))
        for name, unit, _, meaning in content.datasets():
            item = _write_item(file, name, getattr(content, name))
            _write_attribute(item, "unit", unit)
            _write_attribute(item, "meaning", meaning)


def read(path, kind: type[K]) -> K:
    """Read a file that `write` wrote.

    Parameters
    ----------
    path : path-like
        The file.
    kind : subclass of Kind
        The kind that the file must have.

    Returns
    -------
    instance of `kind`
        The datasets (sparse: scipy.sparse.csr_array; packed: bits.Packed; text: list of
        str; scalar: int or float), with `path` and `attributes`.

    Raises
    ------
    faults.Broken
        If the file is truncated, corrupt, or of another kind or layout, or if it lies
        in a folder `results` where another file belongs.
    OSError
        If it is missing or cannot be read.
    """
    arrays, attributes = _read(path, kind.kind, [d.name for d in kind.datasets()], _get)
    content = kind(**arrays)
    content.path, content.attributes = str(path), attributes
    return content


def _read(path, kind, names, get):
    """Read named datasets of a file, each by the function `get`, and its attributes."""
    with disk.translated(path), h5py.File(path, "r") as file:
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
        place, _ = _identity(path, file)
        if not stamps.lies_at(path, place):
            raise faults.Broken(
                path, f"expected the file of this name, got that of results/{place}"
            )
        for name in ("settings", "source", "seed", "versions"):
            attributes[name] = json.loads(file.attrs[name])
        arrays = {name: get(file[name]) for name in names}
    return arrays, attributes


def read_request(path):
    """Read the place of a file and the request that it was computed for.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    place : str
        Path below `results/` where the file belongs.
    request : dict or None
        As `stamps.request_of` returns it; None if no job wrote the file.

    Raises
    ------
    faults.Broken
        If the file is truncated, corrupt or of another layout.
    OSError
        If it is missing or cannot be read.
    """
    with disk.translated(path), h5py.File(path, "r") as file:
        return _identity(path, file)


def _identity(path, file):
    place, request = _text(file.attrs["place"]), json.loads(file.attrs["asked"])
    if stamps.read(path) != stamps.stamp(place, request):
        raise ValueError("its stamp is not that of its settings")
    return place, request


def read_pixels(path, part="training", *, shard=1, shards=1, label="any"):
    """Read images of a file of samples or of images.

    Parameters
    ----------
    path : path-like
        A file of kind `samples` or `images`.
    part : {"training", "test"}
        Part of the samples; ignored for a file of images.
    shard, shards : int
        Number of the shard to read, from 1, and number of shards.
    label : int or "any"
        Label of the images to read; not together with shards.

    Returns
    -------
    pixels : bits.Packed (spins) or ndarray of uint8 (grey), shape (n, rows, columns)
    attributes : dict
        Attributes of the file, as those of `read`.

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
        known, _ = _read(path, kind, ["labels", "label_names"], _get)
        pixels = pixels[folders.has_label(known["labels"], label, known["label_names"])]
        if not len(pixels):
            raise ValueError(f"{path}: expected images of {label}, found none")
    return pixels, attributes


def origin(attributes):
    """Return the attributes of the samples or images that a file was computed from.

    Parameters
    ----------
    attributes : dict
        Those of the file, as `read` returns them.

    Returns
    -------
    dict
        Attributes of the first file in the chain of sources.
    """
    while attributes["source"] is not None:
        attributes = attributes["source"]
    return attributes


def _write_attribute(item, name, text):
    # Of fixed length, since HDF5 keeps checksums only of these.
    item.attrs[name] = np.bytes_(text.encode())


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def _write_item(file, name, value):
    if sparse.issparse(value):
        timeless = h5py.h5p.create(h5py.h5p.GROUP_CREATE)
        timeless.set_obj_track_times(False)
        group = h5py.Group(h5py.h5g.create(file.id, name.encode(), gcpl=timeless))
        value = value.tocsr()
        group.attrs["shape"] = value.shape
        for part in ("data", "indices", "indptr"):
            _write_item(group, part, getattr(value, part))
        return group
    if isinstance(value, bits.Packed):
        words = _write_item(file, name, value.words)
        words.attrs["count"] = value.count
        return words
    if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
        value = np.char.encode(np.array(value, str), "utf-8")
    value = np.asarray(value)
    if value.ndim == 0:
        return _write_scalar(file, name, value)
    packed = {"compression": "gzip", "compression_opts": 4, "shuffle": True}
    packed["fletcher32"] = True  # chunks that gzip does not shrink lack its checksum
    return file.create_dataset(
        name, data=value, track_times=False, **(packed if value.size else {})
    )


def _write_scalar(file, name, value):
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
    """Read one shard of the images; if packed, in whole words."""
    if "count" in item.attrs:
        start, stop = bounds(int(item.attrs["count"]), shard, shards, whole=64)
        return bits.Packed(item[..., start // 64 : -(-stop // 64)], stop - start)
    start, stop = bounds(len(item), shard, shards)
    return item[start:stop]


def _plain(value):
    return value.item() if isinstance(value, np.generic) else value
