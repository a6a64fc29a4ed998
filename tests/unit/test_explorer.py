"""The explorer: its numbers are those of the stages, and its page keeps to its size."""

import base64
import json
import re
import zlib
from types import SimpleNamespace

import numpy as np
import pytest

from pixelwalk import explorer, graph, walk
from pixelwalk.explorer import packing, series
from pixelwalk.explorer import page as page_module

RNG = np.random.default_rng(3)
OWN = ["at-0", "knn-2", "top-0.1"]


@pytest.fixture(scope="module")
def weights():
    counts = RNG.integers(0, 90, (25, 25)).astype(float)
    return np.maximum(counts, counts.T) / 100 - 0.3


@pytest.fixture(scope="module")
def found(weights):
    return series.series(weights, RNG.random((5, 5)), OWN, 0.02)


def averaged(weights, side, name="<b>"):
    made = {"kind": "samples", "source": None, "settings": {"rows": side, "beta": 1}}
    attributes = {"kind": "weights", "source": made, "settings": {"kind": "product"}}
    mean = np.arange(side * side, dtype=float).reshape(side, side)
    return SimpleNamespace(
        weights=weights, mean=mean, attributes=attributes | {"name": name}
    )


def unpacked(text, places):
    raw = zlib.decompress(base64.b64decode(text))
    return {
        name: np.frombuffer(raw, kind, size, start)
        for name, (kind, start, size) in places.items()
    }


def page(weights, side, **options):
    settings = {"a": {"cuts": OWN, "teleport": 0.02, "networks": ["n"]}}
    fields = {"n": RNG.random((3, side, side))}
    made = [("a", averaged(weights, side))]
    return explorer.explorer_page(made, fields, settings, first="a", **options)


def index(text):
    part = re.search(r'id="index">(.*?)</script>', text, re.S)[1]
    assert "<" not in part
    return json.loads(part)


def test_cuts_and_walks_are_those_of_the_stages(weights, found):
    assert {cut.name for cut in found if cut.own} == set(OWN)
    assert [cut.share for cut in found] == sorted(
        (c.share for c in found), reverse=True
    )
    for cut in found:
        adjacency = graph.sparsify(weights, cut.name)
        expected, _, _ = walk.stationary_distribution(adjacency, teleport=0.02)
        assert np.array_equal(cut.distribution, expected)
        assert cut.share == graph.active_fraction(adjacency)


def test_ranks_keep_the_entries_of_every_cut(weights, found):
    ranks, levels, least = packing.rank(weights, [cut.least for cut in found])
    whole = np.zeros(weights.shape, int)
    whole[np.triu_indices(25)] = ranks
    whole = np.maximum(whole, whole.T)
    for cut, some in zip(found, least, strict=True):
        bound = np.broadcast_to(some, 25)
        stays = (whole > 0) & (whole >= np.minimum(bound, bound[:, None]))
        assert np.array_equal(
            np.where(stays, levels[whole], 0), cut.adjacency.toarray()
        )


def test_too_many_weights_are_rounded_but_cut_exactly(monkeypatch, weights, found):
    monkeypatch.setattr(packing, "MOST_LEVELS", 45)
    scalar = [cut for cut in found if cut.name != "knn-2"]
    ranks, levels, least = packing.rank(weights, [cut.least for cut in scalar])
    assert len(levels) <= 46
    upper = np.triu_indices(25)
    for cut, some in zip(scalar, least, strict=True):
        assert np.array_equal(ranks >= some[0], cut.adjacency.toarray()[upper] > 0)


def test_pieces_by_hand():
    weights = np.zeros((5, 5))
    weights[0, 1] = weights[1, 0] = weights[2, 3] = weights[3, 2] = weights[4, 4] = 1
    cut = series.series(weights, np.ones((1, 5)), ["at-0"], 0.1)[0]
    assert (cut.pieces, cut.lone, cut.edges, cut.share) == (2, 1, 2, 0.2)
    assert np.isnan(cut.correlation)


def test_the_nearest_field_may_be_the_negative_one():
    weights = graph.sparsify(np.diag([1.0, 0, 0]) + np.diag([0, 0], 1), "at-0")
    near, likeness = series.nearest_fields(weights, np.array([[0, 1.0, 0], [-1, 0, 0]]))
    assert list(near) == [1, -1, -1]
    assert likeness == pytest.approx([-1, 0, 0])


def test_the_page_holds_the_numbers(weights, found):
    text = page(weights, 5)
    (told,) = index(text)["graphs"]
    packed = re.search(r'id="data-0">(.*?)</script>', text)[1]
    arrays = unpacked(packed, told["arrays"])
    again = series.series(weights, averaged(weights, 5).mean, OWN, 0.02)
    assert [cut["name"] for cut in told["cuts"]] == [cut.name for cut in again]
    shown = arrays["distributions"].reshape(len(again), 25)
    assert shown == pytest.approx(np.array([cut.distribution for cut in again]))
    assert told["kept"] is None


def test_names_end_no_element():
    text = page_module._safe({"</script>": "<!--"})
    assert "<" not in text and json.loads(text) == {"</script>": "<!--"}


def test_too_large_a_graph_gets_lighter_and_then_goes(weights):
    big = RNG.random((400, 400))
    big = np.maximum(big, big.T)
    full = page(big, 20)
    lighter = page(big, 20, most=len(full) - 30_000)
    (told,) = index(lighter)["graphs"]
    assert 0 < told["kept"] < 0.6
    assert len(lighter) < len(full) - 20_000
    gone = index(page(big, 20, most=100_000, left_out=["z"]))
    assert (gone["graphs"], gone["leftOut"]) == ([], ["a", "z"])
