"""Every kind of mistake in a configuration: one line that helps, or a valid run."""

import copy
import itertools
import os

import pytest
import yaml
from aftermath import row
from forked import DryRun
from mutations import CONFIG, HOSTILE, WHOLE_TEXTS, changed, generated, misspelt


def fault_of(run):
    """Why a dry run does not end as it must; empty if it does."""
    told = run.stdout + run.stderr
    lines = [
        x for x in run.stderr.splitlines() if not x.startswith("Using workflow sp")
    ]
    if run.returncode == 0:
        good = "This was a dry-run" in run.stdout and not lines
    else:
        good = run.returncode == 1 and not run.stdout and len(lines) == 1
        good = good and lines[0].startswith("error in the configuration: ")
        good = good and len(lines[0]) < 1200 and lines[0].isprintable()
    return "" if good else f"status {run.returncode}: {told[-2000:]}"


@pytest.fixture(scope="module")
def places(new_place):
    """Folders in which dry runs go on side by side."""
    return [new_place() for _ in range(os.cpu_count())]


def assert_one_line_each(places, texts, mirrors=None):
    """Run them all; show the first of those that do not end as they must."""
    wrong, left, valid, seen = [], iter(texts), 0, ""
    while batch := list(itertools.islice(left, len(places))):
        for place, text in zip(places, batch, strict=False):
            path = place / "config.yaml"
            path.write_text(text, encoding="utf-8", errors="surrogatepass")
        begun = [
            DryRun(place, mirrors) for place, _ in zip(places, batch, strict=False)
        ]
        for run, text in zip([run.end() for run in begun], batch, strict=True):
            valid += run.returncode == 0
            seen = seen or (run.returncode and run.stderr.splitlines()[-1])
            if fault := fault_of(run):
                wrong.append(f"{fault}\n=== by\n{text}")
    mistakes = f"{len(texts)} configurations, of which {valid} were valid"
    row(mistakes, f"one line each, such as: {seen}")
    assert not [p for place in places for p in place.folder.glob("**/pwned")]
    assert not any((place / "results").exists() for place in places)
    assert not wrong, f"{len(wrong)} of {len(texts)}:\n" + "\n".join(wrong[:5])


def test_a_mistake_in_a_key_is_one_line(places):
    texts = generated(changed(), 580)
    assert len(texts) >= 500
    assert_one_line_each(places, texts)


def test_a_mistake_in_the_text_is_one_line(places):
    texts = generated(misspelt(), 120) + WHOLE_TEXTS
    assert len(texts) >= 120
    assert_one_line_each(places, texts)


@pytest.mark.parametrize("key", ["images.fives.source", "graphs.fives.cuts"])
def test_hostile_text_where_text_is_free(places, key):
    texts = []
    for hostile in HOSTILE:
        config = copy.deepcopy(CONFIG)
        section, name, last = key.split(".")
        config[section][name][last] = hostile if last == "source" else [hostile]
        texts.append(yaml.safe_dump(config, allow_unicode=True))
    assert_one_line_each(places, texts)


def test_mirrors_of_the_environment_hide_no_mistake(places):
    texts = [
        yaml.safe_dump(CONFIG | {"mnist": mistake})
        for mistake in (None, [], "x", 1, {}, {"mirrors": None}, {"retries": 11})
    ]
    assert_one_line_each(places, texts, mirrors=["http://127.0.0.1:9/"])
