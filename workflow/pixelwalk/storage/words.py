"""Say in a few words what a file is about."""

from pixelwalk.storage.hdf5 import origin

# What is said of an ensemble, of what is known of it.
_ENSEMBLE = {
    "rows": "{rows} x {columns}",
    "lattice": "{lattice}",
    "boundary": "{boundary}",
    "beta": "beta {beta}",
    "bonds": "{bonds} bonds",
    "training": "{training} samples",
}


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
        known = {key for key in settings if settings[key] != "rectangular"}
        told = [text for key, text in _ENSEMBLE.items() if key in known]
        first = "spins of {source}" if "source" in settings else "Ising"
        return ", ".join([first, *told]).format(**settings)
    label = settings["label"]
    of = "" if label == "any" else f" of {label}"
    return f"{settings['dataset']}, {settings['count']} images{of}"


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
