"""Validate the section `linear`."""

from pixelwalk.config import fits

# Fewest pixels n: a random n x n matrix lies at a relative distance of sqrt(1 - 1 / n)
# from the nearest circulant one, which must be near 1.
_LEAST_LINEAR = 16


def check(config):
    """Raise ValueError unless the images of all entries exist and have a valid size."""
    for name, entry in config["linear"].items():
        _check_entry(f"linear.{name}", entry, config)


def fall_back(entry):
    """Use scikit-learn's digits in full size, as they are small enough."""
    entry["reduce"] = 1


def _check_reduced(key, entry, config):
    """Raise ValueError if a pixels x pixels matrix would be too small or too large."""
    if shape := fits.shape_of(entry, config):
        rows, columns = (size // entry["reduce"] for size in shape)
        if not _LEAST_LINEAR <= rows * columns <= fits.MOST_DENSE:
            raise ValueError(
                f"{key}.reduce: expected images of {_LEAST_LINEAR} to "
                f"{fits.MOST_DENSE} pixels once reduced, got {rows} x {columns} of "
                f"{shape[0]} x {shape[1]} by reduce: {entry['reduce']}"
            )


def _check_entry(key, entry, config):
    """Raise ValueError unless the images of an entry exist and have a valid size."""
    fits.one_source(key, entry)
    for numbers in ("layers", "noise"):
        fits.ascending(f"{key}.{numbers}", entry[numbers])
    _check_reduced(key, entry, config)
    section, key_of_count = (
        ("ising", "training") if "ising" in entry else ("images", "count")
    )
    count = config[section][entry[section]][key_of_count]
    for image in ("input", "target"):
        known = isinstance(entry[image], int) and isinstance(count, int)
        if known and entry[image] >= count:
            raise ValueError(
                f"{key}.{image}: expected a number below {count}, the images of "
                f"{section}.{entry[section]}, got {entry[image]}"
            )
