"""Validate references between entries of a configuration, and how entries fit."""

from pixelwalk.config import fits


def check(config, schema):
    """Validate references between entries, and limits that a schema cannot express.

    Parameters
    ----------
    config : dict
        A configuration that fits the schema, with defaults.
    schema : Schema
        Defines which settings refer to entries of which section.

    Raises
    ------
    ValueError
        In one line: the key, what was expected and what came.
    """
    for section in _OVER_PIXELS:
        for name, entry in config[section].items():
            fits.one_source(f"{section}.{name}", entry)
    for reference in schema.references(config):
        fits.exists(reference.key, reference.name, reference.section, config)
    for section, most in _OVER_PIXELS.items():
        for name, entry in config[section].items():
            fits.of_pixels(f"{section}.{name}", entry, config, most)
    for name, entry in config["autoencoders"].items():
        _check_test_set(f"autoencoders.{name}", entry, config)
    for name, entry in config["graphs"].items():
        if entry["shards"] > 1:  # shards are summed in a matrix of all pairs
            key = f"graphs.{name}.shards"
            fits.of_size(key, entry.get("ising"), config, fits.MOST_PIXELS)
            fits.of_pixels(f"graphs.{name}", entry, config, fits.MOST_PIXELS)
    for name, entry in config["ising"].items():
        _check_lattice(name, entry)
    for name, entry in config["images"].items():
        if entry["range"] != "all":
            fits.ascending(f"images.{name}.range", entry["range"])
    for check_study in schema.checks():
        check_study(config)


# Sections with entries that use images of an ensemble or of an image set, and the most
# pixels of such an image.
_OVER_PIXELS = {"graphs": fits.MOST_NODES, "autoencoders": fits.MOST_PIXELS}


def _check_test_set(key, entry, config):
    """Check that an autoencoder has images for validation."""
    if "images" in entry:
        if "test" not in entry:
            raise ValueError(
                f"{key}: expected 'test' beside 'images', an image set to validate with"
            )
    elif "test" in entry:
        raise ValueError(
            f"{key}: 'test' goes with 'images'; an ensemble has a test part of its own"
        )
    elif config["ising"][entry["ising"]]["test"] == 0:
        raise ValueError(
            f"{key}.ising: expected an ensemble with test samples, got "
            f"ising.{entry['ising']} with test: 0"
        )


def _check_lattice(name, entry):
    boundary = entry["boundary"]
    if boundary != "free" and min(entry["rows"], entry["columns"]) < 3:
        raise ValueError(
            f"ising.{name}: a {boundary} lattice needs at least 3 rows and columns, "
            f"got {entry['rows']} x {entry['columns']}"
        )
    if boundary != "free" and "/" in entry["lattice"]:
        raise ValueError(
            f"ising.{name}.boundary: a lattice that is a list of edges has no boundary "
            f"of its own; expected free, got {boundary}"
        )
    if "source" in entry:
        return
    if "beta" not in entry:
        raise ValueError(
            f"ising.{name}: 'beta' is missing; expected an inverse temperature, -1000 "
            "to 1000, or a 'source', a file of spins"
        )
    if entry["beta"] < 0 and entry["method"] not in ("auto", "gibbs"):
        raise ValueError(
            f"ising.{name}: a beta below 0 needs method: gibbs or auto, got beta: "
            f"{entry['beta']} with method: {entry['method']}"
        )
