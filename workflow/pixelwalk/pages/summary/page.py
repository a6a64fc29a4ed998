"""Put the summary together: text of one file that needs no other one."""

import base64
import html
import re
from collections import Counter, defaultdict
from importlib import resources

import yaml

from pixelwalk import ledger
from pixelwalk.ledger import MEANINGS
from pixelwalk.pages.summary.pictures import shrink

#: Bytes of all pictures; a report's page from Snakemake stays blank above some 2 MB.
MOST_PICTURES = 850_000


def summary_page(
    entries, figures, *, question, config, versions, stand_ins=(), most=MOST_PICTURES
):
    """Make the page.

    Parameters
    ----------
    entries : sequence of dict
        The ledger, as `ledger.from_json` gives it.
    figures : sequence of dict
        Of each its `name` ("figure1"), `title`, `caption` (reStructuredText) and
        `picture`, the path of a PNG file.
    question : str
        What is asked, in reStructuredText.
    config : dict
        The configuration that was used, as plain JSON types.
    versions : dict of str to list of str
        Of each library the versions that computed the results.
    stand_ins : sequence of str, optional
        Names of the image sets that hold other digits, in the place of MNIST.
    most : int, optional
        Bytes that the pictures of all figures together may have.

    Returns
    -------
    str
        HTML, with the style and all pictures inside, and no program.
    """
    shown = _claims_of(entries, figures)
    pictures = shrink([figure["picture"] for figure in figures], most)
    parts = {
        "style": _read("page.css"),
        "question": _rendered(question),
        "stand_ins": _stand_ins(stand_ins),
        "counts": _counts(entries),
        "ledger": _ledger(entries, figures),
        "figures": "\n".join(
            _figure(figure, picture, shown[figure["name"]])
            for figure, picture in zip(figures, pictures, strict=True)
        ),
        "claims": "\n".join(_claim(entry, figures) for entry in entries),
        "configuration": html.escape(
            yaml.dump(config, Dumper=_Plain, sort_keys=False, allow_unicode=True)
        ),
        "versions": _table(
            ["", "version"],
            [
                [html.escape(name), html.escape(", ".join(versions[name]))]
                for name in sorted(versions, key=_ours_first)
            ],
        ),
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _read("page.html"))


class _Plain(yaml.SafeDumper):
    """Writes what stands at several places at each of them, without aliases."""

    def ignore_aliases(self, data):
        return True


def _stand_ins(names):
    if not names:
        return ""
    told = ", ".join(f"<code>{html.escape(name)}</code>" for name in names)
    return (
        '<p class="note"><strong>Other data:</strong> these results are not about '
        "MNIST. In its place stand the 8 x 8 digits that scikit-learn ships "
        f"({told}), and the claims about MNIST are not measured.</p>\n"
    )


def _counts(entries):
    """How many claims have which verdict, and what each means."""
    counts = Counter(entry["verdict"] for entry in entries)
    rows = [
        f"<li>{_verdict(verdict, counts[verdict])} {html.escape(meaning)}</li>"
        for verdict, meaning in MEANINGS.items()
        if counts[verdict]
    ]
    return (
        f"<p>Of {len(entries)} claims:</p>\n"
        + f'<ul class="counts">\n{_lines(rows)}\n</ul>'
    )


def _ledger(entries, figures):
    rows = [
        [
            _link("claim-", entry["id"]),
            _verdict(entry["verdict"]),
            html.escape(entry["statement"]),
            _shown_in(entry, figures) or '<span class="soft">in numbers</span>',
        ]
        for entry in entries
    ]
    return _table(["claim", "verdict", "statement", "look at"], rows, "ledger")


def _figure(figure, picture, claims):
    name, title = html.escape(figure["name"]), html.escape(_heading(figure))
    data = base64.b64encode(picture).decode()
    back = ", ".join(
        f"{_link('claim-', entry['id'])} {_verdict(entry['verdict'])}"
        for entry in claims
    )
    return (
        f'<figure id="{name}">\n<h3>{title}</h3>\n'
        f'<img alt="{title}" src="data:image/png;base64,{data}">\n'
        f"<figcaption>\n{_rendered(figure['caption'])}\n</figcaption>\n"
        + (f'<p class="back">Claims: {back}</p>\n' if back else "")
        + "</figure>"
    )


def _claim(entry, figures):
    """One claim with its criterion, what it rests on, and its numbers, folded."""
    told = {"Criterion": html.escape(entry["criterion"])}
    if entry["paper"] is not None:
        told["Paper"] = html.escape(ledger.number(entry["paper"]))
    told["Note"] = html.escape(entry["note"])
    told["Look at"] = _shown_in(entry, figures)
    told["Evidence"] = ", ".join(
        f"<code>{html.escape(path)}</code>" for path in entry["evidence"]
    )
    told = _lines(f"<dt>{key}</dt><dd>{told[key]}</dd>" for key in told if told[key])
    rows = [tuple(map(html.escape, row)) for row in ledger.rows(entry["measured"])]
    folded = (
        "<details>\n<summary>What was measured</summary>\n"
        f"{_table(['', 'measured'], rows, 'numbers')}\n</details>\n"
    )
    name = html.escape(entry["id"])
    return (
        f'<article id="claim-{name}">\n<h3>{name} {_verdict(entry["verdict"])}</h3>\n'
        f"<p>{html.escape(entry['statement'])}</p>\n"
        f'<p class="soft">Section {html.escape(entry["section"])}</p>\n'
        f"<dl>\n{told}\n</dl>\n{folded if rows else ''}</article>"
    )


def _claims_of(entries, figures):
    """For each figure the claims that it shows."""
    found = defaultdict(list)
    for entry in entries:
        for figure in _figures_of(entry, figures):
            found[figure["name"]].append(entry)
    return found


def _figures_of(entry, figures):
    return [figure for figure in figures if figure["name"] in entry["figures"]]


def _shown_in(entry, figures):
    return ", ".join(
        f'<a href="#{figure["name"]}">{_numbered(figure["name"])}</a>'
        for figure in _figures_of(entry, figures)
    )


def _heading(figure):
    return f"{_numbered(figure['name']).capitalize()}: {figure['title']}"


def _numbered(name):
    """Name a figure in words: "figure 5", or "transition critical"."""
    return re.sub(r"(?<=^figure)(?=\d)|-", " ", name, count=1)


def _verdict(verdict, count=None):
    shown = verdict if count is None else f"{count} {verdict}"
    return f'<span class="verdict {verdict.replace(" ", "-")}">{shown}</span>'


def _link(prefix, name):
    name = html.escape(name)
    return f'<a href="#{prefix}{name}">{name}</a>'


def _table(heads, rows, kind=""):
    head = "".join(f"<th>{name}</th>" for name in heads)
    body = _lines(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="box"><table class="{kind}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _lines(parts):
    return "\n".join(parts)


def _ours_first(name):
    first = ("pixelwalk", "python")
    return first.index(name) if name in first else len(first), name


def _rendered(text):
    """Render reStructuredText as the report does; it may name no other file."""
    from docutils.core import publish_parts

    settings = {"file_insertion_enabled": False, "raw_enabled": False}
    parts = publish_parts(text, writer="html5", settings_overrides=settings)
    return parts["body"].strip()


def _read(name):
    return resources.files("pixelwalk.pages.summary").joinpath(name).read_text("utf-8")
