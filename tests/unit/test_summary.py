"""The summary: all that it is made of is there, once, and leads where it says."""

import base64
import io
import re
from collections import Counter
from importlib import metadata

import numpy as np
import pytest
import yaml
from PIL import Image
from test_ledger import ENTRY

import pixelwalk
from pixelwalk import ledger, storage
from pixelwalk.jobs import faults
from pixelwalk.pages.summary import pictures, summary_page
from places import REPOSITORY
from studies.digit.kinds import Likeness

NUMBERS = ENTRY | {"id": "circulant-product", "paper": None, "verdict": "supported"}
ENTRIES = [
    ENTRY,
    ENTRY | {"id": "sparse-still-five", "verdict": "refuted"},
    NUMBERS | {"measured": {}, "verdict": "not measured"},
]
CONFIG = {"seed": 7, "graphs": {"fives & <sixes>": {"cuts": ["at-0", "top-0.1"]}}}
VERSIONS = {"numpy": ["2.0", "2.1"], "pixelwalk": ["0.1"], "python": ["3.12.0"]}


def plaid(path, width=640, height=300, side=20):
    """Write a picture of as many squares, each of another grey."""
    shape = height // side, width // side
    greys = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    Image.fromarray(greys.repeat(side, axis=0).repeat(side, axis=1)).save(path)
    return path


@pytest.fixture
def figures(tmp_path):
    return [
        {
            "name": name,
            "title": f"title of {name}",
            "caption": f"Look at *this*: caption <of> {name}.\n\nAnd at ``that``.",
            "picture": plaid(tmp_path / f"{name}.png"),
        }
        for name in ("figure5", "figure6", "transition-warm")
    ]


@pytest.fixture
def page(figures):
    """Function that makes the page, of other parts where they are given."""

    def make(entries=ENTRIES, figures=figures, **changed):
        parts = {"question": "**Why?** So.", "config": CONFIG, "versions": VERSIONS}
        return summary_page(entries, figures, **parts | changed)

    return make


def ids(text):
    return re.findall(r' id="([^"]*)"', text)


def test_every_link_leads_to_a_place_on_the_page(page):
    text = page()
    places = ids(text)
    assert not [name for name, count in Counter(places).items() if count > 1]
    links = re.findall(r'href="#([^"]*)"', text)
    assert links and set(links) <= set(places)


def test_a_claim_leads_to_its_figures_and_they_lead_back(page):
    text = page()
    figure = {
        name: re.search(f'<figure id="{name}">.*?</figure>', text, re.S)[0]
        for name in ("figure5", "figure6", "transition-warm")
    }
    for name in ("edge-fractions", "sparse-still-five"):
        claim = re.search(f'<article id="claim-{name}">.*?</article>', text, re.S)[0]
        assert '<a href="#figure5">figure 5</a>' in claim
        assert f'<a href="#claim-{name}">{name}</a>' in figure["figure5"]
        assert "#figure6" not in claim and "#claim" not in figure["figure6"]
    assert "Transition warm: title of transition-warm" in figure["transition-warm"]


def test_captions_are_rendered_and_titles_given(page, figures):
    text = page()
    for figure in figures:
        name = figure["name"]
        assert f"<em>this</em>: caption &lt;of&gt; {name}.</p>" in text
        assert text.count(f": title of {name}</h3>") == 1


def test_the_ledger_is_there_with_its_verdicts(page):
    text = page()
    table = re.search('<table class="ledger">.*?</table>', text, re.S)[0]
    for entry in ENTRIES:
        kind = entry["verdict"].replace(" ", "-")
        assert f'<span class="verdict {kind}">{entry["verdict"]}</span>' in table
        assert f'<a href="#claim-{entry["id"]}">' in table
    for verdict in ("reproduced", "refuted", "not measured"):
        assert f">1 {verdict}</span> {ledger.MEANINGS[verdict]}" in text
    assert "3 claims." in text and "independent pixels" in text
    assert ledger.GROUPS["Theorems"].capitalize() not in text
    assert "supported</span>" not in text
    assert "30.69 (28.5 to 34.25)" in text and "30.01, 4.74" in text
    assert text.count("<summary>What was measured</summary>") == 2


@pytest.mark.parametrize("verdict", ledger.VERDICTS)
def test_a_verdict_has_a_colour_in_light_and_dark(page, verdict):
    style = page().partition("</style>")[0]
    kind = verdict.replace(" ", "-")
    (rule,) = re.findall(rf"\.{kind}\b[^{{]*{{([^}}]*)}}", style)
    for name in re.findall(r"var\((--[\w-]+)\)", rule):
        assert len(re.findall(rf"{name}: #", style)) == 2


def test_signs_of_html_are_shown_as_text(page, figures):
    hostile = "<script>alert(1)</script> {{style}} {braces} %s"
    entries = [ENTRY | {key: hostile for key in ("note", "statement", "criterion")}]
    figures[0] |= {"title": hostile, "caption": hostile}
    text = page(
        entries,
        question=hostile,
        config={"seed": hostile},
        versions={hostile: [hostile]},
        stand_ins=[hostile],
    )
    assert "<script" not in text and "&lt;script&gt;" in text
    assert "{{style}} {braces} %s" in text
    assert text.count("<style>") == 1


def test_no_text_reads_a_file_or_writes_html(page, tmp_path):
    (tmp_path / "secret").write_text("what is in the file")
    for text in (f".. include:: {tmp_path / 'secret'}", ".. raw:: html\n\n   <hr>"):
        made = page(question=text)
        assert "what is in the file" not in made and "<hr>" not in made


def test_the_page_needs_nothing_from_elsewhere(page):
    text = page(question=(REPOSITORY / "workflow/report/workflow.rst").read_text())
    targets = re.findall(r"""(?:src|href)=["'](?!#|data:)([^"']*)""", text)
    assert targets == ["explorer.html"]
    assert "url(" not in text and "@import" not in text and "<script" not in text


def test_what_stands_twice_in_the_configuration_is_written_twice(figures):
    cuts = ["at-0"]
    config = {"graphs": {"a": {"cuts": cuts}, "b": {"cuts": cuts}}}
    copied = {"graphs": {"a": {"cuts": ["at-0"]}, "b": {"cuts": ["at-0"]}}}
    one, other = (
        summary_page(ENTRIES, figures, question="", config=made, versions=VERSIONS)
        for made in (config, copied)
    )
    assert one == other


def test_the_configuration_can_be_read_back(page):
    (shown,) = re.findall("<pre>(.*?)</pre>", page(), re.S)
    for sign, code in (("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
        shown = shown.replace(code, sign)
    assert yaml.safe_load(shown) == CONFIG


def test_versions_are_told_ours_first(page):
    rows = re.findall("<tr><td>([^<]*)</td><td>([^<]*)</td></tr>", page())
    assert rows[-3:] == [
        ("pixelwalk", "0.1"),
        ("python", "3.12.0"),
        ("numpy", "2.0, 2.1"),
    ]


def test_other_data_are_told_before_all_else(page):
    assert "MNIST" not in page()
    text = page(stand_ins=["digits-fives", "digits-all"])
    told = text.index("these results are not about MNIST")
    assert told < text.index("<strong>Why?</strong>")
    assert "(<code>digits-fives</code>, <code>digits-all</code>)" in text


def test_the_same_gives_the_same(page):
    assert page() == page()


def test_pictures_fit_into_what_there_is(page):
    wide = page(most=10**7)
    narrow = page(most=1)
    for text, width in ((wide, 640), (narrow, 320)):
        found = re.findall(r'src="data:image/png;base64,([^"]*)"', text)
        sizes = [Image.open(io.BytesIO(base64.b64decode(data))).size for data in found]
        assert sizes == [(width, 300 * width // 640)] * 3


def test_pictures_share_the_room_that_there_is(tmp_path):
    paths = [plaid(tmp_path / f"{number}.png") for number in range(3)]
    whole = pictures.shrink(paths, 10**7)
    room = sum(map(len, whole))
    assert pictures.shrink(paths, room) == whole
    assert pictures.shrink(paths, room - 1) != whole


def test_a_picture_is_made_no_wider_and_keeps_its_colours(tmp_path):
    plain = np.zeros((20, 50, 3), np.uint8)
    plain[5:, 10:] = (255, 200, 0)
    Image.fromarray(plain).save(tmp_path / "plain.png")
    (small,) = pictures.shrink([tmp_path / "plain.png"], 10**6)
    with Image.open(io.BytesIO(small)) as shown:
        assert np.array_equal(np.asarray(shown.convert("RGB")), plain)


def test_a_rare_colour_is_kept(tmp_path):
    shades = np.tile(np.arange(256, dtype=np.uint8)[:, None], (1, 400))
    values = np.stack([shades, shades // 2, 255 - shades], axis=-1)
    values[10:12, 10:40] = (204, 121, 167)
    Image.fromarray(values).save(tmp_path / "rare.png")
    (small,) = pictures.shrink([tmp_path / "rare.png"], 10**6)
    with Image.open(io.BytesIO(small)) as shown:
        away = np.asarray(shown.convert("RGB")).astype(int) - values
    assert np.abs(away).max() < 25


def test_no_picture_is_one_line(tmp_path):
    (tmp_path / "none.png").write_text("none")
    for name in ("none.png", "missing.png"):
        with pytest.raises(OSError, match=name):
            pictures.shrink([tmp_path / name], 10**6)


def test_every_caption_is_plain_and_of_some_length():
    for path in (REPOSITORY / "workflow/report").glob("*.rst"):
        text = path.read_text(encoding="utf-8")
        assert len(text) > 100 and "{{" not in text and "{%" not in text
        if path.stem not in ("workflow", "summary"):
            assert re.search(r"\b(Look|look|Compare|compare)\b", text), path.stem


def test_versions_are_those_of_all_that_results_were_made_from(tmp_path):
    source = {"one": {"versions": {"scipy": "1.0", "numpy": "1.0"}, "source": None}}
    arrays = {name: np.zeros((2, 3)) for name in ("choices", "nulls")}
    path = tmp_path / "likeness.h5"
    likeness = Likeness(first=np.zeros(3), **arrays)
    storage.write(path, likeness, settings={}, source=source)
    found = storage.versions([path], "pillow")
    numpy = sorted({"1.0", metadata.version("numpy")})
    assert found["numpy"] == numpy and found["scipy"] == ["1.0"]
    assert found["pillow"] == [metadata.version("pillow")]
    assert found["pixelwalk"] == [pixelwalk.__version__]
    assert list(found) == sorted(found) and "python" in found


def test_versions_of_what_is_no_result_are_refused(tmp_path):
    (tmp_path / "bad.h5").write_text("bad")
    with pytest.raises(faults.Broken, match="expected a whole HDF5 file"):
        storage.versions([tmp_path / "bad.h5"])
    with pytest.raises(OSError, match="expected a file, but it is not there"):
        storage.versions([tmp_path / "missing.h5"])
