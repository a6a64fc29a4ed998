"""The schema of the configuration: that of the core, and a part of each study."""

import copy
import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import yaml

#: Folder with the schemas and the studies.
WORKFLOW = Path(__file__).resolve().parents[2]


class Reference(NamedTuple):
    """Place in a configuration that names an entry of a section."""

    path: tuple[str, ...]
    section: str
    holder: Any
    place: Any

    @property
    def key(self) -> str:
        """Where it stands, as it is told to people."""
        return ".".join(self.path)

    @property
    def name(self) -> str:
        """Name of the entry that it refers to."""
        return self.holder[self.place]

    def change(self, name: str) -> None:
        """Let it refer to an entry of another name."""
        self.holder[self.place] = name


@dataclass(frozen=True)
class Schema:
    """Schema of a configuration.

    Attributes
    ----------
    document : dict
        JSON schema (draft 2020-12). Besides the standard keywords, ``description`` says
        what is expected, ``refers`` in which section a name is that of an entry, and
        ``title`` what an entry of a section is called.
    studies : dict of str to module
        The module `settings` of each study that has one, with any of ``check(config)``,
        which raises ValueError, and ``fall_back(entry)``, which adapts an entry to
        smaller images.
    """

    document: dict[str, Any]
    studies: dict[str, ModuleType]

    def checks(self) -> Iterator[Callable[[dict], None]]:
        """Give the checks of studies, each a function of the configuration."""
        for module in self.studies.values():
            if hasattr(module, "check"):
                yield module.check

    def titles(self) -> dict[str, str]:
        """Say what an entry of each section is called, such as ``graph``."""
        sections = self.document["properties"]
        return {n: part["title"] for n, part in sections.items() if "title" in part}

    def references(self, config: dict) -> Iterator[Reference]:
        """Find all places of a configuration, which fits, that name an entry."""
        for name, part in self.document["properties"].items():
            if name in config:
                yield from self._below(config, name, part, (name,))

    def _below(
        self, holder: Any, place: Any, part: dict, path: tuple[str, ...]
    ) -> Iterator[Reference]:
        while "$ref" in part:
            shared = self.document["$defs"][part["$ref"].rpartition("/")[2]]
            part = shared | {k: v for k, v in part.items() if k != "$ref"}
        value = holder[place]
        if "refers" in part:
            yield Reference(path, part["refers"], holder, place)
        elif isinstance(value, dict):
            known, other = part.get("properties", {}), part.get("additionalProperties")
            for name in value:
                if inner := known.get(name, other):
                    yield from self._below(value, name, inner, (*path, name))
        elif isinstance(value, list) and "items" in part:
            for number in range(len(value)):
                yield from self._below(value, number, part["items"], path)


def load(studies: Sequence[str], workflow: Path = WORKFLOW) -> Schema:
    """Read the schema of the core and the parts of studies.

    Parameters
    ----------
    studies : sequence of str
        Names of folders in `studies`. Each may hold `schema.yaml`, a partial document
        whose mappings and lists are added to those of the core, and `settings.py`.
    workflow : Path, optional
        Folder with `schemas` and `studies`.
    """
    document = _read(workflow / "schemas" / "config.schema.yaml")
    modules = {}
    for study in studies:
        folder = workflow / "studies" / study
        if (part := folder / "schema.yaml").is_file():
            _add(document, _read(part))
        if (folder / "settings.py").is_file():
            modules[study] = importlib.import_module(f"studies.{study}.settings")
    every = document["properties"]["studies"]
    every["items"] |= {"enum": list(studies)}
    every["default"] = list(studies)
    return Schema(document, modules)


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def _add(document: dict, part: dict) -> None:
    """Add the mappings and lists of a part to those of a document."""
    for key, value in part.items():
        there = document.get(key)
        if isinstance(there, dict) and isinstance(value, dict):
            _add(there, value)
        elif isinstance(there, list) and isinstance(value, list):
            there.extend(value)
        elif there is None:
            document[key] = copy.deepcopy(value)
        else:
            raise ValueError(f"two parts of the schema define '{key}'")
