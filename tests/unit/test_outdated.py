"""Results that are not what is asked for now are found, and the reason is told."""

from pathlib import Path

import numpy as np
import pytest

from jobs import job
from pixelwalk import storage
from pixelwalk.config import outdated
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Exact

IMAGES, GRAPH, OTHER, WALK = (
    f"results/{name}.h5"
    for name in ("images/a/images", "graphs/a/at-0", "graphs/a/at-1", "graphs/a/walk")
)
ARRAYS = {"energy": -1.5, "correlations": np.eye(3)}
ORDER = [IMAGES, GRAPH, OTHER, WALK]


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    """Jobs that depend on each other, done once in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    given = {
        IMAGES: job(params={"code": "1", "settings": {"level": 10, "count": 5}}),
        GRAPH: job(params={"seed": 1}, inputs={"pixels": IMAGES}),
        OTHER: job(params={"seed": 1}, inputs={"pixels": IMAGES}),
        WALK: job(params={"content": "ab"}, inputs={"graphs": [GRAPH, OTHER]}),
    }
    for path in ORDER:
        given[path].output = [path, f"{path}.png"]
        do(given[path])
    return given


def do(one):
    with stages.logged(one):
        storage.write(one.output[0], Exact(**ARRAYS), settings={})


def lines(jobs):
    found = outdated.find([jobs[path] for path in ORDER])
    return list(found), outdated.reasons(found)


def test_what_is_as_it_is_asked_for_is_not_made_anew(jobs):
    jobs[IMAGES].params["code"] = "2"
    assert lines(jobs) == ([], [])


def test_a_setting_and_all_that_follows_from_it(jobs):
    jobs[IMAGES].params["settings"] = {"level": 20, "count": 5}
    assert lines(jobs) == (
        ORDER,
        [
            f"{IMAGES}: made with level: 10, the configuration asks for level: 20; "
            "made anew"
        ],
    )


def test_files_with_the_same_reason_share_a_line(jobs):
    for path in (GRAPH, OTHER):
        jobs[path].params["seed"] = 2
    assert lines(jobs) == (
        [GRAPH, OTHER, WALK],
        [
            f"{GRAPH} and 1 more: made with seed: 1, the configuration asks for "
            "seed: 2; made anew"
        ],
    )


def test_another_source(jobs):
    jobs[WALK].params["content"] = "cd"
    expected = f"{WALK}: made from a source of other content; made anew"
    assert lines(jobs) == ([WALK], [expected])


def test_a_setting_that_is_new_and_one_that_is_long(jobs):
    jobs[WALK].params |= {"sizes": [*range(100)]}
    _, (line,) = lines(jobs)
    assert "made with sizes: none, the configuration asks for sizes: [0, 1, " in line
    assert len(line) < 200


def test_another_result_to_make_it_from(jobs):
    jobs[GRAPH].input["pixels"] = "results/images/b/images.h5"
    _, (line,) = lines(jobs)
    assert line == (
        f"{GRAPH}: made from {IMAGES}, the configuration asks for "
        "results/images/b/images.h5; made anew"
    )


def test_a_result_that_was_copied_over_what_others_are_made_from(jobs):
    jobs[IMAGES].params["settings"]["level"] = 30
    for path in (IMAGES, GRAPH):
        do(jobs[path])
    jobs[IMAGES].params["settings"]["level"] = 10
    do(jobs[IMAGES])
    assert lines(jobs) == (
        [GRAPH],
        [f"{GRAPH}: made from another {IMAGES}; made anew"],
    )


def test_two_files_swapped(jobs):
    Path(GRAPH).rename("aside")
    Path(OTHER).rename(GRAPH)
    Path("aside").rename(OTHER)
    ending = "expected the file of this name, got that of"
    assert lines(jobs) == (
        [GRAPH, OTHER],
        [
            f"{GRAPH}: {ending} {OTHER}; made anew",
            f"{OTHER}: {ending} {GRAPH}; made anew",
        ],
    )


@pytest.mark.parametrize("content", [b"", b"<html>404</html>" * 99])
def test_what_is_broken_or_of_another_layout(jobs, content):
    Path(GRAPH).write_bytes(content)
    expected = f"{GRAPH}: broken, or of another layout; made anew"
    assert lines(jobs) == ([GRAPH], [expected])


def test_what_no_rule_has_made(jobs):
    storage.write(WALK, Exact(**ARRAYS), settings={})
    assert lines(jobs) == ([WALK], [f"{WALK}: made by no rule; made anew"])


def test_what_is_missing_is_left_to_snakemake(jobs):
    Path(WALK).unlink()
    assert lines(jobs) == ([], [])
