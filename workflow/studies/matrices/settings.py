"""Validate the section `matrices`."""

from pixelwalk.config import fits


def check(config):
    """Raise ValueError unless sizes ascend and filters fit the images."""
    for name, entry in config["matrices"].items():
        _check_entry(f"matrices.{name}", entry)


def _check_entry(key, entry):
    """Raise ValueError unless sizes ascend and the filter fits the image."""
    fits.ascending(f"{key}.sizes", entry["sizes"])
    shorter = min(entry["rows"], entry["columns"])
    if entry["filter"] > shorter:
        raise ValueError(
            f"{key}.filter: expected at most {shorter}, the shorter side of the image, "
            f"got {entry['filter']}"
        )
