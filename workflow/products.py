"""What a run made, in the lines with which it ends."""

import json
import re
from collections import Counter
from pathlib import Path

RESULTS = Path("results")
LEDGER = RESULTS / "claims.json"


def told(paths):
    """Say which of some results people look at: figures, the ledger, the pages.

    Parameters
    ----------
    paths : iterable of path-like
        Files under results/.

    Returns
    -------
    list of str
        A line each, none for what is not among them.

    Raises
    ------
    ValueError
        If the ledger is none.
    """
    paths = {Path(path) for path in paths}
    lines = []
    if figures := [path for path in paths if _is_figure(path)]:
        lines.append(f"Figures  {some(figures)}, and as .svg")
    if LEDGER in paths:
        verdicts = verdicts_of(LEDGER)
        counts = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
        lines.append(f"Ledger   {LEDGER.with_suffix('.md')}: {counts}")
    if (summary := RESULTS / "summary.html") in paths:
        lines.append(f"Summary  {summary}: all of it on one page; read this first")
    if pages := [path for path in paths if _is_explorer(path)]:
        lines.append(f"Explorer {some(pages)}: graphs and their walks, to play with")
    return lines


def others(paths):
    """Count the other files among some results, by the folder under results/."""
    seen = {RESULTS / "figures", LEDGER, LEDGER.with_suffix(".md")}
    seen.add(RESULTS / "summary.html")
    folders = {}
    for path in map(Path, paths):
        if not seen & {path, path.parent} and not _is_explorer(path):
            folders.setdefault(Path(*path.parts[:2]), set()).add(path)
    return [
        f"Files    {some(found)}"
        if len(found) < 4
        else f"Files    {folder}: {len(found)}"
        for folder, found in sorted(folders.items())
    ]


def some(paths):
    """Name a few files, or of more the first and the last, in the order of numbers."""
    paths = sorted(paths, key=_in_order)
    if len(paths) < 4:
        return ", ".join(map(str, paths))
    return f"{paths[0]} to {paths[-1].name} ({len(paths)})"


def verdicts_of(ledger):
    """Count the verdicts in a ledger."""
    try:
        if not ledger.is_file():  # such as a FIFO, at which one would wait for ever
            raise ValueError
        claims = json.loads(ledger.read_text(encoding="utf-8"))
        return Counter(claim["verdict"] for claim in claims)
    except (OSError, ValueError, TypeError, KeyError):
        raise ValueError(
            f"{ledger}: expected a ledger; delete it and run again"
        ) from None


def _is_figure(path):
    return path.parent == RESULTS / "figures" and path.suffix == ".png"


def _is_explorer(path):
    return path.parent == RESULTS and re.fullmatch(r"explorer(-.*)?\.html", path.name)


def _in_order(path):
    parts = re.split(r"(\d+)", str(path))
    return [(int(part) if part.isdigit() else 0, part) for part in parts]
