"""Checks of entries of a configuration; each raises a one-line ValueError."""

import json

#: Pixels up to which the weights of all pairs fit the memory that the rules ask for.
MOST_PIXELS = 4096

#: Pixels of the largest graph that is made without holding the weights of all pairs.
MOST_NODES = 65536

#: Pixels up to which dense networks from all pixels to all are trained.
MOST_DENSE = 1024

# Sides of the images of each source that has one size; a folder's may have any.
_SIDES = {"mnist": 28, "fashion-mnist": 28, "kmnist": 28, "digits": 8}
_MOST_IMAGES = 70_000  # of any of these


def one_source(key, entry):
    """Refuse an entry that does not name exactly one source of pixels."""
    named = [room for room in ("ising", "images") if room in entry]
    if len(named) != 1:
        raise ValueError(
            f"{key}: expected exactly one of 'ising' and 'images', got "
            f"{' and '.join(named) or 'neither'}"
        )


def exists(key, name, room, config):
    """Refuse a name that no entry of a section has."""
    if name not in config[room]:
        known = ", ".join(config[room]) or "none"
        raise ValueError(
            f"{key}: expected the name of an entry of '{room}' ({known}), got '{name}'"
        )


def of_size(key, name, config, most):
    """Refuse an ensemble of more sites than can be made use of in pairs."""
    entry = config["ising"].get(name) if isinstance(name, str) else None
    if entry and entry["rows"] * entry["columns"] > most:
        raise ValueError(
            f"{key}: expected an ensemble of at most {most} sites, because "
            f"every pair of them counts, got ising.{name} with {entry['rows']} x "
            f"{entry['columns']}"
        )


def of_bonds(key, ensemble, room, name, config):
    """Refuse an entry whose ensemble does not count bonds as the end of a key says."""
    expected = key.rpartition(".")[2]
    if ensemble is None or config["ising"][ensemble]["bonds"] != expected:
        raise ValueError(
            f"{key}: expected an entry of '{room}' over an ensemble with "
            f"bonds: {expected}, got '{name}'"
        )
    plain(key, ensemble, config)


def plain(key, name, config):
    """Refuse an ensemble that is not sampled here, on a rectangular lattice."""
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
    """Refuse images, of an ensemble or a set of known size, with more pixels."""
    of_size(f"{key}.ising", entry.get("ising"), config, most)
    rows, columns = shape_of(entry, config) or (0, 0)
    if "images" in entry and rows * columns > most:
        raise ValueError(
            f"{key}.images: expected images of at most {most} pixels, because every "
            f"pair of them counts, got images.{entry['images']} with size: "
            f"[{rows}, {columns}]"
        )


def shape_of(entry, config):
    """Rows and columns of an entry's images; None if only their files tell."""
    if "ising" in entry:
        ensemble = config["ising"][entry["ising"]]
        return ensemble["rows"], ensemble["columns"]
    images = config["images"][entry["images"]]
    if images["size"] != "as-is":
        return tuple(images["size"])
    side = _SIDES.get(images["source"])
    return side and (side, side)


def extent(images):
    """Images of a set, rows and columns, at most; None if only its files tell."""
    side = _SIDES.get(images["source"])
    return side and chosen(images, _MOST_IMAGES, (side, side))


def chosen(images, count, shape):
    """Images that a set takes of so many of a shape, at most, and rows and columns."""
    if images["range"] != "all":
        count = min(count, max(0, images["range"][1] - images["range"][0]))
    if images["count"] != "all":
        count = min(count, images["count"])
    return (count, *(shape if images["size"] == "as-is" else images["size"]))


def of_source(key, name, source, of, config):
    """Refuse an image set of another source than that of what it goes with."""
    came = config["images"][name]["source"]
    if came != source:
        raise ValueError(
            f"{key}: expected an image set with source: {source}, as that of {of}, got "
            f"'{name}' with source: {came}"
        )


def ascending(key, numbers):
    """Refuse numbers that fall."""
    if numbers != sorted(numbers):
        raise ValueError(f"{key}: expected ascending numbers, got {numbers}")


def has(key, name, entry, expected):
    """Refuse an entry that has other values than these."""
    for what, value in expected.items():
        if entry[what] != value:
            raise ValueError(
                f"{key}: expected {name} with {what}: {json.dumps(value)}, got "
                f"{json.dumps(entry[what])}"
            )
