"""Validate the networks and ensembles that the figures and claims use."""

from pixelwalk.config import fits

# Settings of an ensemble in which the replicas at different temperatures agree.
_SAME = ("rows", "columns", "boundary", "training", "test")


def check(config):
    """Raise ValueError unless networks and replicas are over ensembles that fit."""
    for bonds, names in config["paper"]["autoencoders"].items():
        for name in names:
            ensemble = config["autoencoders"][name].get("ising")
            key = f"paper.autoencoders.{bonds}"
            fits.of_bonds(key, ensemble, "autoencoders", name, config)
    if "replicas" in config["paper"]:
        _check_replicas(config["paper"]["replicas"], config["ising"], config)


def _check_replicas(replicas, ensembles, config):
    """Check bonds, temperature, lattice and numbers of samples of the replicas."""
    for bonds in ("half", "standard"):
        name = replicas[bonds]
        fits.of_bonds(f"paper.replicas.{bonds}", name, "ising", name, config)
    half = ensembles[replicas["half"]]
    same = {key: half[key] for key in _SAME}
    for role, expected in (("standard", same), ("infinite", same | {"beta": 0})):
        key, name = f"paper.replicas.{role}", replicas[role]
        fits.plain(key, name, config)
        fits.has(key, f"ising.{name}", ensembles[name], expected)
    fits.of_size("paper.replicas.half", replicas["half"], config, fits.MOST_DENSE)
    for part in ("training", "test"):
        if half[part] < replicas["networks"]:
            raise ValueError(
                f"paper.replicas.half: expected an ensemble with a {part} sample for "
                f"each of {replicas['networks']} networks, got {half[part]}"
            )
