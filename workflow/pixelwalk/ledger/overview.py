"""What stands on top of the ledger: how many claims have which verdict."""

from collections import Counter

#: What each verdict means.
MEANINGS = {
    "reproduced": "a number of the paper came out again, within the criterion",
    "not reproduced": "a number of the paper did not come out again",
    "supported": "what was measured meets the criterion of the statement",
    "refuted": "what was measured fails the criterion of the statement",
    "not measured": "this run used other data or settings than the claim is about",
}


def overview(claims):
    """Say in Markdown how many claims have which verdict, and which ones do not hold.

    Parameters
    ----------
    claims : sequence of Claim

    Returns
    -------
    list of str
        Lines.
    """
    counts = Counter(claim["verdict"] for claim in claims)
    told = [f"{counts[verdict]} {verdict}" for verdict in MEANINGS if counts[verdict]]
    lines = [f"Of {len(claims)} claims: {', '.join(told)}.", ""]
    for verdict, meaning in MEANINGS.items():
        names = [claim["id"] for claim in claims if claim["verdict"] == verdict]
        if names:
            lines.append(f"- **{verdict}**: {meaning}. {', '.join(names)}.")
    return [*lines, ""]
