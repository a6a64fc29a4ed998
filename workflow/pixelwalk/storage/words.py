"""Short descriptions of the images or samples that a file was computed from."""

from pathlib import Path

from pixelwalk.storage.hdf5 import origin

# Parts of the description of an ensemble, by setting.
_ENSEMBLE = {
    "rows": "{rows} x {columns}",
    "lattice": "{lattice}",
    "edges": "edges of {edges}",
    "boundary": "{boundary}",
    "beta": "beta {beta}",
    "bonds": "{bonds} bonds",
    "training": "{training} samples",
}
# Settings that hold for spins from a file.
_OF_A_FILE = ("source", "rows", "columns", "training")


def describe_images(attributes):
    """Describe the images or samples that a file was computed from.

    Parameters
    ----------
    attributes : dict
        As `read` returns them.

    Returns
    -------
    str
        Such as ``MNIST, 200 images of 5`` or ``Ising, 10 x 10, free, beta 0.5, half
        bonds, 200 samples``.
    """
    settings = origin(attributes)["settings"]
    if "dataset" not in settings:
        known = _known(settings)
        parts = [text for key, text in _ENSEMBLE.items() if key in known]
        first = "spins of {source}" if "source" in known else "Ising"
        return ", ".join([first, *parts]).format(**known)
    label = settings["label"]
    of = "" if label == "any" else f" of {label}"
    return f"{settings['dataset']}, {settings['count']} images{of}"


def _known(settings):
    """Return the settings of an ensemble that belong in its description."""
    known = dict(settings)
    if "source" in known:  # how the spins were sampled is not known
        known = {key: known[key] for key in known if key in _OF_A_FILE}
        known["source"] = Path(known["source"]).name
    elif "/" in known.get("lattice", ""):
        known["edges"] = Path(known.pop("lattice")).name
        del known["boundary"]
    elif known.get("lattice") == "rectangular":
        del known["lattice"]
    return known


def describe_digit(attributes):
    """Describe the images of one digit that a file was computed from.

    Parameters
    ----------
    attributes : dict
        As `read` returns them.

    Returns
    -------
    str
        Such as ``MNIST, images of 5``.
    """
    settings = origin(attributes)["settings"]
    return f"{settings['dataset']}, images of {settings['label']}"
