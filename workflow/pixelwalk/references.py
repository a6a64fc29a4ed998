"""Check that the entries of a configuration fit each other."""

import json
import math

#: Pixels up to which the weights of all pairs fit the memory that the rules ask for.
MOST_PIXELS = 4096

#: Pixels of the largest graph that is made without holding the weights of all pairs.
MOST_NODES = 65536

#: Pixels up to which dense networks from all pixels to all are trained.
MOST_DENSE = 1024

# Pixels from which on a matrix tells whether it is circulant: a random one of n pixels
# lies at a distance of sqrt(1 - 1 / n) from the nearest.
_LEAST_LINEAR = 16

# Sides of the images of each source that has one size; a folder's may have any.
_SIDES = {"mnist": 28, "digits": 8}


def check(config):
    """Check that what entries name exists, and is what they need.

    Parameters
    ----------
    config : dict
        A configuration that fits the schema, with its defaults.

    Raises
    ------
    ValueError
        The key, what was expected and what came.
    """
    for section, most in _OVER_PIXELS.items():
        for name, entry in config[section].items():
            _check_source(section, name, entry, config)
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
    for name, entry in config["matrices"].items():
        _check_ascending(f"matrices.{name}.sizes", entry["sizes"])
        shorter = min(entry["rows"], entry["columns"])
        if entry["filter"] > shorter:
            raise ValueError(
                f"matrices.{name}.filter: expected at most {shorter}, the shorter side "
                f"of the image, got {entry['filter']}"
            )
    for name, entry in config["linear"].items():
        _check_linear(f"linear.{name}", entry, config)
    for name, entry in config["programme"].items():
        _check_programme(f"programme.{name}", entry, config)
    _check_paper(config)


# Sections whose entries are about the images of an ensemble or of an image set, and the
# most pixels that such an image may have; of linear networks, once it is made smaller.
_OVER_PIXELS = {
    "graphs": MOST_NODES,
    "autoencoders": MOST_PIXELS,
    "linear": math.inf,
}


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


def _check_ascending(key, numbers):
    if numbers != sorted(numbers):
        raise ValueError(f"{key}: expected ascending numbers, got {numbers}")


def _shape_of(entry, config):
    """Rows and columns of an entry's images; None if only a folder's files tell."""
    if "ising" in entry:
        ensemble = config["ising"][entry["ising"]]
        return ensemble["rows"], ensemble["columns"]
    side = _SIDES.get(config["images"][entry["images"]]["source"])
    return side and (side, side)


def _check_reduced(key, entry, config):
    """Check that a matrix of all pixels is neither too small nor too large."""
    if shape := _shape_of(entry, config):
        rows, columns = (size // entry["reduce"] for size in shape)
        if not _LEAST_LINEAR <= rows * columns <= MOST_DENSE:
            raise ValueError(
                f"{key}.reduce: expected images of {_LEAST_LINEAR} to {MOST_DENSE} "
                f"pixels once reduced, got {rows} x {columns} of {shape[0]} x "
                f"{shape[1]} by reduce: {entry['reduce']}"
            )


def _check_linear(key, entry, config):
    """Check that the images of a linear network are there, and of a fitting size."""
    for numbers in ("layers", "noise"):
        _check_ascending(f"{key}.{numbers}", entry[numbers])
    _check_reduced(key, entry, config)
    room, number = ("ising", "training") if "ising" in entry else ("images", "count")
    there = config[room][entry[room]][number]
    for image in ("input", "target"):
        counted = isinstance(entry[image], int) and isinstance(there, int)
        if counted and entry[image] >= there:
            raise ValueError(
                f"{key}.{image}: expected a number below {there}, the images of "
                f"{room}.{entry[room]}, got {entry[image]}"
            )


def _check_programme(key, entry, config):
    """Check that a graph is there, and the image sets that go with it, if any do."""
    for numbers in ("kernels", "sizes", "draws"):
        _check_ascending(f"{key}.{numbers}", entry[numbers])
    _check_exists(f"{key}.graph", entry["graph"], "graphs", config)
    graph = config["graphs"][entry["graph"]]
    over_images = "images" in graph
    for sets in ("images", "test"):
        if (sets in entry) != over_images:
            raise ValueError(
                f"{key}: expected 'images' and 'test', two image sets, with a graph "
                f"over images, and neither with one over an ensemble, got graph: "
                f"{entry['graph']} {'with' if sets in entry else 'without'} '{sets}'"
            )
        if over_images:
            _check_exists(f"{key}.{sets}", entry[sets], "images", config)
    if not over_images:
        _check_size(f"{key}.graph", graph["ising"], config, MOST_DENSE)
        if config["ising"][graph["ising"]]["test"] == 0:
            raise ValueError(
                f"{key}.graph: expected a graph over an ensemble with test samples, "
                f"got one over ising.{graph['ising']} with test: 0"
            )


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
        _check_ascending("paper.recovery.sizes", paper["recovery"]["sizes"])
        if paper["recovery"]["sizes"][-1] > samples:
            raise ValueError(
                f"paper.recovery.sizes: expected at most {samples}, the training "
                f"samples of ising.{paper['recovery'][bonds]}, "
                f"got {paper['recovery']['sizes'][-1]}"
            )
    for key in ("population", "test"):
        _check_exists(f"paper.{key}", paper[key], "images", config)
    _check_exists("paper.matrices", paper["matrices"], "matrices", config)
    for name in paper["linear"]:
        _check_exists("paper.linear", name, "linear", config)
    for of, name in paper["programme"].items():
        _check_of_paper(f"paper.programme.{of}", name, config)
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


def _check_of_paper(key, name, config):
    """Check that a run of the programme is over a periodic lattice, or over images."""
    _check_exists(key, name, "programme", config)
    graph = config["graphs"][config["programme"][name]["graph"]]
    ensemble = config["ising"].get(graph.get("ising"), {})
    over = "images" if "images" in graph else f"a {ensemble.get('boundary')} ensemble"
    expected = "a periodic ensemble" if key.endswith("lattice") else "images"
    if over != expected:
        raise ValueError(
            f"{key}: expected an entry of 'programme' with a graph over {expected}, "
            f"got '{name}' with one over {over}"
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
