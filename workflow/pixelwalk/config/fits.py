"""Checks of entries of a configuration; each raises a one-line ValueError."""

import json

#: Most pixels for which the weights of all pairs fit in the memory of the rules.
MOST_PIXELS = 4096

#: Most pixels of a graph that is computed without storing the weights of all pairs.
MOST_NODES = 65536

#: Most pixels of a dense network with as many outputs as inputs.
MOST_DENSE = 1024

# Side length of the images of each source with a fixed size.
_SIDES = {"mnist": 28, "fashion-mnist": 28, "kmnist": 28, "digits": 8}
_MOST_IMAGES = 70_000  # most images of any of these sources


def one_source(key, entry):
    """Check that an entry names exactly one source of pixels."""
    named = [room for room in ("ising", "images") if room in entry]
    if len(named) != 1:
        raise ValueError(
            f"{key}: expected exactly one of 'ising' and 'images', got "
            f"{' and '.join(named) or 'neither'}"
        )


def exists(key, name, room, config):
    """Check that a section has an entry of a name."""
    if name not in config[room]:
        known = ", ".join(config[room]) or "none"
        raise ValueError(
            f"{key}: expected the name of an entry of '{room}' ({known}), got '{name}'"
        )


def of_size(key, name, config, most):
    """Check that an ensemble has at most a number of sites."""
    entry = config["ising"].get(name) if isinstance(name, str) else None
    if entry and entry["rows"] * entry["columns"] > most:
        raise ValueError(
            f"{key}: expected an ensemble of at most {most} sites, because "
            f"every pair of them counts, got ising.{name} with {entry['rows']} x "
            f"{entry['columns']}"
        )


def of_bonds(key, ensemble, room, name, config):
    """Check that the bonds of an ensemble are those that the end of a key names."""
    expected = key.rpartition(".")[2]
    if ensemble is None or config["ising"][ensemble]["bonds"] != expected:
        raise ValueError(
            f"{key}: expected an entry of '{room}' over an ensemble with "
            f"bonds: {expected}, got '{name}'"
        )
    plain(key, ensemble, config)


def plain(key, name, config):
    """Check that an ensemble is sampled on a rectangular lattice, free or periodic."""
    entry = config["ising"][name]
    expected = f"{key}: expected an ensemble that is sampled on a rectangular lattice"
    if "source" in entry:
        raise ValueError(f"{expected}, got ising.{name} with a source")
    if entry["lattice"] != "rectangular" or entry["boundary"] == "helical":
        raise ValueError(
            f"{expected}, free or periodic, got ising.{name} with lattice: "
            f"{entry['lattice']} and boundary: {entry['boundary']}"
        )


def of_pixels(key, entry, config, most):
    """Check that images of known size have at most a number of pixels."""
    of_size(f"{key}.ising", entry.get("ising"), config, most)
    rows, columns = shape_of(entry, config) or (0, 0)
    if "images" in entry and rows * columns > most:
        raise ValueError(
            f"{key}.images: expected images of at most {most} pixels, because every "
            f"pair of them counts, got images.{entry['images']} with size: "
            f"[{rows}, {columns}]"
        )


def shape_of(entry, config):
    """Return rows and columns of an entry's images; None if only files define them."""
    if "ising" in entry:
        ensemble = config["ising"][entry["ising"]]
        return ensemble["rows"], ensemble["columns"]
    images = config["images"][entry["images"]]
    if images["size"] != "as-is":
        return tuple(images["size"])
    side = _SIDES.get(images["source"])
    return side and (side, side)


def extent(images):
    """Return most images of a set, rows and columns; None if only files define them."""
    side = _SIDES.get(images["source"])
    return side and chosen(images, _MOST_IMAGES, (side, side))


def chosen(images, count, shape):
    """Return most images that a set selects of `count` ones, and rows and columns."""
    if images["range"] != "all":
        count = min(count, max(0, images["range"][1] - images["range"][0]))
    if images["count"] != "all":
        count = min(count, images["count"])
    return (count, *(shape if images["size"] == "as-is" else images["size"]))


def of_source(key, name, source, of, config):
    """Check that an image set has the same source as another entry."""
    came = config["images"][name]["source"]
    if came != source:
        raise ValueError(
            f"{key}: expected an image set with source: {source}, as that of {of}, got "
            f"'{name}' with source: {came}"
        )


def ascending(key, numbers):
    """Check that numbers ascend."""
    if numbers != sorted(numbers):
        raise ValueError(f"{key}: expected ascending numbers, got {numbers}")


def has(key, name, entry, expected):
    """Check that an entry has the expected values."""
    for what, value in expected.items():
        if entry[what] != value:
            raise ValueError(
                f"{key}: expected {name} with {what}: {json.dumps(value)}, got "
                f"{json.dumps(entry[what])}"
            )
