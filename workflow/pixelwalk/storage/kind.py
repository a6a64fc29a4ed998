"""Kinds of files: small classes whose fields are the datasets that a file holds.

A stage returns an instance, `storage.write` writes it, `storage.read` returns it::

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
    """What a dataset of a kind holds: its name, unit, shape and meaning."""

    name: str
    unit: str
    shape: str
    meaning: str


def dataset(unit: str, shape: str, meaning: str) -> Any:
    """Declare a dataset of a kind.

    Parameters
    ----------
    unit : str
        Such as ``nat per pixel``, or what the values are.
    shape : str
        Such as ``(rows, columns)``; ``()`` for a scalar; ``...`` for any dimensions
        that follow. A name stands for the same size wherever it occurs in a file.
    meaning : str
        What the values are, in a few words.
    """
    return field(metadata={"unit": unit, "shape": shape, "meaning": meaning})


@dataclass_transform(kw_only_default=True, field_specifiers=(dataset,))
class Kind:
    """Content of a file; each subclass is a kind of file.

    Attributes
    ----------
    kind : str
        Name of the kind, as in the file.
    file : str
        Where such files lie below ``results/``.
    path : str
        Path of the file that it was read from; empty for what was not read.
    attributes : dict
        How the file was made, as `storage.read` gives it.
    """

    kind: ClassVar[str]
    file: ClassVar[str]
    path: str = ""
    attributes: Mapping[str, Any] = MappingProxyType({})

    def __init_subclass__(cls, *, kind: str, file: str) -> None:
        """Name the kind and its place, and make a dataclass of its datasets."""
        cls.kind, cls.file = kind, file
        dataclass(kw_only=True, eq=False)(cls)

    @classmethod
    def datasets(cls) -> list[Dataset]:
        """List the datasets of the kind in the order in which they are declared."""
        return [Dataset(f.name, **f.metadata) for f in fields(cls)]  # type: ignore[arg-type]


def mismatches(content: Kind) -> Iterator[str]:
    """Compare the shapes of datasets with those that their kind declares.

    Parameters
    ----------
    content : Kind
        Content of a file.

    Yields
    ------
    str
        A line for each dataset of another number of dimensions, or with a size that
        differs from what the kind says or from that of another dataset.
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
        for what, size in zip(named, shape, strict=False):
            expected = int(what) if what.isdigit() else sizes.setdefault(what, size)
            if size != expected:
                yield f"{name}: expected {what} = {expected} in {declared}, got {shape}"


def _shape(value: Array) -> tuple[int, ...]:
    """Give the shape of an array, of the words of packed bits, or of a list."""
    if sparse.issparse(value):
        return tuple(value.shape)
    words: Any = getattr(value, "words", value)
    return np.shape(words)
