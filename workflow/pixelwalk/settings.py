"""Check a configuration against its schema, and its names against each other."""

import difflib
from collections.abc import Mapping

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import best_match


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
    _fill = validators.extend(Draft202012Validator, {"properties": _with_defaults})
    error = best_match(_fill(schema).iter_errors(config), key=_relevance)
    if error is not None:
        raise ValueError(_explain(error))
    _check_names(config)
    _check_lattices(config)


def mnist_names(config):
    """Names of the image sets that need the four official files downloaded."""
    return [k for k, v in config["images"].items() if v["source"] == "mnist"]


def _with_defaults(validator, properties, instance, schema):
    if isinstance(instance, dict):
        for key, subschema in properties.items():
            if "default" in subschema:
                instance.setdefault(key, subschema["default"])
    yield from Draft202012Validator.VALIDATORS["properties"](
        validator, properties, instance, schema
    )


def _relevance(error):
    # An unknown key is most often the cause of a missing one, so it comes first.
    return (error.validator == "additionalProperties", -len(error.path))


def _explain(error):
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
        about = error.schema["properties"].get(missing, {}).get("description", "")
        return f"{key}: '{missing}' is missing" + (
            f"; expected {about}" if about else ""
        )
    if "propertyNames" in error.absolute_schema_path:
        return f"{key}: the name '{error.instance}' is not usable; expected {expected}"
    came = repr(error.instance)
    if isinstance(error.instance, Mapping) or len(came) > 60:
        came = f"a {type(error.instance).__name__}"
    return f"{key}: expected {expected or error.message}, got {came}"


def _one_source(section, name, entry, config):
    """Check that an entry names exactly one source of pixels that exists."""
    named = [room for room in ("ising", "images") if room in entry]
    if len(named) != 1:
        raise ValueError(
            f"{section}.{name}: expected exactly one of 'ising' and 'images', "
            f"got {' and '.join(named) or 'neither'}"
        )
    room = named[0]
    _exists(f"{section}.{name}.{room}", entry[room], room, config)


def _exists(key, name, room, config):
    if name not in config[room]:
        known = ", ".join(config[room]) or "none"
        raise ValueError(
            f"{key}: expected the name of an entry of '{room}' ({known}), got '{name}'"
        )


def _check_names(config):
    for section in ("graphs", "autoencoders"):
        for name, entry in config[section].items():
            _one_source(section, name, entry, config)
    paper = config["paper"]
    for bonds in ("half", "standard"):
        for name in paper["autoencoders"][bonds]:
            key = f"paper.autoencoders.{bonds}"
            _exists(key, name, "autoencoders", config)
            _of_lattice(key, "autoencoders", name, bonds, config)
        key = f"paper.lattices.{bonds}"
        _exists(key, paper["lattices"][bonds], "graphs", config)
        _of_lattice(key, "graphs", paper["lattices"][bonds], bonds, config)
        key = f"paper.recovery.{bonds}"
        name = paper["recovery"][bonds]
        _exists(key, name, "ising", config)
        _counted(key, name, bonds, config)
        if max(paper["recovery"]["sizes"]) > config["ising"][name]["training"]:
            raise ValueError(
                f"paper.recovery.sizes: expected at most the training samples of "
                f"ising.{name} ({config['ising'][name]['training']}), "
                f"got {max(paper['recovery']['sizes'])}"
            )
    _exists("paper.digit", paper["digit"], "graphs", config)
    if "images" not in config["graphs"][paper["digit"]]:
        raise ValueError(
            f"paper.digit: expected a graph over 'images', got '{paper['digit']}', "
            "a graph over 'ising'"
        )
    for key in ("population", "test"):
        _exists(f"paper.{key}", paper[key], "images", config)


def _of_lattice(key, section, name, bonds, config):
    ensemble = config[section][name].get("ising")
    if ensemble is None:
        raise ValueError(
            f"{key}: expected an entry of '{section}' over 'ising', got '{name}'"
        )
    _counted(key, ensemble, bonds, config)


def _counted(key, ensemble, bonds, config):
    came = config["ising"][ensemble]["bonds"]
    if came != bonds:
        raise ValueError(
            f"{key}: expected an ensemble with bonds: {bonds}, "
            f"got ising.{ensemble} with bonds: {came}"
        )


def _check_lattices(config):
    for name, entry in config["ising"].items():
        side = min(entry["rows"], entry["columns"])
        if entry["boundary"] == "periodic" and side < 3:
            raise ValueError(
                f"ising.{name}: a periodic lattice needs at least 3 rows and columns, "
                f"got {entry['rows']} x {entry['columns']}"
            )
    for name, entry in config["autoencoders"].items():
        if "ising" in entry and config["ising"][entry["ising"]]["test"] == 0:
            raise ValueError(
                f"autoencoders.{name}: expected an ensemble with test samples, "
                f"got ising.{entry['ising']} with test: 0"
            )
