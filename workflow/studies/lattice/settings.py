"""Validate the lattices that the figures and claims use."""

from pixelwalk.config import fits


def check(config):
    """Raise ValueError unless bonds match their keys and samples suffice."""
    paper = config["paper"]
    sizes = paper["recovery"]["sizes"]
    fits.ascending("paper.recovery.sizes", sizes)
    for bonds, name in paper["lattices"].items():
        ensemble = config["graphs"][name].get("ising")
        key = f"paper.lattices.{bonds}"
        fits.of_size(key, ensemble, config, fits.MOST_PIXELS)
        fits.of_bonds(key, ensemble, "graphs", name, config)
    for bonds in ("half", "standard"):
        name = paper["recovery"][bonds]
        key = f"paper.recovery.{bonds}"
        fits.of_size(key, name, config, fits.MOST_PIXELS)
        fits.of_bonds(key, name, "ising", name, config)
        samples = config["ising"][name]["training"]
        if sizes[-1] > samples:
            raise ValueError(
                f"paper.recovery.sizes: expected at most {samples}, the training "
                f"samples of ising.{name}, got {sizes[-1]}"
            )
