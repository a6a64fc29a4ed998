"""Validate the networks that the figures and claims use."""

from pixelwalk.config import fits


def check(config):
    """Raise ValueError unless each network is over an ensemble with its key's bonds."""
    for bonds, names in config["paper"]["autoencoders"].items():
        for name in names:
            ensemble = config["autoencoders"][name].get("ising")
            key = f"paper.autoencoders.{bonds}"
            fits.of_bonds(key, ensemble, "autoencoders", name, config)
