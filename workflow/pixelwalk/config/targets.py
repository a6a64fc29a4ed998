"""Check that targets belong to entries of the configuration."""

import re

from pixelwalk.sources import listed

# Figures and pages of one entry, which no folder is named after.
_FIGURE = re.compile(r"figures/(\w+)-([^/]+)\.(?:svg|png|csv)")
_EXPLORER = re.compile(r"explorer-([^/]+)\.html")


def check(arguments, config, titles):
    """Check that targets under results/ belong to entries of the configuration.

    Parameters
    ----------
    arguments : iterable of str
        Arguments of the command line, targets and others.
    config : dict
        The configuration.
    titles : dict of str to str
        The word for an entry of each section.

    Raises
    ------
    ValueError
        If there is no such entry: its name, and the known ones.
    """
    for argument in arguments:
        section, name = _entry(argument, config, titles)
        if section and name not in config[section]:
            names = sorted(config[section])
            known = f"there are {listed(names)}" if names else "there is none"
            raise ValueError(f"{argument}: no {titles[section]} '{name}'; {known}")


def _entry(target, config, titles):
    """Return section and name of the entry that a target belongs to, or None twice."""
    path = target.removeprefix("results/")
    section, _, rest = path.partition("/")
    if path == target:
        return None, None
    if section in titles and section in config and "/" in rest:
        return section, rest.partition("/")[0]
    if match := _EXPLORER.fullmatch(path):
        return "graphs", match[1]
    if match := _FIGURE.fullmatch(path):
        sections = {title: section for section, title in titles.items()}
        return sections.get(match[1]), match[2]
    return None, None
