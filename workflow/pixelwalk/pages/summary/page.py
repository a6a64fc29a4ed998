"""Render the summary as one self-contained HTML file."""

import base64
import re

import yaml

from pixelwalk import ledger
from pixelwalk.pages import templates
from pixelwalk.pages.summary.pictures import shrink

#: Bytes of all pictures; in Snakemake's report a page above about 2 MB stays blank.
MOST_PICTURES = 850_000


def summary_page(
    entries, figures, *, question, config, versions, stand_ins=(), most=MOST_PICTURES
):
    """Render the summary.

    Parameters
    ----------
    entries : sequence of dict
        Claims, as `ledger.read` returns them.
    figures : sequence of dict
        For each figure its `name` ("figure1"), `title`, `caption` (reStructuredText)
        and `picture`, the path of a PNG file.
    question : str
        Question of the paper, in reStructuredText.
    config : dict
        Configuration of the run, as plain JSON types.
    versions : dict of str to list of str
        Versions of each library that computed the results.
    stand_ins : sequence of str, optional
        Names of the image sets with other digits in place of MNIST.
    most : int, optional
        Largest total size of the pictures in bytes.

    Returns
    -------
    str
        HTML with the style and all pictures inside, and without programs.
    """
    pictures = shrink([figure["picture"] for figure in figures], most)
    return templates.render(
        "pixelwalk.pages.summary",
        claims=entries,
        figures=figures,
        pictures=[base64.b64encode(picture).decode() for picture in pictures],
        question=question,
        stand_ins=stand_ins,
        groups=ledger.GROUPS,
        meanings=ledger.MEANINGS,
        counts=ledger.counts(entries),
        group=ledger.group,
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
    """YAML dumper that repeats shared objects instead of writing aliases."""

    def ignore_aliases(self, data):
        return True


def _in_words(figure):
    """Return the name of a figure for readers: "figure 5", "transition critical"."""
    return re.sub(r"(?<=^figure)(?=\d)|-", " ", figure, count=1)


def _rank(name):
    """Return a sort key that puts this package and Python before other libraries."""
    first = ("pixelwalk", "python")
    return first.index(name) if name in first else len(first), name


def _rendered(text):
    """Render reStructuredText as the report does, without access to other files."""
    from docutils.core import publish_parts

    settings = {"file_insertion_enabled": False, "raw_enabled": False}
    parts = publish_parts(text, writer="html5", settings_overrides=settings)
    return parts["body"].strip()
