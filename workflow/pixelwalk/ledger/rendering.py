"""The ledger as Markdown."""

from pixelwalk.ledger.overview import group, overview


def to_markdown(claims):
    """Return the ledger as Markdown: a table of verdicts, then each claim in full.

    Parameters
    ----------
    claims : sequence of Claim

    Returns
    -------
    str
    """
    lines = ["# What the paper says, and what was measured", "", *overview(claims)]
    lines += [
        "± is a standard error. Parentheses hold 95 % intervals. The null is the same "
        "measurement on data without the structure that the claim is about.",
        "",
        "| claim | section | | verdict | statement |",
        "| --- | --- | --- | --- | --- |",
    ]
    for claim in claims:
        cells = (f"[{claim['id']}](#{claim['id']})", claim["section"], group(claim))
        cells += (f"**{claim['verdict']}**", claim["statement"])
        lines.append(f"| {' | '.join(cells)} |")
    for claim in claims:
        lines += ["", f"## {claim['id']}", "", claim["statement"], ""]
        lines.append(f"- Verdict: **{claim['verdict']}** ({group(claim).lower()}).")
        lines.append(f"- Criterion: {claim['criterion']}.")
        if claim["paper"] is not None:
            lines.append(f"- Paper: {number(claim['paper'])}")
        lines += [f"- {claim['note']}", *_sources(claim)]
        for heading, numbers in (
            ("measured", claim["measured"]),
            ("null", claim["null"]),
        ):
            if numbers:
                lines += ["", f"| | {heading} |", "| --- | --- |"]
                lines += [f"| {name} | {text} |" for name, text in rows(numbers)]
    return "\n".join(lines) + "\n"


def rows(measured, prefix=""):
    """Yield the name and the formatted value of every number of a claim.

    Parameters
    ----------
    measured : dict
        Numbers of a claim, possibly nested.
    prefix : str, optional
        Prefix of each name.

    Yields
    ------
    tuple of str
        Name, and number with its uncertainty.
    """
    for name, value in measured.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict) and "value" not in value:
            yield from rows(value, f"{path}: ")
        else:
            yield path, number(value)


def number(value):
    """Format a number, a list of numbers, or a number with its uncertainty."""
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


def _sources(claim):
    """Yield lines with links to the figures and the files of a claim."""
    figures = [(_in_words(name), f"figures/{name}.png") for name in claim["figures"]]
    files = [(path, path.removeprefix("results/")) for path in claim["evidence"]]
    for heading, targets in (("Look at", figures), ("Evidence", files)):
        shown = [f"[{text}]({path})" for text, path in targets]
        if shown:
            yield f"- {heading}: {', '.join(shown)}"


def _in_words(figure):
    """Return the name of a figure for readers: ``figure 3`` for ``figure3``."""
    number = figure.removeprefix("figure")
    return f"figure {number}" if number.isdigit() else figure
