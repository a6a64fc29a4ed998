"""Claims of the paper with their verdicts, and the ledger as JSON."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, TypedDict, get_args

import numpy as np

from pixelwalk.jobs import faults
from pixelwalk.storage.files import write_text

#: Verdicts. `undecided`: the uncertainty spans a threshold of the criterion.
#: `not measured`: a run on other data than the claim is about.
Verdict = Literal[
    "reproduced", "not reproduced", "supported", "refuted", "undecided", "not measured"
]

#: All verdicts.
VERDICTS = get_args(Verdict)

#: Settings of `bonds` that claims about Ising samples compare.
BONDS = ("half", "standard")


#: Who makes the statement.
Source = Literal["paper", "ours"]

#: How it can be judged: by a measurement that can come out either way, or by checking
#: a theorem, which only a bug could turn.
Nature = Literal["measurement", "theorem"]


class Claim(TypedDict, total=False):
    """A claim and its measured numbers.

    Attributes
    ----------
    id : str
    study : str
        Name of the study that judges it.
    section : str
        Section of the paper.
    statement : str
        Statement, in our words.
    source : Source
    nature : Nature
    paper : float, list of float or None
        Numbers of the paper.
    measured : dict
        Numbers with their uncertainty, by name.
    criterion : str
        Rule that computes the verdict from the numbers, with every threshold.
    verdict : Verdict
        Result of that rule.
    null : dict
        The same numbers on data without the structure that the claim is about, by
        name; empty for a theorem, or if nothing was measured.
    evidence : list of str
        Paths of the files with the numbers, below results/.
    figures : list of str
        Names of the figures that show it; empty if none does.
    note : str
        Further explanation.
    """

    id: str
    study: str
    section: str
    statement: str
    source: Source
    nature: Nature
    paper: Any
    measured: dict[str, Any]
    criterion: str
    verdict: Verdict
    null: dict[str, Any]
    evidence: list[str]
    figures: list[str]
    note: str


def claim(
    name: str,
    section: str,
    statement: str,
    paper: Any,
    measured: dict[str, Any],
    criterion: str,
    verdict: Verdict,
    note: str,
    *,
    source: Source = "paper",
    nature: Nature = "measurement",
    null: dict[str, Any] | None = None,
    evidence: Iterable[Any] = (),
    figures: Iterable[str] = (),
) -> Claim:
    """Return a claim; `save` adds the study.

    Parameters are the attributes of `Claim`; `evidence` holds contents of files, as
    `storage.read` returns them.
    """
    return {
        "id": name,
        "section": section,
        "statement": statement,
        "source": source,
        "nature": nature,
        "paper": paper,
        "measured": _defined(measured),
        "criterion": criterion,
        "verdict": verdict,
        "null": _defined(null or {}),
        "evidence": [content.path for content in evidence],
        "figures": list(figures),
        "note": note,
    }


def not_measured(claim: Claim, reason: str) -> Claim:
    """Return a claim as not measured by this run, with the reason as its note."""
    empty: Claim = {"measured": {}, "null": {}, "verdict": "not measured"}
    return claim | empty | {"note": reason}


def reproduced(holds: bool | None) -> Verdict:
    """Return the verdict on a number of the paper; None is undecided."""
    if holds is None:
        return "undecided"
    return "reproduced" if holds else "not reproduced"


def supported(holds: bool | None) -> Verdict:
    """Return the verdict on a statement; None is undecided."""
    if holds is None:
        return "undecided"
    return "supported" if holds else "refuted"


def save(path: str | Path, study: str, claims: Sequence[Claim]) -> None:
    """Write the claims of a study as JSON."""
    write_text(path, to_json([claim | {"study": study} for claim in claims]))


def to_json(claims: Sequence[Claim]) -> str:
    """Return claims as JSON text.

    Raises
    ------
    ValueError
        If keys are missing or unknown, a source, nature or verdict is unknown, or a
        number is not finite.
    """
    for item in claims:
        if set(item) != set(_KEYS) or any(
            dict(item)[key] not in choices for key, choices in _CHOICES.items()
        ):
            raise ValueError(f"not a claim of the ledger: {item}")
    ordered = [{key: dict(item)[key] for key in _KEYS} for item in claims]
    return json.dumps(ordered, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read(path: str | Path) -> list[Claim]:
    """Read claims that `to_json` wrote.

    Raises
    ------
    faults.Broken
        If the file is truncated or does not hold claims.
    OSError
        If it is missing or cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        claims = json.loads(text)
        if to_json(claims) == text:
            return claims
    except FileNotFoundError:
        raise OSError(faults.missing(path)) from None
    except (ValueError, TypeError):
        pass
    raise faults.Broken(path, "expected a ledger of claims, but it is none, or changed")


_KEYS = tuple(Claim.__annotations__)
_CHOICES = {
    "source": get_args(Source),
    "nature": get_args(Nature),
    "verdict": VERDICTS,
}


def _defined(value: Any) -> Any:
    """Replace numbers that are not finite by None, recursively."""
    if isinstance(value, dict):
        return {name: _defined(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_defined(part) for part in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value
