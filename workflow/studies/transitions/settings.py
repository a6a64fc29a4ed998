"""Validate the section `transitions`."""

from pixelwalk.config import fits


def check(config):
    """Raise ValueError unless all entries are valid; see `_check_transition`."""
    for name, entry in config["transitions"].items():
        _check_transition(f"transitions.{name}.graphs", entry["graphs"], config)


def _check_transition(key, names, config):
    """Raise ValueError unless graphs are correlations of one lattice at rising beta."""
    before = None
    for name in names:
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
        fits.of_size(key, graph["ising"], config, fits.MOST_PIXELS)
        before = entry
