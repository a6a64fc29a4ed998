"""Check that the entries of a configuration fit each other."""

import math

from pixelwalk import fits, studies

#: Pixels up to which the weights of all pairs fit the memory that the rules ask for.
MOST_PIXELS = 4096

#: Pixels of the largest graph that is made without holding the weights of all pairs.
MOST_NODES = 65536


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
            fits.of_pixels(f"{section}.{name}", entry, config, most)
    for name, entry in config["graphs"].items():
        if entry["shards"] > 1:  # what shards add up to is a matrix
            key = f"graphs.{name}.shards"
            fits.of_size(key, entry.get("ising"), config, MOST_PIXELS)
            fits.of_pixels(f"graphs.{name}", entry, config, MOST_PIXELS)
    for bonds, name in config["paper"]["lattices"].items():
        ensemble = config["graphs"].get(name, {}).get("ising")
        fits.of_size(f"paper.lattices.{bonds}", ensemble, config, MOST_PIXELS)
    for bonds, name in config["paper"]["recovery"].items():
        fits.of_size(f"paper.recovery.{bonds}", name, config, MOST_PIXELS)
    for name, entry in config["ising"].items():
        _check_lattice(name, entry)
    for name, entry in config["images"].items():
        if entry["range"] != "all":
            fits.ascending(f"images.{name}.range", entry["range"])
    for name, entry in config["transitions"].items():
        _check_transition(f"transitions.{name}.graphs", entry["graphs"], config)
    for name, entry in config["matrices"].items():
        studies.check_matrices(f"matrices.{name}", entry)
    for name, entry in config["linear"].items():
        studies.check_linear(f"linear.{name}", entry, config)
    for name, entry in config["programme"].items():
        studies.check_programme(f"programme.{name}", entry, config)
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
    fits.exists(f"{section}.{name}.{room}", entry[room], room, config)
    if section == "autoencoders" and room == "images":
        if "test" not in entry:
            raise ValueError(
                f"autoencoders.{name}: expected 'test' beside 'images', an image set "
                "to validate with"
            )
        fits.exists(f"autoencoders.{name}.test", entry["test"], "images", config)
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


def _check_transition(key, names, config):
    """Check that graphs hold correlations of one periodic lattice at rising beta."""
    before = None
    for name in names:
        fits.exists(key, name, "graphs", config)
        graph = config["graphs"][name]
        kind = {"kind": "correlation", "centred": False, "square": False}
        kind |= {"diagonal": True}
        fits.has(key, f"graphs.{name}", graph, kind)
        if "ising" not in graph:
            raise ValueError(f"{key}: expected graphs over ensembles, got '{name}'")
        entry = config["ising"][graph["ising"]]
        first = before or entry
        fits.plain(key, graph["ising"], config)
        shape = {"rows": first["rows"], "columns": first["columns"]}
        shape |= {"boundary": "periodic", "field": 0, "bonds": first["bonds"]}
        fits.has(key, f"ising.{graph['ising']}", entry, shape)
        least = before["beta"] if before else 0
        if entry["beta"] < least:
            raise ValueError(
                f"{key}: expected ensembles at rising beta, from 0 on, got beta: "
                f"{entry['beta']} after {least}"
            )
        fits.of_size(key, graph["ising"], config, MOST_PIXELS)
        before = entry


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
        fits.ascending("paper.recovery.sizes", paper["recovery"]["sizes"])
        if paper["recovery"]["sizes"][-1] > samples:
            raise ValueError(
                f"paper.recovery.sizes: expected at most {samples}, the training "
                f"samples of ising.{paper['recovery'][bonds]}, "
                f"got {paper['recovery']['sizes'][-1]}"
            )
    for key in ("population", "test"):
        fits.exists(f"paper.{key}", paper[key], "images", config)
    fits.exists("paper.matrices", paper["matrices"], "matrices", config)
    for name in paper["linear"]:
        fits.exists("paper.linear", name, "linear", config)
    for of, name in paper["programme"].items():
        _check_of_paper(f"paper.programme.{of}", name, config)
    fits.exists("paper.digit", paper["digit"], "graphs", config)
    images = config["graphs"][paper["digit"]].get("images")
    if images is None or isinstance(config["images"][images]["label"], str):
        raise ValueError(
            f"paper.digit: expected a graph over images of one digit, got "
            f"'{paper['digit']}'"
        )
    source = config["images"][images]["source"]
    for key in ("population", "test"):
        fits.of_source(f"paper.{key}", paper[key], source, "paper.digit", config)


def _check_of_paper(key, name, config):
    """Check that a run of the programme is over a periodic lattice, or over images."""
    fits.exists(key, name, "programme", config)
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
    fits.exists(key, name, room, config)
    ensemble = name if room == "ising" else config[room][name].get("ising")
    expected = key.rpartition(".")[2]
    if ensemble is None or config["ising"][ensemble]["bonds"] != expected:
        raise ValueError(
            f"{key}: expected an entry of '{room}' over an ensemble with "
            f"bonds: {expected}, got '{name}'"
        )
    fits.plain(key, ensemble, config)
