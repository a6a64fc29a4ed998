"""Describe the results of a run, in the lines with which it ends."""

import json
import re
from collections import Counter
from pathlib import Path

RESULTS = Path("results")
LEDGER = RESULTS / "claims.json"


def told(paths):
    """List those results that people look at: figures, the ledger, the pages.

    Parameters
    ----------
    paths : iterable of path-like
        Files under results/.

    Returns
    -------
    list of str
        One line for each of these that is among the paths.

    Raises
    ------
    ValueError
        If the ledger among them cannot be read.
    """
    paths = {Path(path) for path in paths}
    lines = []
    if figures := [path for path in paths if _is_figure(path)]:
        lines.append(f"Figures  {some(figures)}, and as .svg")
    if LEDGER in paths:
        lines.append(f"Ledger   {LEDGER.with_suffix('.md')}: {verdicts_of(LEDGER)}")
    if (summary := RESULTS / "summary.html") in paths:
        lines.append(f"Summary  {summary}: all of it on one page; read this first")
    if pages := [path for path in paths if _is_explorer(path)]:
        lines.append(f"Explorer {some(pages)}: graphs and their walks, to play with")
    return lines


def others(paths):
    """List the other results by folder under results/: names, or their number."""
    listed = {RESULTS / "figures", LEDGER, LEDGER.with_suffix(".md")}
    listed.add(RESULTS / "summary.html")
    folders = {}
    for path in map(Path, paths):
        if not listed & {path, path.parent} and not _is_explorer(path):
            folders.setdefault(Path(*path.parts[:2]), set()).add(path)
    return [
        f"Files    {some(files)}"
        if len(files) < 4
        else f"Files    {folder}: {len(files)}"
        for folder, files in sorted(folders.items())
    ]


def some(paths):
    """Return up to three paths, or the first and the last, with numbers in order."""
    paths = sorted(paths, key=_numeric_order)
    if len(paths) < 4:
        return ", ".join(map(str, paths))
    return f"{paths[0]} to {paths[-1].name} ({len(paths)})"


def verdicts_of(ledger):
    """Count the verdicts in a ledger, theorems apart, in words.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    try:
        if not ledger.is_file():  # reading a FIFO would block
            raise ValueError
        claims = json.loads(ledger.read_text(encoding="utf-8"))
        parts = []
        for title, theorem in (("", False), ("theorems: ", True)):
            verdicts = Counter(
                claim["verdict"]
                for claim in claims
                if (claim["nature"] == "theorem") == theorem
            )
            counts = [f"{count} {verdict}" for verdict, count in verdicts.items()]
            if counts:
                parts.append(title + ", ".join(counts))
        return "; ".join(parts)
    except (OSError, ValueError, TypeError, KeyError):
        raise ValueError(
            f"{ledger}: expected a ledger; delete it and run again"
        ) from None


def _is_figure(path):
    return path.parent == RESULTS / "figures" and path.suffix == ".png"


def _is_explorer(path):
    return path.parent == RESULTS and re.fullmatch(r"explorer(-.*)?\.html", path.name)


def _numeric_order(path):
    parts = re.split(r"(\d+)", str(path))
    return [(int(part) if part.isdigit() else 0, part) for part in parts]
