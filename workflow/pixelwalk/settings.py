"""Check a configuration against its schema, and its names against each other."""

import difflib
import json
import math
from collections.abc import Mapping

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import best_match

from pixelwalk.configtext import one_line

#: Pixels up to which the weights of all pairs fit the memory that the rules ask for.
MOST_PIXELS = 4096

#: Pixels of the largest graph that is made without holding the weights of all pairs.
MOST_NODES = 65536


def check(config, schema):
    """Check a configuration and fill in the defaults.

    Parameters
    ----------
    config : dict
        The configuration as read from YAML; defaults are added in place.
    schema : dict
        JSON schema (draft 2020-12). A ``description`` says what is expected.

    Raises
    ------
    ValueError
        In one line: the key, what was expected and what came.
    """
    try:
        error = best_match(_Validator(schema).iter_errors(config), key=_relevance)
        if error is not None:
            raise ValueError(_explain(error, schema))
        _check_finite(config)
        for section in ("graphs", "autoencoders"):
            for name, entry in config[section].items():
                _check_source(section, name, entry, config)
        for section, most in (("graphs", MOST_NODES), ("autoencoders", MOST_PIXELS)):
            for name, entry in config[section].items():
                key = f"{section}.{name}.ising"
                _check_size(key, entry.get("ising"), config, most)
        for name, entry in config["graphs"].items():
            if entry["shards"] > 1:  # what shards add up to is a matrix
                key = f"graphs.{name}.shards"
                _check_size(key, entry.get("ising"), config, MOST_PIXELS)
        for bonds, name in config["paper"]["lattices"].items():
            ensemble = config["graphs"].get(name, {}).get("ising")
            _check_size(f"paper.lattices.{bonds}", ensemble, config, MOST_PIXELS)
        for bonds, name in config["paper"]["recovery"].items():
            _check_size(f"paper.recovery.{bonds}", name, config, MOST_PIXELS)
        for name, entry in config["ising"].items():
            _check_lattice(name, entry)
        for name, entry in config["transitions"].items():
            _check_transition(f"transitions.{name}.graphs", entry["graphs"], config)
        _check_paper(config)
    except ValueError as error:
        raise ValueError(one_line(error)) from None


def _with_defaults(validator, properties, instance, schema):
    if isinstance(instance, dict):
        for key, subschema in properties.items():
            if "default" in subschema:
                instance.setdefault(key, subschema["default"])
    yield from Draft202012Validator.VALIDATORS["properties"](
        validator, properties, instance, schema
    )


def _is_integer(_checker, value):
    # JSON's 4.0 is an integer, but no number of sites.
    return isinstance(value, int) and not isinstance(value, bool)


_Validator = validators.extend(
    Draft202012Validator,
    {"properties": _with_defaults},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


def _relevance(error):
    # An unknown key is most often the cause of a missing one, so it comes first.
    return (error.validator == "additionalProperties", -len(error.path))


def _explain(error, schema):
    while "description" not in error.schema and error.parent is not None:
        error = error.parent
    key = ".".join(str(part) for part in error.absolute_path) or "the configuration"
    expected = error.schema.get("description", "")
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", ()))
        unknown = next(k for k in error.instance if k not in known)
        close = difflib.get_close_matches(str(unknown), known, n=1)
        hint = f"did you mean '{close[0]}'? " if close else ""
        return f"{key}: unknown key '{unknown}'; {hint}known are {', '.join(known)}"
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
        return f"{key}: the name '{error.instance}' is not usable; expected {expected}"
    came = repr(error.instance)
    if isinstance(error.instance, Mapping) or len(came) > 60:
        came = f"a {type(error.instance).__name__}"
    return f"{key}: expected {expected or error.message}, got {came}"


def _check_finite(value, key=""):
    """Refuse nan, which no comparison of the schema catches."""
    parts = value.items() if isinstance(value, Mapping) else ()
    parts = enumerate(value) if isinstance(value, list) else parts
    for name, part in parts:
        _check_finite(part, f"{key}.{name}".lstrip("."))
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{key}: expected a finite number, got {value}")


def _check_source(section, name, entry, config):
    """Check that an entry names exactly one source of pixels, and that it exists."""
    named = [room for room in ("ising", "images") if room in entry]
    if len(named) != 1:
        raise ValueError(
            f"{section}.{name}: expected exactly one of 'ising' and 'images', "
            f"got {' and '.join(named) or 'neither'}"
        )
    room = named[0]
    _check_exists(f"{section}.{name}.{room}", entry[room], room, config)
    if section == "autoencoders" and room == "images":
        if "test" not in entry:
            raise ValueError(
                f"autoencoders.{name}: expected 'test' beside 'images', an image set "
                "to validate with"
            )
        _check_exists(f"autoencoders.{name}.test", entry["test"], "images", config)
    if section == "autoencoders" and room == "ising":
        if "test" in entry:
            raise ValueError(
                f"autoencoders.{name}: 'test' goes with 'images'; an ensemble has a "
                "test part of its own"
            )
        if config["ising"][entry["ising"]]["test"] == 0:
            raise ValueError(
                f"autoencoders.{name}.ising: expected an ensemble with test samples, "
                f"got ising.{entry['ising']} with test: 0"
            )


def _check_exists(key, name, room, config):
    if name not in config[room]:
        known = ", ".join(config[room]) or "none"
        raise ValueError(
            f"{key}: expected the name of an entry of '{room}' ({known}), got '{name}'"
        )


def _check_size(key, name, config, most):
    """Refuse an ensemble of more sites than can be made use of in pairs."""
    entry = config["ising"].get(name) if isinstance(name, str) else None
    if entry and entry["rows"] * entry["columns"] > most:
        raise ValueError(
            f"{key}: expected an ensemble of at most {most} sites, because "
            f"every pair of them counts, got ising.{name} with {entry['rows']} x "
            f"{entry['columns']}"
        )


def _check_lattice(name, entry):
    if entry["boundary"] == "periodic" and min(entry["rows"], entry["columns"]) < 3:
        raise ValueError(
            f"ising.{name}: a periodic lattice needs at least 3 rows and columns, "
            f"got {entry['rows']} x {entry['columns']}"
        )
    if entry["beta"] < 0 and entry["method"] != "gibbs":
        raise ValueError(
            f"ising.{name}: a beta below 0 needs method: gibbs, got beta: "
            f"{entry['beta']} with method: {entry['method']}"
        )


def _check_transition(key, names, config):
    """Check that graphs hold correlations of one periodic lattice at rising beta."""
    before = None
    for name in names:
        _check_exists(key, name, "graphs", config)
        graph = config["graphs"][name]
        kind = {"kind": "correlation", "centred": False, "square": False}
        kind |= {"diagonal": True}
        _check_values(key, f"graphs.{name}", graph, kind)
        if "ising" not in graph:
            raise ValueError(f"{key}: expected graphs over ensembles, got '{name}'")
        entry = config["ising"][graph["ising"]]
        first = before or entry
        shape = {"rows": first["rows"], "columns": first["columns"]}
        shape |= {"boundary": "periodic", "field": 0, "bonds": first["bonds"]}
        _check_values(key, f"ising.{graph['ising']}", entry, shape)
        least = before["beta"] if before else 0
        if entry["beta"] < least:
            raise ValueError(
                f"{key}: expected ensembles at rising beta, from 0 on, got beta: "
                f"{entry['beta']} after {least}"
            )
        _check_size(key, graph["ising"], config, MOST_PIXELS)
        before = entry


def _check_values(key, name, entry, expected):
    """Check that an entry has certain values."""
    for what, value in expected.items():
        if entry[what] != value:
            raise ValueError(
                f"{key}: expected {name} with {what}: {json.dumps(value)}, got "
                f"{json.dumps(entry[what])}"
            )


def _check_paper(config):
    paper = config["paper"]
    for bonds in ("half", "standard"):
        for name in paper["autoencoders"][bonds]:
            _check_bonds(f"paper.autoencoders.{bonds}", name, "autoencoders", config)
        _check_bonds(
            f"paper.lattices.{bonds}", paper["lattices"][bonds], "graphs", config
        )
        _check_bonds(
            f"paper.recovery.{bonds}", paper["recovery"][bonds], "ising", config
        )
        samples = config["ising"][paper["recovery"][bonds]]["training"]
        if paper["recovery"]["sizes"] != sorted(paper["recovery"]["sizes"]):
            raise ValueError(
                "paper.recovery.sizes: expected ascending numbers, "
                f"got {paper['recovery']['sizes']}"
            )
        if paper["recovery"]["sizes"][-1] > samples:
            raise ValueError(
                f"paper.recovery.sizes: expected at most {samples}, the training "
                f"samples of ising.{paper['recovery'][bonds]}, "
                f"got {paper['recovery']['sizes'][-1]}"
            )
    for key in ("population", "test"):
        _check_exists(f"paper.{key}", paper[key], "images", config)
    _check_exists("paper.digit", paper["digit"], "graphs", config)
    images = config["graphs"][paper["digit"]].get("images")
    if images is None or config["images"][images]["label"] == "any":
        raise ValueError(
            f"paper.digit: expected a graph over images of one digit, got "
            f"'{paper['digit']}'"
        )
    source = config["images"][images]["source"]
    for key in ("population", "test"):
        came = config["images"][paper[key]]["source"]
        if came != source:
            raise ValueError(
                f"paper.{key}: expected an image set with source: {source}, as that of "
                f"paper.digit, got '{paper[key]}' with source: {came}"
            )


def _check_bonds(key, name, room, config):
    """Check that an entry exists and stands on an ensemble with the key's bonds."""
    _check_exists(key, name, room, config)
    ensemble = name if room == "ising" else config[room][name].get("ising")
    expected = key.rpartition(".")[2]
    if ensemble is None or config["ising"][ensemble]["bonds"] != expected:
        raise ValueError(
            f"{key}: expected an entry of '{room}' over an ensemble with "
            f"bonds: {expected}, got '{name}'"
        )
