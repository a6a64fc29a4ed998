"""Say of a target that nobody makes what there is in its place."""

import difflib
import re

from pixelwalk.sources import listed

# Files by which an entry's results are asked for, and the section that names it.
_FILES = {
    r"studies/recovery/([^/]+)\.h5": "ising",
    r"(?:studies/transition/([^/]+)\.h5|figures/graph-([^/]+)\.(?:svg|png|csv))": "graphs",
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


def check(targets, config, rules):
    """Check that targets of the command line are rules, or files of known entries.

    Parameters
    ----------
    targets : iterable of str
        As they stand on the command line.
    config : dict
        The configuration.
    rules : iterable of str
        Names of the rules that may be asked for.

    Raises
    ------
    ValueError
        If an entry, or a rule, is not there: its name, and those that are.
    """
    for target in map(str, targets):
        section, name = _entry(target, config)
        if section and name not in config[section]:
            raise ValueError(
                f"{target}: no {_CALLED[section]} '{name}'; there are "
                f"{listed(config[section])}"
            )
        if "/" not in target and target not in rules:
            close = difflib.get_close_matches(target, rules, n=3) or ["all"]
            raise ValueError(
                f"no rule '{target}'; there are {listed(close)}, and files under "
                "results/ can be asked for by their paths"
            )


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
            return named, next(filter(None, found.groups()))
    return None, None
