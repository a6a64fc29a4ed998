"""Every kind of mistake in a configuration: one line that helps, or a valid run."""

import copy
import re
from pathlib import Path

import pytest
import starts
import yaml
from mutations import (
    HOSTILE,
    at,
    changed,
    full,
    generated,
    misspelt,
    odd_texts,
    put_files,
)

import dag
from pixelwalk import sources
from places import SMALL

SECTIONS = [
    *("ising", "images", "graphs", "autoencoders", "transitions", "matrices"),
    *("linear", "programme"),
]
# What becomes a part of a path; digits in the place of MNIST have names of their own.
NAME = re.compile(r"(digits-)*[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


@pytest.fixture
def here(place, monkeypatch):
    """Current folder: a place, with the files that a full configuration names."""
    monkeypatch.chdir(place.folder)
    put_files(place.folder)
    yield place
    assert not list(place.folder.glob("**/pwned"))


def outcome(start, what):
    """Give the line with which a start ends, if it helps; nothing, if it goes on."""
    ready = []
    try:
        line = starts.line_of(lambda: ready.append(start()))
        assert len(line) < 1200 and (not line or line.isprintable()), line
        assert all(map(is_safe, ready))
    except Exception as error:
        error.add_note(f"by {what}")
        raise
    return line


def of_config(config, mirrors=None):
    """Start with a configuration, which is left as it is."""
    return outcome(lambda: starts.check(copy.deepcopy(config), mirrors), config)


def of_text(text):
    """Start with a text."""
    path = Path("config.yaml")
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return outcome(lambda: starts.check(starts.read()), text)


def is_safe(config):
    """Tell whether no name leads out of results, and no path is a pattern."""
    names = [name for section in SECTIONS for name in config[section]]
    names += [cut for graph in config["graphs"].values() for cut in graph["cuts"]]
    images = [sources.files_of(entry) for entry in config["images"].values()]
    paths = [path for files in images for path in files.values()]
    for ensemble in config["ising"].values():
        paths += [ensemble.get("source"), ensemble["lattice"]]
    fit = not re.search(r"[{}\x00-\x1f]", "".join(map(str, paths)))
    return fit and all(map(NAME.fullmatch, names))


def assert_results(place, config):
    """Build the DAG of a valid configuration, which makes files in results/ alone."""
    place.configure(config)
    outputs = [Path(path) for path in dag.outputs(dag.load(place))]
    assert len(outputs) > 3 * 11
    for path in outputs:
        assert path.parts[0] == "results" and ".." not in path.parts, path


@pytest.mark.parametrize("part", range(4))
def test_a_mistake_in_a_key_is_one_line(here, config, mnist_config, part):
    bases = [full(config), full(mnist_config | {"fallback": "digits"})]
    lines, valid = set(), {}
    for mistake, touched in generated(changed(bases[part % 2]), 350, seed=part):
        line = of_config(mistake)
        lines.add(line)
        if touched and not line:
            valid.setdefault(touched, mistake)
    assert len(lines) > 175 and len(valid) > 10
    for touched in sorted(valid, key=str)[part :: len(valid) // 5]:
        assert_results(here, valid[touched])


@pytest.mark.parametrize("part", range(2))
def test_a_mistake_in_the_text_is_one_line(here, config, part):
    texts = [SMALL.read_text(encoding="utf-8"), yaml.safe_dump(config)]
    lines = [of_text(text) for text in generated(misspelt(texts), 300, seed=part)]
    assert lines.count("") > 12 and len(set(lines)) > 60
    assert all(map(of_text, odd_texts(texts[part])))


# Where text is free, or names another entry.
@pytest.mark.parametrize(
    "keys",
    [
        *("mnist.mirrors.0", "images.pictures.source", "images.arrays.labels"),
        *("images.pictures.label", "ising.read.source", "ising.read.lattice"),
        *("graphs.fives.cuts.0", "graphs.fives.images", "paper.linear.0"),
    ],
)
def test_hostile_text(here, config, keys):
    *rooms, last = [int(key) if key == "0" else key for key in keys.split(".")]
    base = full(config)
    for hostile in HOSTILE:
        at(base, rooms)[last] = hostile
        of_config(base)


@pytest.mark.parametrize("section", SECTIONS)
def test_hostile_names(here, config, section):
    base = full(config)
    entries, entry = base[section], next(iter(base[section].values()))
    usable = {
        name
        for name in HOSTILE
        if not of_config(base | {section: entries | {name: entry}})
    }
    assert {"a..", "0", "a.b-c_d", "ab" * 18, "abcd" * 16, "true"} <= usable


@pytest.mark.parametrize(
    ("mnist", "mirrors", "expected"),
    [
        (None, "http://x/", "mnist: expected a mapping, got None"),
        ([], "http://x/", "mnist: expected a mapping, got []"),
        ("x", "http://x/", "mnist: expected a mapping, got 'x'"),
        ({}, "http://x/", ""),
        ({"mirrors": None}, "http://x/ file:///x/", ""),
        ({"mirrors": None}, "", "mnist.mirrors: expected a list of"),
        ({"retries": 11}, "http://x/", "mnist.retries: expected a whole number"),
        ({"retries": 1}, "http://x/ ftp://x/", "mnist.mirrors.1: expected an address"),
    ],
)
def test_mirrors_of_the_environment_hide_no_mistake(
    here, config, mnist, mirrors, expected
):
    line = of_config(config | {"mnist": mnist}, mirrors)
    assert line.removeprefix("error in the configuration: ").startswith(expected)
    assert bool(line) == bool(expected)
