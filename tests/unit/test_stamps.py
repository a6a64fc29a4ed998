"""Stamps: whose a result is and what was asked for, in its first bytes."""

import h5py
import numpy as np
import pytest

from jobs import job
from pixelwalk import storage
from pixelwalk.jobs import faults, stages, stamps
from pixelwalk.storage.kinds.ising import Exact

PLACE = "graphs/fives/at-0.10/graph.h5"
ARRAYS = {"energy": -1.5, "correlations": np.eye(3)}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (f"results/{PLACE}", PLACE),
        (f"/home/me/results/pixelwalk/results/{PLACE}", PLACE),
        ("results/graphs/results/at-0/graph.h5", "graphs/results/at-0/graph.h5"),
        ("graph.h5", ""),
        ("my-results/graph.h5", ""),
    ],
)
def test_the_place_of_a_file_is_its_path_below_results(path, place):
    assert stamps.place_of(path) == place


@pytest.mark.parametrize(
    ("path", "place", "expected"),
    [
        (f"results/{PLACE}", PLACE, True),
        (f"/home/me/results/{PLACE}", PLACE, True),
        ("/me/results/graphs/results/graph.h5", "graphs/results/graph.h5", True),
        ("results/graphs/fives/at-0.35/graph.h5", PLACE, False),
        ("results/graphs/twos/at-0.10/graph.h5", PLACE, False),
        (f"results/{PLACE}", "", False),
        ("copies/graph.h5", PLACE, True),
    ],
)
def test_a_file_lies_where_it_belongs_or_outside_of_results(path, place, expected):
    assert stamps.lies_at(path, place) is expected


def write(path, params=None, inputs=None):
    """Write a result as a stage does."""
    given = job(path.parent / "stage.log", params=params, inputs=inputs)
    with stages.logged(given):
        storage.write(path, Exact(**ARRAYS), settings={})
    return path


def of(**given):
    return stamps.request_of(job(**given))


def test_what_is_asked_is_all_but_the_code_and_the_shards(tmp_path):
    pixels = write(tmp_path / "samples.h5")
    asked = of(
        params={"code": "ab12", "seed": 7, "settings": {"beta": 0.4}},
        inputs={
            "pixels": str(pixels),
            "sums": [f"results/graphs/a/shards/{n}-of-2.h5" for n in (1, 2)],
            "labels": ["results/mnist/a.gz", "results/mnist/b.gz"],
        },
    )
    assert asked == {
        "params": {"seed": 7, "settings": {"beta": 0.4}},
        "input": {
            "pixels": [[str(pixels), stamps.read(pixels)]],
            "labels": [["results/mnist/a.gz", None], ["results/mnist/b.gz", None]],
        },
    }


def test_an_ensemble_called_shards_is_no_shard():
    asked = of(inputs={"pixels": "results/ising/shards/samples.h5"})
    assert asked["input"] == {"pixels": [["results/ising/shards/samples.h5", None]]}


def test_a_stamp_tells_apart_places_settings_and_sources(tmp_path):
    sources = [write(tmp_path / f"{seed}.h5", params={"seed": seed}) for seed in (1, 2)]
    asked = [
        of(params={"level": level}, inputs={"pixels": str(source)})
        for level in (10, 20)
        for source in sources
    ]
    asked += [of(params={"level": 10}, inputs={"images": str(sources[0])})]
    found = {stamps.stamp(place, each) for each in asked for place in ("a", "b")}
    assert len(found) == 10
    assert stamps.stamp("a", {"x": 1, "y": 2}) == stamps.stamp("a", {"y": 2, "x": 1})


def test_a_file_says_what_was_asked_and_is_the_same_each_time(tmp_path):
    written = [
        write(tmp_path / run / "results" / PLACE, params={"level": 10})
        for run in ("first", "second")
    ]
    place, asked = storage.read_request(written[0])
    assert (place, asked["params"]) == (PLACE, {"level": 10})
    assert stamps.read(written[0]) == stamps.stamp(place, asked)
    first, second = (path.read_bytes() for path in written)
    assert first == second and str(tmp_path).encode() not in first


def test_without_a_job_nothing_is_asked(tmp_path):
    storage.write(tmp_path / "exact.h5", Exact(**ARRAYS), settings={})
    assert storage.read_request(tmp_path / "exact.h5") == ("", None)


def test_a_file_of_another_name_or_cut_is_refused(tmp_path):
    path = write(tmp_path / "results" / PLACE)
    assert storage.read(path, Exact).energy == -1.5
    copied = tmp_path / "copy.h5"
    copied.write_bytes(path.read_bytes())
    assert storage.read(copied, Exact).energy == -1.5
    other = tmp_path / "results/graphs/fives/at-0.35/graph.h5"
    other.parent.mkdir()
    path.rename(other)
    expected = rf"at-0\.35/graph\.h5: expected the file .* got that of results/{PLACE}"
    with pytest.raises(faults.Broken, match=expected):
        storage.read(other, Exact)


@pytest.mark.parametrize("attribute", ["place", "asked"])
def test_a_file_with_another_stamp_than_its_own_is_refused(tmp_path, attribute):
    path = write(tmp_path / "exact.h5")
    with h5py.File(path, "r+") as file:
        file.attrs[attribute] = np.bytes_(b'"graphs"')
    with pytest.raises(faults.Broken, match="its stamp is not that of its settings"):
        storage.read(path, Exact)


@pytest.mark.parametrize("content", [b"", b"text", b"\x89HDF\r\n\x1a\n" * 99])
def test_what_is_no_result_has_no_stamp(tmp_path, content):
    (tmp_path / "a.h5").write_bytes(content)
    assert stamps.read(tmp_path / "a.h5") is None


def test_a_stamp_with_anything_else_in_its_block_is_none(tmp_path):
    path = write(tmp_path / "a.h5")
    whole = path.read_bytes()
    for place in (0, 30, 200, 511):
        path.write_bytes(whole[:place] + b"\xff" + whole[place + 1 :])
        assert stamps.read(path) is None
