"""Overview of the ledger: the number of claims with each verdict, by their origin."""

from collections import Counter

#: Meaning of each verdict.
MEANINGS = {
    "reproduced": "a number of the paper came out again, within the criterion",
    "not reproduced": "a number of the paper did not come out again",
    "supported": "what was measured meets the criterion of the statement",
    "refuted": "what was measured fails the criterion of the statement",
    "undecided": "the uncertainty of what was measured spans a threshold",
    "not measured": "this run used other data or settings than the claim is about",
}

#: Groups of claims, which are counted apart, with their meaning.
GROUPS = {
    "Of the paper": "statements of the paper that could come out either way",
    "Ours": "statements of ours that could come out either way",
    "Theorems": "statements that can be proved; only a bug could turn them",
}


def group(claim):
    """Return the name of the group, of `GROUPS`, that a claim is counted in."""
    if claim["nature"] == "theorem":
        return "Theorems"
    return "Ours" if claim["source"] == "ours" else "Of the paper"


def counts(claims):
    """Count the verdicts of each group.

    Parameters
    ----------
    claims : sequence of Claim

    Returns
    -------
    dict of str to dict of str to int
        By group and verdict, in the order of `GROUPS` and `MEANINGS`; without those
        that have no claim.
    """
    numbers = Counter((group(claim), claim["verdict"]) for claim in claims)
    table = {
        name: {v: numbers[name, v] for v in MEANINGS if numbers[name, v]}
        for name in GROUPS
    }
    return {name: verdicts for name, verdicts in table.items() if verdicts}


def overview(claims):
    """Return Markdown that counts the claims by group and lists them by verdict.

    Parameters
    ----------
    claims : sequence of Claim

    Returns
    -------
    list of str
        Lines of text.
    """
    lines = [f"{len(claims)} claims.", ""]
    for name, verdicts in counts(claims).items():
        parts = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items())
        lines.append(f"- **{name}** ({GROUPS[name]}): {parts}.")
    lines.append("")
    for verdict, meaning in MEANINGS.items():
        names = [claim["id"] for claim in claims if claim["verdict"] == verdict]
        if names:
            lines.append(f"- **{verdict}**: {meaning}. {', '.join(names)}.")
    return [*lines, ""]
