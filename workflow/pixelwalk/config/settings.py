"""Validate a configuration against its schema and fill in the defaults."""

import copy
import difflib
import functools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError, best_match

from pixelwalk import sources
from pixelwalk.config import fallback, references
from pixelwalk.config.schema import Schema, load
from pixelwalk.config.text import holders, one_line
from pixelwalk.sources.mnist import without_password


def start(
    config: dict,
    schema: Schema,
    mirrors: str | None = None,
    files: Sequence[str | Path] = (),
) -> list[str]:
    """Validate a configuration and the files that it names, and fill in the defaults.

    Parameters
    ----------
    config : dict
        The configuration as read from YAML; changed in place.
    schema : Schema
        As `schema.load` returns it.
    mirrors : str, optional
        Addresses for MNIST, separated by spaces, that replace the configured ones.
    files : sequence of path-like
        Files of the configuration, to name the one with an unknown key.

    Returns
    -------
    list of str
        Names of the image sets that replace sets of MNIST; see `fallback`.

    Raises
    ------
    ValueError
        In one line: the key, what was expected and what came.
    """
    if mirrors and isinstance(config.get("mnist"), dict):
        config["mnist"] |= {"mirrors": mirrors.split()}
    check(config, schema, files)
    try:
        sources.check(config["images"], config["ising"])
    except ValueError as error:
        raise ValueError(one_line(error)) from None
    return (
        fallback.replace_mnist(config, schema) if config["fallback"] == "digits" else []
    )


def take_passwords(config: dict) -> dict[str, list[str]]:
    """Remove users and passwords from the addresses of mirrors.

    Parameters
    ----------
    config : dict
        A configuration that `check` has accepted; changed in place.

    Returns
    -------
    dict of str to list of str
        The full addresses of each archive with a password in any of them.
    """
    complete = {}
    for name in sources.ARCHIVES:
        mirrors = config[name]["mirrors"]
        shown = [without_password(mirror) for mirror in mirrors]
        if shown != mirrors:
            complete[name] = mirrors
            config[name] = config[name] | {"mirrors": shown}
    return complete


def check(config: dict, schema: Schema, files: Sequence[str | Path] = ()) -> None:
    """Validate a configuration and fill in the defaults.

    Parameters
    ----------
    config : dict
        The configuration as read from YAML; defaults are added in place.
    schema : Schema
        As `schema.load` returns it.
    files : sequence of path-like
        Files of the configuration, to name the one with an unknown key.

    Raises
    ------
    ValueError
        In one line: the key, what was expected and what came.
    """
    _unshare(config)
    try:
        errors = _Validator(schema.document).iter_errors(config)
        error = best_match(errors, key=_relevance)
        if error is not None:
            raise ValueError(_explain(error, schema.document, files))
        _check_finite(config)
        references.check(config, schema)
    except ValueError as error:
        raise ValueError(one_line(error)) from None


def expectation(section: str, name: str) -> tuple[str, Callable[[Any], bool]]:
    """Return what the schema of the core expects of a setting.

    Parameters
    ----------
    section : {"ensemble", "images", "graph", "autoencoder", ""}
        Definition of the entry in `$defs`; empty for settings outside of sections.
    name : str
        Name of the setting.

    Returns
    -------
    description : str
        Expected values, in words.
    fits : callable
        Whether a value is valid, given in plain Python or numpy types.
    """
    document = _core().document
    shared = document["$defs"]
    schema = (shared[section] if section else document)["properties"][name]
    described = schema | shared.get(schema.get("$ref", "").rpartition("/")[2], {})
    validator = _Validator(schema | {"$defs": shared})

    def fits(value: Any) -> bool:
        value = plain(value)
        real = not isinstance(value, complex) and value == value  # neither is nan
        return real and validator.is_valid(value)

    return described["description"], fits


_core = functools.cache(lambda: load(()))


def plain(value: Any) -> Any:
    """Convert tuples, and arrays and numbers of numpy, to plain Python types."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def _unshare(config: dict) -> None:
    """Copy each entry, because aliases of YAML share one object."""
    for section in config.values() if isinstance(config, dict) else ():
        if isinstance(section, dict):
            section |= {name: copy.deepcopy(part) for name, part in section.items()}


def _with_defaults(
    validator: Any, properties: dict, instance: Any, schema: dict
) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for key, subschema in properties.items():
            if "default" in subschema:
                instance.setdefault(key, copy.deepcopy(subschema["default"]))
    yield from Draft202012Validator.VALIDATORS["properties"](
        validator, properties, instance, schema
    )


def _is_integer(_checker: Any, value: Any) -> bool:
    # JSON schema accepts 4.0 as an integer; a number of sites must be an int.
    return isinstance(value, int) and not isinstance(value, bool)


_Validator = validators.extend(
    Draft202012Validator,
    {"properties": _with_defaults},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


# A number that YAML 1.1 reads as text: it lacks a point or the sign of its exponent.
_NUMBER = re.compile(r"([-+]?[0-9]{1,30})(?:\.([0-9]{0,30}))?[eE]([-+]?[0-9]{1,3})")


def _relevance(error: ValidationError) -> tuple[bool, int]:
    # An unknown key is most often the cause of a missing one, so it comes first.
    return (error.validator == "additionalProperties", -len(error.path))


def _explain(error: ValidationError, schema: dict, files: Sequence[str | Path]) -> str:
    while "description" not in error.schema and error.parent is not None:
        error = error.parent
    key = ".".join(str(part) for part in error.absolute_path) or "the configuration"
    expected = error.schema.get("description", "")
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", ()))
        unknown = next(k for k in error.instance if k not in known)
        paths = holders(files, [*error.absolute_path, unknown]) if files else []
        place = f" in {' and '.join(paths) or '--config'}" if files else ""
        close = difflib.get_close_matches(str(unknown), known, n=1)
        hint = f"did you mean '{close[0]}'? " if close else ""
        hint += f"known are {', '.join(known)}"
        came = without_password(str(unknown))
        return f"{key}: unknown key '{came}'{place}; {hint}"
    if error.validator == "required":
        missing = next(k for k in error.validator_value if k not in error.instance)
        about = error.schema["properties"].get(missing, {})
        if "$ref" in about:
            about = schema["$defs"][about["$ref"].rpartition("/")[2]]
        about = about.get("description", "")
        return f"{key}: '{missing}' is missing" + (
            f"; expected {about}" if about else ""
        )
    if "propertyNames" in error.absolute_schema_path:
        came = without_password(str(error.instance))
        return f"{key}: the name '{came}' is not usable; expected {expected}" + _hint(
            error
        )
    came = error.instance
    text = isinstance(came, str)
    came = repr(without_password(came)) if text else without_password(repr(came))
    if isinstance(error.instance, Mapping) or len(came) > 60:
        came = f"a {type(error.instance).__name__}"
    return f"{key}: expected {expected or error.message}, got {came}" + _hint(error)


def _hint(error: ValidationError) -> str:
    """Return what to write if YAML read a number as text, or a name as a number."""
    parts = [error.schema, *error.schema.get("anyOf", ())]
    types = {part.get("type") for part in parts}
    value = error.instance
    number = isinstance(value, str) and _NUMBER.fullmatch(value)
    if number and types & {"number", "integer"}:
        whole, decimals, power = number.groups()
        written = f"{whole}.{decimals or 0}e{int(power):+d}"
        if "number" not in types and float(value).is_integer():
            written = str(int(float(value)))
        return f", which is text for YAML; write {written}"
    if "string" in types and isinstance(value, (int, float, type(None))):
        return "; names that are no text for YAML (5, 1.5, yes, null) need quotes"
    return ""


def _check_finite(value: Any, key: str = "") -> None:
    """Raise ValueError for nan, which no comparison of the schema catches."""
    parts: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for name, part in parts:
        _check_finite(part, f"{key}.{name}".lstrip("."))
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{key}: expected a finite number, got {value}")
