"""Put the summary together: text of one file that needs no other one."""

import base64
import re
from collections import Counter

import yaml

from pixelwalk import ledger
from pixelwalk.pages import templates
from pixelwalk.pages.summary.pictures import shrink

#: Bytes of all pictures; a report's page from Snakemake stays blank above some 2 MB.
MOST_PICTURES = 850_000


def summary_page(
    entries, figures, *, question, config, versions, stand_ins=(), most=MOST_PICTURES
):
    """Render the page.

    Parameters
    ----------
    entries : sequence of dict
        The ledger, as `ledger.read` gives it.
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
    pictures = shrink([figure["picture"] for figure in figures], most)
    return templates.render(
        "pixelwalk.pages.summary",
        claims=entries,
        figures=figures,
        pictures=[base64.b64encode(picture).decode() for picture in pictures],
        question=question,
        stand_ins=stand_ins,
        meanings=ledger.MEANINGS,
        counts=Counter(entry["verdict"] for entry in entries),
        configuration=yaml.dump(
            config, Dumper=_Plain, sort_keys=False, allow_unicode=True
        ),
        versions=[
            (name, ", ".join(versions[name])) for name in sorted(versions, key=_rank)
        ],
        in_words=_in_words,
        rendered=_rendered,
        number=ledger.number,
        rows=ledger.rows,
    )


class _Plain(yaml.SafeDumper):
    """Writes what stands at several places at each of them, without aliases."""

    def ignore_aliases(self, data):
        return True


def _in_words(figure):
    """Name a figure in words: "figure 5", or "transition critical"."""
    return re.sub(r"(?<=^figure)(?=\d)|-", " ", figure, count=1)


def _rank(name):
    """Sort key by which this package and Python come before the other libraries."""
    first = ("pixelwalk", "python")
    return first.index(name) if name in first else len(first), name


def _rendered(text):
    """Render reStructuredText as the report does; it may name no other file."""
    from docutils.core import publish_parts

    settings = {"file_insertion_enabled": False, "raw_enabled": False}
    parts = publish_parts(text, writer="html5", settings_overrides=settings)
    return parts["body"].strip()
