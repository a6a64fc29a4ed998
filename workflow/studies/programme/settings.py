"""Validate the section `programme`, and the runs that the figures show."""

from pixelwalk.config import fits


def check(config):
    """Raise ValueError unless graph, images, filters and sizes of each run match."""
    for name, entry in config["programme"].items():
        _check_entry(f"programme.{name}", entry, config)
    for key, name in config["paper"]["programme"].items():
        _check_of_paper(f"paper.programme.{key}", name, config)


def _check_entry(key, entry, config):
    """Raise ValueError unless graph, images, filters and sizes of a run match."""
    for numbers in ("kernels", "sizes", "draws"):
        fits.ascending(f"{key}.{numbers}", entry[numbers])
    graph = config["graphs"][entry["graph"]]
    if "images" in graph:
        _check_over_images(key, entry, graph, config)
    else:
        _check_over_ensemble(key, entry, graph, config)
    shape = fits.shape_of(graph, config)
    if shape and entry["kernels"][-1] > min(shape):
        raise ValueError(
            f"{key}.kernels: expected filters of at most {min(shape)} pixels, the "
            f"shorter side of the images, got {entry['kernels'][-1]}"
        )


def _check_over_images(key, entry, graph, config):
    """Raise ValueError unless a run over images names two sets of the right source."""
    source = config["images"][graph["images"]]["source"]
    for sets in ("images", "test"):
        if sets not in entry:
            raise ValueError(
                f"{key}: expected 'images' and 'test', two image sets, with a graph "
                f"over images, got graph: {entry['graph']} without '{sets}'"
            )
        name = entry[sets]
        fits.of_source(f"{key}.{sets}", name, source, f"{key}.graph", config)
    count = config["images"][entry["images"]]["count"]
    if count != "all":
        # The other half of the images gives the reference graph.
        limit = f"half of the images of images.{entry['images']}"
        _check_sizes(f"{key}.sizes", entry["sizes"], count // 2, limit)


def _check_over_ensemble(key, entry, graph, config):
    """Raise ValueError unless the ensemble of a run is valid and has test samples."""
    for sets in ("images", "test"):
        if sets in entry:
            raise ValueError(
                f"{key}: expected neither 'images' nor 'test' with a graph over an "
                f"ensemble, got graph: {entry['graph']} with '{sets}'"
            )
    fits.of_size(f"{key}.graph", graph["ising"], config, fits.MOST_DENSE)
    fits.plain(f"{key}.graph", graph["ising"], config)
    ensemble = config["ising"][graph["ising"]]
    if ensemble["test"] == 0:
        raise ValueError(
            f"{key}.graph: expected a graph over an ensemble with test samples, "
            f"got one over ising.{graph['ising']} with test: 0"
        )
    limit = f"the training samples of ising.{graph['ising']}"
    _check_sizes(f"{key}.sizes", entry["sizes"], ensemble["training"], limit)


def _check_sizes(key, sizes, most, limit):
    """Raise ValueError if even the smallest size is too large; others are skipped."""
    if sizes[0] > most:
        raise ValueError(
            f"{key}: expected at least one of at most {most}, {limit}, got {sizes}"
        )


def _check_of_paper(key, name, config):
    """Raise ValueError unless a run is over a periodic lattice, or over images."""
    graph = config["graphs"][config["programme"][name]["graph"]]
    ensemble = config["ising"].get(graph.get("ising"), {})
    over = "images" if "images" in graph else f"a {ensemble.get('boundary')} ensemble"
    expected = "a periodic ensemble" if key.endswith("lattice") else "images"
    if over != expected:
        raise ValueError(
            f"{key}: expected an entry of 'programme' with a graph over {expected}, "
            f"got '{name}' with one over {over}"
        )
