"""The explorer: its numbers are those of the stages, and its page is of one piece."""

import base64
import json
import re
import zlib
from types import SimpleNamespace

import numpy as np
import pytest

from pixelwalk import graph
from pixelwalk.graph import walk
from pixelwalk.pages import explorer
from pixelwalk.pages.explorer import packing
from pixelwalk.pages.explorer.series import nearest_fields, series

ISING = {
    **{"kind": "samples", "source": None},
    "settings": {"rows": 6, "columns": 5, "beta": 0.5},
}
OWN = ["at-0", "top-0.2", "knn-3"]


def averaged(size=30, shape=(6, 5), origin=ISING, seed=1):
    """Weights of few different values, so that many are equal."""
    rng = np.random.default_rng(seed)
    weights = np.triu(rng.integers(-2, 40, (size, size)) / 40)
    attributes = {"settings": {"kind": "same-state"}, "source": origin}
    return SimpleNamespace(
        weights=weights + np.triu(weights, 1).T,
        mean=rng.random(shape),
        attributes=attributes,
    )


def settings(**networks):
    return {"cuts": OWN, "teleport": 0.05, "networks": sorted(networks)}


def read_index(page):
    return json.loads(re.search(r'id="index">(.*?)</script>', page, re.S)[1])


def unpack(page, place):
    """What the page holds of a graph: arrays by name."""
    text = re.search(rf'id="data-{place}">(.*?)</script>', page, re.S)[1]
    whole = zlib.decompress(base64.b64decode(text))
    places = read_index(page)["graphs"][place]["arrays"]
    return {
        name: np.frombuffer(whole, np.dtype(kind).newbyteorder("<"), size, start)
        for name, (kind, start, size) in places.items()
    }


def test_every_cut_has_the_numbers_of_the_graph_and_the_walk():
    made = averaged()
    found = series(made.weights, made.mean, OWN, 0.05)
    assert {cut.name for cut in found if cut.own} == set(OWN)
    for cut in found:
        adjacency = graph.sparsify(made.weights, cut.name)
        assert cut.share == graph.active_fraction(adjacency)
        expected = walk.stationary_distribution(adjacency, teleport=0.05)[0]
        np.testing.assert_array_equal(cut.distribution, expected)
        pearson = np.corrcoef(expected, made.mean.ravel())[0, 1]
        assert cut.correlation == pytest.approx(pearson)


def test_cuts_go_from_the_full_graph_to_a_thousandth():
    rng = np.random.default_rng(2)
    weights = rng.random((100, 100))
    found = series(weights + weights.T, rng.random((10, 10)), [], 0.01)
    shares = [cut.share for cut in found]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1 and shares[-1] == pytest.approx(0.001, rel=0.2)
    assert len(found) >= 24


def test_pieces_are_counted_by_hand():
    weights = np.eye(6)  # a loop at each pixel joins nothing
    for i, j in ((0, 1), (1, 2), (3, 4)):
        weights[i, j] = weights[j, i] = 0.5
    (cut,) = series(weights, np.arange(6.0).reshape(2, 3), ["at-0"], 0.1)[:1]
    assert (cut.edges, cut.pieces, cut.lone) == (3, 2, 1)


def test_a_mean_image_without_contrast_has_no_correlation():
    found = series(averaged().weights, np.ones((6, 5)), ["at-0"], 0.1)
    assert np.isnan([cut.correlation for cut in found]).all()


def test_the_nearest_field_is_found_whatever_its_sign():
    adjacency = graph.sparsify(averaged().weights, "top-0.2")
    rows = walk.transition_matrix(adjacency).toarray()
    rng = np.random.default_rng(3)
    fields = np.concatenate([rng.normal(size=(4, 30)), 2 - 7 * rows[[11]]])
    index, correlation = nearest_fields(adjacency, fields)
    assert index[11] == 4 and correlation[11] == pytest.approx(-1)
    every = np.array([[np.corrcoef(row, f)[0, 1] for f in fields] for row in rows])
    assert (index == np.abs(every).argmax(axis=1)).all()
    np.testing.assert_allclose(np.abs(correlation), np.abs(every).max(axis=1))


def test_a_pixel_without_edges_is_near_to_no_field():
    index, correlation = nearest_fields(np.zeros((4, 4)), np.eye(4)[:2])
    assert (index == -1).all() and (correlation == 0).all()


def test_the_page_holds_enough_to_cut_each_graph_again():
    made = averaged()
    page = explorer.explorer_page([("a", made)], {}, {"a": settings()}, first="a")
    arrays, told = unpack(page, 0), read_index(page)["graphs"][0]
    half = arrays["levels"][arrays["ranks"]]
    whole = np.zeros((30, 30))
    whole[np.triu_indices(30)] = half
    whole = whole + np.triu(whole, 1).T
    ranks = np.zeros((30, 30), int)
    ranks[np.triu_indices(30)] = arrays["ranks"]
    ranks = np.maximum(ranks, ranks.T)
    for cut, least in zip(told["cuts"], arrays["least"].reshape(-1, 30), strict=True):
        stays = (ranks > 0) & (ranks >= np.minimum(least, least[:, None]))
        expected = graph.sparsify(made.weights, cut["name"]).toarray()
        np.testing.assert_array_equal(np.where(stays, whole, 0), expected)


def test_weights_of_too_many_values_are_rounded_but_cut_exactly(monkeypatch):
    monkeypatch.setattr(packing, "MOST_LEVELS", 40)
    rng = np.random.default_rng(4)
    weights = rng.random((30, 30))
    weights += weights.T
    bounds = [np.quantile(weights, q) for q in (0.2, 0.5, 0.93)]
    least = [float(weights[weights >= bound].min()) for bound in bounds]
    ranks, levels, thresholds = packing.rank(weights, least)
    half = weights[np.triu_indices(30)]
    assert len(levels) <= 41
    for bound, threshold in zip(least, thresholds, strict=True):
        np.testing.assert_array_equal(ranks >= threshold, half >= bound)
    assert np.abs(levels[ranks] - half).max() < 0.3


def test_the_page_keeps_to_its_budget_and_says_what_it_dropped(caplog):
    caplog.set_level("INFO")
    made = {n: averaged(400, (20, 20), seed=i) for i, n in enumerate(["a", "b"])}
    own = {name: settings() | {"cuts": ["at-0"]} for name in made}

    def page(**most):
        return explorer.explorer_page(made.items(), {}, own, first="a", **most)

    whole = page()
    light = page(most=len(whole) - 60_000)
    assert len(light) <= len(whole) - 60_000
    kept = [told["kept"] for told in read_index(light)["graphs"]]
    assert any(kept)
    for place, share in enumerate(kept):
        ranks = np.zeros((400, 400), int)
        ranks[np.triu_indices(400)] = unpack(light, place)["ranks"]
        count = 2 * np.count_nonzero(ranks) - np.count_nonzero(ranks.diagonal())
        told = read_index(light)["graphs"][place]
        assert count / 400**2 == pytest.approx(share or told["cuts"][0]["share"])
    assert "of its entries, the heaviest" in caplog.text
    least = page(most=len(whole) - sum(map(len, re.findall(r"id=\"data-.*", whole))))
    assert read_index(least)["leftOut"] and "left out" in caplog.text


def test_names_cannot_leave_their_place_in_the_page():
    name = "</script><script>alert(1)</script>"
    page = explorer.explorer_page(
        [(name, averaged())], {}, {name: settings()}, first=name, left_out=[name]
    )
    assert "alert(1)" in page and "<script>alert(1)" not in page
    assert read_index(page)["graphs"][0]["name"] == name


def test_equal_input_gives_equal_text():
    def page():
        field = np.random.default_rng(5).normal(size=(3, 6, 5))
        return explorer.explorer_page(
            [("a", averaged())], {"n": field}, {"a": settings(n=1)}, first="a"
        )

    assert page() == page()


def test_networks_of_other_shapes_are_not_compared():
    fields = {"n": np.ones((3, 2, 2)), "m": np.eye(30)[:4].reshape(4, 6, 5)}
    page = explorer.explorer_page(
        [("a", averaged())], fields, {"a": settings(n=1, m=1)}, first="a"
    )
    index = read_index(page)
    assert index["graphs"][0]["networks"] == ["m"] and list(index["networks"]) == ["m"]


def test_the_licence_of_what_is_embedded_is_kept():
    page = explorer.explorer_page([], {}, {}, first="a")
    assert "plotly.js v" in page and "Permission is hereby granted" in page


@pytest.mark.parametrize(
    ("changed", "boundary", "even"),
    [
        ({"boundary": "helical", "field": 0}, "helical", True),
        ({"boundary": "free", "field": 0.2}, "free", False),
        ({"boundary": "periodic", "field": 0, "source": "./s.npy"}, "periodic", False),
    ],
)
def test_the_page_knows_how_a_lattice_is_joined(changed, boundary, even):
    origin = ISING | {"settings": ISING["settings"] | changed}
    page = explorer.explorer_page(
        [("a", averaged(origin=origin))], {}, {"a": settings()}, first="a"
    )
    told = read_index(page)["graphs"][0]
    assert (told["boundary"], told["even"]) == (boundary, even)
