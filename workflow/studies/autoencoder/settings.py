"""Checks of the networks that the figures and claims are about."""

from pixelwalk.config import fits


def check(config):
    """Check that each network stands on an ensemble with the bonds of its key."""
    for bonds, names in config["paper"]["autoencoders"].items():
        for name in names:
            ensemble = config["autoencoders"][name].get("ising")
            key = f"paper.autoencoders.{bonds}"
            fits.of_bonds(key, ensemble, "autoencoders", name, config)
