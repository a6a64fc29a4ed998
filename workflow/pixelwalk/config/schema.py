"""The schema of the configuration, merged from the core's and those of studies."""

import copy
import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import yaml

#: Folder that contains the schemas and the studies.
WORKFLOW = Path(__file__).resolve().parents[2]


class Reference(NamedTuple):
    """Setting of a configuration that names an entry of a section."""

    path: tuple[str, ...]
    section: str
    holder: Any
    place: Any

    @property
    def key(self) -> str:
        """Path of the setting, joined by dots, as messages show it."""
        return ".".join(self.path)

    @property
    def name(self) -> str:
        """Name of the entry that the setting refers to."""
        return self.holder[self.place]

    def change(self, name: str) -> None:
        """Set the name of the entry that the setting refers to."""
        self.holder[self.place] = name


@dataclass(frozen=True)
class Schema:
    """Schema of a configuration.

    Attributes
    ----------
    document : dict
        JSON schema (draft 2020-12). Besides the standard keywords, ``description`` says
        what is expected, ``refers`` names the section that a setting refers to, and
        ``title`` is the word for an entry of a section.
    studies : dict of str to module
        The module `settings` of each study that has one, with any of ``check(config)``,
        which raises ValueError, and ``fall_back(entry)``, which adapts an entry to
        smaller images.
    """

    document: dict[str, Any]
    studies: dict[str, ModuleType]

    def checks(self) -> Iterator[Callable[[dict], None]]:
        """Yield the checks of studies, each a function of the configuration."""
        for module in self.studies.values():
            if hasattr(module, "check"):
                yield module.check

    def titles(self) -> dict[str, str]:
        """Return the word for an entry of each section, such as ``graph``."""
        sections = self.document["properties"]
        return {n: part["title"] for n, part in sections.items() if "title" in part}

    def references(self, config: dict) -> Iterator[Reference]:
        """Yield all references to entries in a configuration that fits the schema."""
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
    """Read the schema of the core and merge those of studies into it.

    Parameters
    ----------
    studies : sequence of str
        Names of folders in `studies`. Each may hold `schema.yaml`, a partial document
        that is merged into the core's, and `settings.py`.
    workflow : Path, optional
        Folder that contains `schemas` and `studies`.

    Returns
    -------
    Schema

    Raises
    ------
    ValueError
        If a study has no folder, or two parts define the same key.
    """
    folders = sorted(path.parent.name for path in workflow.glob("studies/*/rules.smk"))
    for study in studies:
        if study not in folders:
            raise ValueError(
                "STUDIES of the Snakefile: expected folders of workflow/studies with "
                f"rules.smk ({', '.join(folders)}), got '{study}'"
            )
    document = _read(workflow / "schemas" / "config.schema.yaml")
    modules = {}
    for study in studies:
        folder = workflow / "studies" / study
        if (part := folder / "schema.yaml").is_file():
            _merge(document, _read(part))
        if (folder / "settings.py").is_file():
            modules[study] = importlib.import_module(f"studies.{study}.settings")
    document["$defs"]["study"] = {
        "description": f"the name of a study ({', '.join(studies)})",
        "enum": list(studies),
    }
    return Schema(document, modules)


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def _merge(document: dict, part: dict) -> None:
    """Merge the mappings and lists of a part into a document, in place."""
    for key, value in part.items():
        present = document.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            _merge(present, value)
        elif isinstance(present, list) and isinstance(value, list):
            present.extend(value)
        elif present is None:
            document[key] = copy.deepcopy(value)
        else:
            raise ValueError(f"two parts of the schema define '{key}'")
