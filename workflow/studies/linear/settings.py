"""Checks of the section `linear`."""

from pixelwalk.config import fits

# Pixels from which on a matrix tells whether it is circulant: a random one of n pixels
# lies at a distance of sqrt(1 - 1 / n) from the nearest.
_LEAST_LINEAR = 16


def check(config):
    """Check that the images of linear networks are there, and of a fitting size."""
    for name, entry in config["linear"].items():
        _check_entry(f"linear.{name}", entry, config)


def fall_back(entry):
    """Leave scikit-learn's digits as they are: they are small enough."""
    entry["reduce"] = 1


def _check_reduced(key, entry, config):
    """Check that a matrix of all pixels is neither too small nor too large."""
    if shape := fits.shape_of(entry, config):
        rows, columns = (size // entry["reduce"] for size in shape)
        if not _LEAST_LINEAR <= rows * columns <= fits.MOST_DENSE:
            raise ValueError(
                f"{key}.reduce: expected images of {_LEAST_LINEAR} to "
                f"{fits.MOST_DENSE} pixels once reduced, got {rows} x {columns} of "
                f"{shape[0]} x {shape[1]} by reduce: {entry['reduce']}"
            )


def _check_entry(key, entry, config):
    """Check that the images of a linear network are there, and of a fitting size."""
    fits.one_source(key, entry)
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
