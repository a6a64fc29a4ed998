"""The ledger of claims: as JSON for programs, as Markdown and HTML for people."""

import json

from pixelwalk.claims import verdicts


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
        if set(entry) != set(_KEYS) or entry["verdict"] not in verdicts.VERDICTS:
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
    lines = ["# What the paper says, and what was measured", ""]
    lines += ["| claim | section | verdict | statement |", "| --- | --- | --- | --- |"]
    for entry in entries:
        cells = (f"[{entry['id']}](#{entry['id']})", entry["section"])
        cells += (f"**{entry['verdict']}**", entry["statement"])
        lines.append(f"| {' | '.join(cells)} |")
    for entry in entries:
        lines += ["", f"## {entry['id']}", "", entry["statement"], ""]
        lines.append(f"- Verdict: **{entry['verdict']}**, {entry['criterion']}.")
        if entry["paper"] is not None:
            lines.append(f"- Paper: {_number(entry['paper'])}")
        lines += [f"- {entry['note']}", f"- Evidence: {', '.join(entry['evidence'])}"]
        if entry["measured"]:
            lines += ["", "| | measured |", "| --- | --- |"]
            lines += [f"| {name} | {text} |" for name, text in _rows(entry["measured"])]
    return "\n".join(lines) + "\n"


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


def _rows(measured, prefix=""):
    for name, value in measured.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and "value" not in value:
            yield from _rows(value, f"{path}: ")
        else:
            yield path, _number(value)


def _number(value):
    if isinstance(value, dict):
        text = _number(value["value"])
        if value.get("standard_error") is not None:
            text += f" ± {_number(value['standard_error'])}"
        if "interval" in value:
            text += " ({} to {})".format(*map(_number, value["interval"]))
        if "largest" in value:
            text += f" (at most {_number(value['largest'])})"
        return text
    if isinstance(value, list):
        return ", ".join(map(_number, value))
    return f"{value:.4g}" if isinstance(value, float) else str(value)
