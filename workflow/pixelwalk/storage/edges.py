"""Reading of edge lists, in the format of networkx, igraph and others."""

import logging
import re
from pathlib import Path

log = logging.getLogger(__name__)

# Two sites, and the empty data that networkx writes after them.
_EDGE = re.compile(r"(\d{1,18})(?:\s*,\s*|\s+)(\d{1,18})(\s*\{\})?", re.ASCII)

_EXPECTED = "expected two numbers of sites on each line, such as '0 1'"


def read_edges(settings):
    """Read the edges of an ensemble's lattice, if a file lists them.

    Parameters
    ----------
    settings : mapping
        Those of the ensemble, of `rows` times `columns` sites. Its `lattice` is a name,
        or the path of a text file, which contains a "/". Each line has two sites,
        numbered from 0, separated by a space or comma; a # begins a comment.

    Returns
    -------
    tuple of tuple of int, or None
        The edges, each with the lower site first; None if the lattice has a name.

    Raises
    ------
    ValueError
        The file and the line, what was expected and what came.
    """
    if "/" not in settings["lattice"]:
        return None
    path = Path(settings["lattice"])
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path}: {_EXPECTED}, got what is no text") from None
    sites, numbers = settings["rows"] * settings["columns"], {}
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        if text:
            edge = _edge(text, sites, f"{path}, line {number}")
            if edge in numbers:
                raise ValueError(
                    f"{path}, line {number}: expected each edge once, got {text!r} as "
                    f"on line {numbers[edge]}"
                )
            numbers[edge] = number
    if not numbers:
        raise ValueError(f"{path}: {_EXPECTED}, got an empty list")
    lowest = min(edge[0] for edge in numbers)
    if lowest > 0:
        log.warning(
            "no edge touches site 0, and the lowest is %d: are sites numbered from 1? "
            "They count from 0",
            lowest,
        )
    return tuple(numbers)


def _edge(text, sites, place):
    match = _EDGE.fullmatch(text)
    if not match:
        raise ValueError(
            f"{place}: {_EXPECTED}, got {text[:60]!r}; all bonds are equally strong"
        )
    edge = tuple(sorted(map(int, match.group(1, 2))))
    if edge[1] >= sites:
        raise ValueError(
            f"{place}: expected sites from 0 to {sites - 1}, as rows times columns is "
            f"{sites}, got {edge[1]}"
            + ("; a list that counts from 1?" if edge[1] == sites else "")
        )
    if edge[0] == edge[1]:
        raise ValueError(f"{place}: expected two different sites, got {text!r}")
    return edge
