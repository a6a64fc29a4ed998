"""Say in a few words what a file is about."""

from pathlib import Path

from pixelwalk.storage.hdf5 import origin

# What is said of an ensemble, of what is known of it.
_ENSEMBLE = {
    "rows": "{rows} x {columns}",
    "lattice": "{lattice}",
    "edges": "edges of {edges}",
    "boundary": "{boundary}",
    "beta": "beta {beta}",
    "bonds": "{bonds} bonds",
    "training": "{training} samples",
}
# What is known of spins from a file.
_OF_A_FILE = ("source", "rows", "columns", "training")


def describe_images(attributes):
    """Say in a few words which images or samples a file goes back to.

    Parameters
    ----------
    attributes : dict
        As `read` gives them.

    Returns
    -------
    str
        Such as ``MNIST, 200 images of 5`` or ``Ising, 10 x 10, free, beta 0.5, half
        bonds, 200 samples``.
    """
    settings = origin(attributes)["settings"]
    if "dataset" not in settings:
        known = _known(settings)
        told = [text for key, text in _ENSEMBLE.items() if key in known]
        first = "spins of {source}" if "source" in known else "Ising"
        return ", ".join([first, *told]).format(**known)
    label = settings["label"]
    of = "" if label == "any" else f" of {label}"
    return f"{settings['dataset']}, {settings['count']} images{of}"


def _known(settings):
    """Choose what is to be said of an ensemble."""
    known = dict(settings)
    if "source" in known:  # how the spins came to be is not known here
        known = {key: known[key] for key in known if key in _OF_A_FILE}
        known["source"] = Path(known["source"]).name
    elif "/" in known.get("lattice", ""):
        known["edges"] = Path(known.pop("lattice")).name
        del known["boundary"]
    elif known.get("lattice") == "rectangular":
        del known["lattice"]
    return known


def describe_digit(attributes):
    """Say in a few words which digit's images a file goes back to.

    Parameters
    ----------
    attributes : dict
        As `read` gives them.

    Returns
    -------
    str
        Such as ``MNIST, images of 5``.
    """
    settings = origin(attributes)["settings"]
    return f"{settings['dataset']}, images of {settings['label']}"
