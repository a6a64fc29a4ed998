"""The ledger: claims with their verdicts and numbers, as JSON and Markdown."""

from pixelwalk.ledger.claim import (
    BONDS,
    VERDICTS,
    Claim,
    Verdict,
    claim,
    not_measured,
    read,
    reproduced,
    save,
    supported,
    to_json,
)
from pixelwalk.ledger.overview import MEANINGS, overview
from pixelwalk.ledger.rendering import number, rows, to_markdown
from pixelwalk.ledger.statistics import interval, mean_and_error, rank_correlation

__all__ = [
    "BONDS",
    "MEANINGS",
    "VERDICTS",
    "Claim",
    "Verdict",
    "claim",
    "interval",
    "mean_and_error",
    "not_measured",
    "number",
    "overview",
    "rank_correlation",
    "read",
    "reproduced",
    "rows",
    "save",
    "supported",
    "to_json",
    "to_markdown",
]
