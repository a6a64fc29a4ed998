"""Kinds of files: small classes whose fields are the datasets of a file.

A stage creates an instance, `storage.write` writes it, `storage.read` returns it::

    class Locality(Kind, kind="locality", file="autoencoders/<name>/locality.h5"):
        spreads: Array = dataset("lattice spacing", "(hidden,)", "spread of each field")
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, dataclass_transform

import numpy as np
from scipy import sparse

#: Numpy array, scipy.sparse.csr_array, bits.Packed or list of str.
Array = Any


class Dataset(NamedTuple):
    """Name, unit, shape and meaning of a dataset of a kind."""

    name: str
    unit: str
    shape: str
    meaning: str


def dataset(unit: str, shape: str, meaning: str) -> Any:
    """Declare a dataset of a kind.

    Parameters
    ----------
    unit : str
        Such as ``nat per pixel``, or the type of the values, such as ``index``.
    shape : str
        Such as ``(rows, columns)``; ``()`` for a scalar; ``...`` for any further
        dimensions. A name is the same size wherever it occurs in a file.
    meaning : str
        Meaning of the values, in a few words.
    """
    return field(metadata={"unit": unit, "shape": shape, "meaning": meaning})


@dataclass_transform(kw_only_default=True, field_specifiers=(dataset,))
class Kind:
    """Content of a file; each subclass is a kind of file.

    Attributes
    ----------
    kind : str
        Name of the kind; attribute `kind` of a file.
    file : str
        Path of such files below ``results/``.
    path : str
        Path of the file that it was read from; empty if it was not read.
    attributes : dict
        Attributes of the file, as `storage.read` returns them.
    """

    kind: ClassVar[str]
    file: ClassVar[str]
    path: str = ""
    attributes: Mapping[str, Any] = MappingProxyType({})

    def __init_subclass__(cls, *, kind: str, file: str) -> None:
        """Set the name and the path of the kind, and make it a dataclass."""
        cls.kind, cls.file = kind, file
        dataclass(kw_only=True, eq=False)(cls)

    @classmethod
    def datasets(cls) -> list[Dataset]:
        """Return the datasets of the kind in the order of their declaration."""
        return [Dataset(f.name, **f.metadata) for f in fields(cls)]  # type: ignore[arg-type]


def mismatches(content: Kind) -> Iterator[str]:
    """Yield the differences between shapes of datasets and those that a kind declares.

    Parameters
    ----------
    content : Kind
        Content of a file.

    Yields
    ------
    str
        A line for each dataset with another number of dimensions, or with a size that
        differs from the declared one or from that of another dataset.
    """
    sizes: dict[str, int] = {}
    for name, _, declared, _ in content.datasets():
        shape = _shape(getattr(content, name))
        named = [
            part.strip() for part in declared.strip("()").split(",") if part.strip()
        ]
        if "..." in named:
            named = named[: named.index("...")]
            fits = len(shape) >= len(named)
        else:
            fits = len(shape) == len(named)
        if not fits:
            yield f"{name}: expected the shape {declared}, got {shape}"
            continue
        for axis, size in zip(named, shape, strict=False):
            expected = int(axis) if axis.isdigit() else sizes.setdefault(axis, size)
            if size != expected:
                yield f"{name}: expected {axis} = {expected} in {declared}, got {shape}"


def _shape(value: Array) -> tuple[int, ...]:
    """Return the shape of an array, of the words of packed bits, or of a list."""
    if sparse.issparse(value):
        return tuple(value.shape)
    words: Any = getattr(value, "words", value)
    return np.shape(words)
