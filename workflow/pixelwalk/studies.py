"""Check that the entries of a configuration that are studies have what they need."""

from pixelwalk import fits

#: Pixels up to which dense networks from all pixels to all are trained.
MOST_DENSE = 1024

# Pixels from which on a matrix tells whether it is circulant: a random one of n pixels
# lies at a distance of sqrt(1 - 1 / n) from the nearest.
_LEAST_LINEAR = 16


def check_matrices(key, entry):
    """Check that sizes grow, and that the filter fits the image."""
    fits.ascending(f"{key}.sizes", entry["sizes"])
    shorter = min(entry["rows"], entry["columns"])
    if entry["filter"] > shorter:
        raise ValueError(
            f"{key}.filter: expected at most {shorter}, the shorter side of the image, "
            f"got {entry['filter']}"
        )


def _check_reduced(key, entry, config):
    """Check that a matrix of all pixels is neither too small nor too large."""
    if shape := fits.shape_of(entry, config):
        rows, columns = (size // entry["reduce"] for size in shape)
        if not _LEAST_LINEAR <= rows * columns <= MOST_DENSE:
            raise ValueError(
                f"{key}.reduce: expected images of {_LEAST_LINEAR} to {MOST_DENSE} "
                f"pixels once reduced, got {rows} x {columns} of {shape[0]} x "
                f"{shape[1]} by reduce: {entry['reduce']}"
            )


def check_linear(key, entry, config):
    """Check that the images of a linear network are there, and of a fitting size."""
    for numbers in ("layers", "noise"):
        fits.ascending(f"{key}.{numbers}", entry[numbers])
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


def check_programme(key, entry, config):
    """Check that a graph is there, with images that fit it, the filters and sizes."""
    for numbers in ("kernels", "sizes", "draws"):
        fits.ascending(f"{key}.{numbers}", entry[numbers])
    fits.exists(f"{key}.graph", entry["graph"], "graphs", config)
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
    """Check the image sets of a run of the programme over images."""
    source = config["images"][graph["images"]]["source"]
    for sets in ("images", "test"):
        if sets not in entry:
            raise ValueError(
                f"{key}: expected 'images' and 'test', two image sets, with a graph "
                f"over images, got graph: {entry['graph']} without '{sets}'"
            )
        name = entry[sets]
        fits.exists(f"{key}.{sets}", name, "images", config)
        fits.of_source(f"{key}.{sets}", name, source, f"{key}.graph", config)
    count = config["images"][entry["images"]]["count"]
    if count != "all":
        # The other half is the graph that is looked for.
        there = f"half of the images of images.{entry['images']}"
        _check_sizes(f"{key}.sizes", entry["sizes"], count // 2, there)


def _check_over_ensemble(key, entry, graph, config):
    """Check the ensemble of a run of the programme over one."""
    for sets in ("images", "test"):
        if sets in entry:
            raise ValueError(
                f"{key}: expected neither 'images' nor 'test' with a graph over an "
                f"ensemble, got graph: {entry['graph']} with '{sets}'"
            )
    fits.of_size(f"{key}.graph", graph["ising"], config, MOST_DENSE)
    fits.plain(f"{key}.graph", graph["ising"], config)
    ensemble = config["ising"][graph["ising"]]
    if ensemble["test"] == 0:
        raise ValueError(
            f"{key}.graph: expected a graph over an ensemble with test samples, "
            f"got one over ising.{graph['ising']} with test: 0"
        )
    there = f"the training samples of ising.{graph['ising']}"
    _check_sizes(f"{key}.sizes", entry["sizes"], ensemble["training"], there)


def _check_sizes(key, sizes, most, there):
    """Check that the smallest size is there; larger ones may be left out."""
    if sizes[0] > most:
        raise ValueError(
            f"{key}: expected at least one of at most {most}, {there}, got {sizes}"
        )
