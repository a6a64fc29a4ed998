"""A claim of the paper and the verdict on it; the ledger as JSON, for programs."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, TypedDict, get_args

import numpy as np

from pixelwalk.jobs import faults
from pixelwalk.storage.files import write_text

#: What a verdict can be. The last is for a run on other data than the claim's.
Verdict = Literal[
    "reproduced", "not reproduced", "supported", "refuted", "not measured"
]

#: All of them.
VERDICTS = get_args(Verdict)

#: The two ways of counting a bond that claims about Ising samples compare.
BONDS = ("half", "standard")


class Claim(TypedDict, total=False):
    """A claim, and what was measured.

    Attributes
    ----------
    id : str
    study : str
        Name of the study that judges it.
    section : str
        Where in the paper.
    statement : str
        What the paper says, in our words.
    paper : float, list of float or None
        The paper's own numbers.
    measured : dict
        Numbers with their uncertainty, by what they measure.
    criterion : str
        The rule by which the verdict follows from the numbers, with every threshold.
    verdict : Verdict
        Computed by that rule.
    evidence : list of str
        Paths under results/ of the files with the numbers.
    figures : list of str
        Names of the figures in which to look for it; none where it is in numbers alone.
    note : str
        What a reader should know beside it.
    """

    id: str
    study: str
    section: str
    statement: str
    paper: Any
    measured: dict[str, Any]
    criterion: str
    verdict: Verdict
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
    evidence: Iterable[Any] = (),
    figures: Iterable[str] = (),
) -> Claim:
    """Put a claim together; `study` is added when it is saved.

    Parameters are the attributes of `Claim`; `evidence` are the contents of files, as
    `storage.read` gives them.
    """
    return {
        "id": name,
        "section": section,
        "statement": statement,
        "paper": paper,
        "measured": _defined(measured),
        "criterion": criterion,
        "verdict": verdict,
        "evidence": [content.path for content in evidence],
        "figures": list(figures),
        "note": note,
    }


def not_measured(claim: Claim, reason: str) -> Claim:
    """Turn a claim into one that this run does not measure, with a reason."""
    return claim | {"measured": {}, "verdict": "not measured", "note": reason}


def reproduced(holds: bool) -> Verdict:
    """Verdict on a number of the paper."""
    return "reproduced" if holds else "not reproduced"


def supported(holds: bool) -> Verdict:
    """Verdict on a statement of the paper."""
    return "supported" if holds else "refuted"


def save(path: str | Path, study: str, claims: Sequence[Claim]) -> None:
    """Write the claims that a study judges."""
    write_text(path, to_json([claim | {"study": study} for claim in claims]))


def to_json(claims: Sequence[Claim]) -> str:
    """Give claims as JSON text.

    Raises
    ------
    ValueError
        If a key or a verdict is not as the ledger has it, or a number is not finite.
    """
    for item in claims:
        if set(item) != set(_KEYS) or item["verdict"] not in VERDICTS:
            raise ValueError(f"not a claim of the ledger: {item}")
    ordered = [{key: dict(item)[key] for key in _KEYS} for item in claims]
    return json.dumps(ordered, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read(path: str | Path) -> list[Claim]:
    """Read claims that `to_json` made.

    Raises
    ------
    faults.Broken
        If the file is cut off or holds no claims.
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


def _defined(value: Any) -> Any:
    """Put None where a number is not defined, such as the mean of nothing."""
    if isinstance(value, dict):
        return {name: _defined(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_defined(part) for part in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value
