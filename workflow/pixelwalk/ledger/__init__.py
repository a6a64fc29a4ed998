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
from pixelwalk.ledger.decisions import above, below, every, some, within
from pixelwalk.ledger.overview import GROUPS, MEANINGS, counts, group, overview
from pixelwalk.ledger.rendering import number, rows, to_markdown
from pixelwalk.ledger.statistics import (
    interval,
    mean_and_error,
    proportion,
    rank_correlation,
)

__all__ = [
    "BONDS",
    "GROUPS",
    "MEANINGS",
    "VERDICTS",
    "Claim",
    "Verdict",
    "above",
    "below",
    "claim",
    "counts",
    "every",
    "group",
    "interval",
    "mean_and_error",
    "not_measured",
    "number",
    "overview",
    "proportion",
    "rank_correlation",
    "read",
    "reproduced",
    "rows",
    "save",
    "some",
    "supported",
    "to_json",
    "to_markdown",
    "within",
]
