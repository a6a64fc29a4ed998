"""Overview of the ledger: the number of claims with each verdict."""

from collections import Counter

#: Meaning of each verdict.
MEANINGS = {
    "reproduced": "a number of the paper came out again, within the criterion",
    "not reproduced": "a number of the paper did not come out again",
    "supported": "what was measured meets the criterion of the statement",
    "refuted": "what was measured fails the criterion of the statement",
    "not measured": "this run used other data or settings than the claim is about",
}


def overview(claims):
    """Return Markdown that counts and lists the claims of each verdict.

    Parameters
    ----------
    claims : sequence of Claim

    Returns
    -------
    list of str
        Lines of text.
    """
    counts = Counter(claim["verdict"] for claim in claims)
    parts = [f"{counts[verdict]} {verdict}" for verdict in MEANINGS if counts[verdict]]
    lines = [f"Of {len(claims)} claims: {', '.join(parts)}.", ""]
    for verdict, meaning in MEANINGS.items():
        names = [claim["id"] for claim in claims if claim["verdict"] == verdict]
        if names:
            lines.append(f"- **{verdict}**: {meaning}. {', '.join(names)}.")
    return [*lines, ""]
