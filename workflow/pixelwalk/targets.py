"""Say of a target that nobody makes what there is in its place."""

import re

from pixelwalk.sources import listed

# Files by which an entry's results are asked for, and the section that names it.
_FILES = {
    r"studies/recovery/([^/]+)\.h5": "ising",
    r"studies/transition/([^/]+)\.h5": "graphs",
    r"figures/graph-([^/]+)\.(?:svg|png|csv)": "graphs",
    r"explorer-([^/]+)\.html": "graphs",
    r"figures/transition-([^/]+)\.(?:svg|png|csv)": "transitions",
}

#: What an entry of a section is called.
_CALLED = {
    "ising": "ensemble",
    "images": "image set",
    "graphs": "graph",
    "autoencoders": "autoencoder",
    "transitions": "transition",
    "matrices": "study of matrices",
    "linear": "linear network",
    "programme": "run of the programme",
}


def check(arguments, config):
    """Check that what is asked for under results/ is of entries that there are.

    Parameters
    ----------
    arguments : iterable of str
        Of the command line, targets and others.
    config : dict
        The configuration.

    Raises
    ------
    ValueError
        If an entry is not there: its name, and those that are.
    """
    for argument in arguments:
        section, name = _entry(argument, config)
        if section and name not in config[section]:
            names = sorted(config[section])
            there = f"there are {listed(names)}" if names else "there is none"
            raise ValueError(f"{argument}: no {_CALLED[section]} '{name}'; {there}")


def _entry(target, config):
    """Find the section and the name of the entry that a target is about."""
    path = target.removeprefix("results/")
    section, _, rest = path.partition("/")
    if path == target:
        return None, None
    if section in _CALLED and section in config and "/" in rest:
        return section, rest.partition("/")[0]
    for pattern, named in _FILES.items():
        if found := re.fullmatch(pattern, path):
            return named, found[1]
    return None, None
