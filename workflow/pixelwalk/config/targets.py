"""Check that targets are about entries that the configuration has."""

import re

from pixelwalk.sources import listed

# Figures and pages of a single entry, which is not named by a folder.
_FIGURE = re.compile(r"figures/(\w+)-([^/]+)\.(?:svg|png|csv)")
_EXPLORER = re.compile(r"explorer-([^/]+)\.html")


def check(arguments, config, titles):
    """Check that what is asked for under results/ is of entries that there are.

    Parameters
    ----------
    arguments : iterable of str
        Of the command line, targets and others.
    config : dict
        The configuration.
    titles : dict of str to str
        What an entry of each section is called.

    Raises
    ------
    ValueError
        If an entry is not there: its name, and those that are.
    """
    for argument in arguments:
        section, name = _entry(argument, config, titles)
        if section and name not in config[section]:
            names = sorted(config[section])
            there = f"there are {listed(names)}" if names else "there is none"
            raise ValueError(f"{argument}: no {titles[section]} '{name}'; {there}")


def _entry(target, config, titles):
    """Find the section and the name of the entry that a target is about."""
    path = target.removeprefix("results/")
    section, _, rest = path.partition("/")
    if path == target:
        return None, None
    if section in titles and section in config and "/" in rest:
        return section, rest.partition("/")[0]
    if found := _EXPLORER.fullmatch(path):
        return "graphs", found[1]
    if found := _FIGURE.fullmatch(path):
        sections = {title: section for section, title in titles.items()}
        return sections.get(found[1]), found[2]
    return None, None
