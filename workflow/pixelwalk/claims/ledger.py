"""The ledger of claims: as JSON for programs, as Markdown for people."""

import json
from pathlib import Path

import numpy as np
from scipy import stats

from pixelwalk import faults
from pixelwalk.claims.overview import FIGURES, overview

#: What a verdict can be. The last is for a run on other data than the claim's.
VERDICTS = ("reproduced", "not reproduced", "supported", "refuted", "not measured")

#: The two ways of counting a bond that claims about Ising samples compare.
BONDS = ("half", "standard")


def entry(name, section, statement, paper, measured, criterion, verdict, note):
    """Entry of the ledger, but for its `evidence`.

    Parameters
    ----------
    name : str
        Its `id`.
    section : str
        Where in the paper.
    statement : str
        What the paper says, in our words.
    paper : float, list of float or None
        The paper's own numbers.
    measured : dict
        Numbers with their uncertainty, by what they measure.
    criterion : str
        The rule by which the verdict follows from the numbers.
    verdict : str
        One of `VERDICTS`, computed by that rule.
    note : str
        What a reader should know beside it.

    Returns
    -------
    dict
    """
    return {
        "id": name,
        "section": section,
        "statement": statement,
        "paper": paper,
        "measured": _defined(measured),
        "criterion": criterion,
        "verdict": verdict,
        "note": note,
    }


def not_measured(entry, reason):
    """Turn an entry into one that says why this run does not measure the claim.

    Parameters
    ----------
    entry : dict
        As `entry` gives it.
    reason : str
        A sentence.

    Returns
    -------
    dict
    """
    return entry | {"measured": {}, "verdict": "not measured", "note": reason}


def reproduced(holds):
    """Verdict on a number of the paper."""
    return "reproduced" if holds else "not reproduced"


def supported(holds):
    """Verdict on a statement of the paper."""
    return "supported" if holds else "refuted"


def mean_and_error(values):
    """Mean of independent values, with its standard error and their number."""
    error = float(stats.sem(values)) if len(values) > 1 else None
    return {"value": float(np.mean(values)), "standard_error": error, "n": len(values)}


def interval(values):
    """Central 95 % of values: from the 2.5th to the 97.5th percentile."""
    return [float(v) for v in np.percentile(values, [2.5, 97.5])]


def to_json(entries):
    """Ledger as JSON text; refuses an entry that is not complete.

    Parameters
    ----------
    entries : sequence of dict
        As `verdicts` makes them, with `evidence`, paths under results/.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If a key or a verdict is not as the ledger has it, or a number is not finite.
    """
    for entry in entries:
        if set(entry) != set(_KEYS) or entry["verdict"] not in VERDICTS:
            raise ValueError(f"not an entry of the ledger: {entry}")
    ordered = [{key: entry[key] for key in _KEYS} for entry in entries]
    return json.dumps(ordered, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def to_markdown(entries):
    """Ledger as Markdown: a table of verdicts, then each claim with its numbers.

    Parameters
    ----------
    entries : sequence of dict
        As for `to_json`.

    Returns
    -------
    str
    """
    lines = ["# What the paper says, and what was measured", "", *overview(entries)]
    lines += [
        "± is a standard error. Parentheses hold 95 % intervals, over random choices "
        "of images or over permutations where there are such; the number before them "
        "is that of the first images, or the mean.",
        "",
    ]
    lines += ["| claim | section | verdict | statement |", "| --- | --- | --- | --- |"]
    for entry in entries:
        cells = (f"[{entry['id']}](#{entry['id']})", entry["section"])
        cells += (f"**{entry['verdict']}**", entry["statement"])
        lines.append(f"| {' | '.join(cells)} |")
    for entry in entries:
        lines += ["", f"## {entry['id']}", "", entry["statement"], ""]
        lines.append(f"- Verdict: **{entry['verdict']}**.")
        lines.append(f"- Criterion: {entry['criterion']}.")
        if entry["paper"] is not None:
            lines.append(f"- Paper: {number(entry['paper'])}")
        lines += [f"- {entry['note']}", *_sources(entry)]
        if entry["measured"]:
            lines += ["", "| | measured |", "| --- | --- |"]
            lines += [f"| {name} | {text} |" for name, text in rows(entry["measured"])]
    return "\n".join(lines) + "\n"


def read(path):
    """Read a ledger that `to_json` made.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    list of dict
        Its entries.

    Raises
    ------
    faults.Broken
        If it is cut off or no ledger.
    OSError
        If it is missing or cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        entries = json.loads(text)
        if to_json(entries) == text:
            return entries
    except FileNotFoundError:
        raise OSError(faults.missing(path)) from None
    except (ValueError, TypeError):
        pass
    raise faults.Broken(path, "expected a ledger of claims, but it is none, or changed")


def rows(measured, prefix=""):
    """Name every number of an entry, and tell it in words.

    Parameters
    ----------
    measured : dict
        Of an entry.
    prefix : str, optional
        What comes before each name.

    Yields
    ------
    tuple of str
        What it measures, and the number with its uncertainty.
    """
    for name, value in measured.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and "value" not in value:
            yield from rows(value, f"{path}: ")
        else:
            yield path, number(value)


def number(value):
    """Tell a number, a list of them, or one with its uncertainty, in words."""
    if isinstance(value, dict):
        text = number(value["value"])
        if value.get("standard_error") is not None:
            text += f" ± {round(value['standard_error'], 12):.2g}"
        if "interval" in value:
            text += " ({} to {})".format(*map(number, value["interval"]))
        if "largest" in value:
            text += f" (at most {number(value['largest'])})"
        return text
    if value is None:
        return "not defined"
    if isinstance(value, list):
        return ", ".join(map(number, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)


_KEYS = (
    "id",
    "section",
    "statement",
    "paper",
    "measured",
    "criterion",
    "verdict",
    "evidence",
    "note",
)


def _defined(value):
    """Put None where a number is not defined, such as the mean of nothing."""
    if isinstance(value, dict):
        return {name: _defined(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_defined(part) for part in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value


def _sources(entry):
    """Lines that name the figures and the files of a claim."""
    figures = [
        (f"figure {n}", f"figures/figure{n}.png") for n in FIGURES.get(entry["id"], ())
    ]
    files = [(path, path.removeprefix("results/")) for path in entry["evidence"]]
    for name, targets in (("Look at", figures), ("Evidence", files)):
        shown = [f"[{text}]({path})" for text, path in targets]
        if shown:
            yield f"- {name}: {', '.join(shown)}"
