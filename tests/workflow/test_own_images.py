"""Image sets from files of one's own, from the files to the figures."""

import os

import h5py
import numpy as np
import pytest
from inprocess import execute
from PIL import Image

import dag
from edits import NOTHING, rules

PICTURES = np.random.default_rng(3).integers(0, 256, (8, 5, 6), np.uint8)
OLD, FUTURE = 10**18, 4 * 10**18  # ns: in 2001 and in 2096
IMAGES = "results/images/mine/images.h5"
FIGURE = "results/figures/graph-mine.png"


@pytest.fixture
def own(place, config):
    """A place whose configuration has a set of pictures, and a graph over them."""
    for number, picture in enumerate(PICTURES):
        folder = place / "my pictures" / ("even" if number % 2 == 0 else "odd")
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(folder / f"{number}.png")
    config["images"]["mine"] = {"source": "./my pictures"}
    config["graphs"]["mine"] = {
        **{"images": "mine", "kind": "coactivation", "level": 127},
        "cuts": ["at-0", "top-0.1"],
    }
    place.configure(config)
    return config


def images(place):
    """Execute what makes the set of images, and give them."""
    execute(place, IMAGES)
    with h5py.File(place / IMAGES) as file:
        return file["images"][()]


def test_from_pictures_to_a_figure_and_what_an_edit_reruns(place, own):
    (place / "my pictures/even/deeper").mkdir()
    (place / "my pictures/even/deeper/x.png").touch()
    (place / "my pictures/odd/notes.txt").touch()
    os.utime(place / "my pictures/odd/3.png", ns=(FUTURE, FUTURE))
    run = place.snakemake(FIGURE)
    assert run.returncode == 0, run.stderr
    told = run.stderr.partition("To know, of results/logs/select_images/mine.log: ")[2]
    assert "are not read: 1, such as my pictures/odd/notes.txt" in told
    assert "are not read: 1, such as my pictures/even/deeper" in told
    assert "./my pictures" not in run.stderr  # Snakemake warns of a "./"
    assert (place / FIGURE).stat().st_size > 10_000
    with h5py.File(place / IMAGES) as file:
        order = [0, 2, 4, 6, 1, 3, 5, 7]
        assert np.array_equal(file["images"], PICTURES[order])
        assert file["labels"][()].tolist() == [0] * 4 + [1] * 4
        assert [name.decode() for name in file["label_names"]] == ["even", "odd"]
    on = (PICTURES > 127).reshape(8, -1)
    with h5py.File(place / "results/graphs/mine/weights.h5") as file:
        assert np.allclose(file["weights"], np.mean(on[:, :, None] & on[:, None], 0))
    assert dag.needed(place, FIGURE) == NOTHING

    after = rules(
        "select_images, average_pairs, sparsify_graph 2, walk_graph 2, draw_graph"
    )
    picture = place / "my pictures/odd/1.png"
    Image.fromarray(255 - PICTURES[1]).save(picture)
    os.utime(picture, ns=(OLD, OLD))
    assert dag.needed(place, FIGURE) == after
    Image.fromarray(PICTURES[1]).save(picture)
    assert dag.needed(place, FIGURE) == NOTHING
    Image.fromarray(PICTURES[1]).save(place / "my pictures/odd/9.png")
    assert dag.needed(place, FIGURE) == after


def test_an_explorer_of_ones_own_needs_nothing_else(place, own):
    own["graphs"]["again"] = own["graphs"]["mine"] | {"cuts": ["at-0"]}
    place.configure(own)
    page = "results/explorer-mine.html"
    expected = rules("select_images, average_pairs 2, draw_explorer")
    assert execute(place, page) == expected
    text = (place / page).read_text("utf-8")
    assert '"again"' in text and '"mine"' in text and '"fives"' not in text
    with pytest.raises(SystemExit, match=r"no graph 'x'; there are again, fives"):
        dag.load(place, "results/explorer-x.html")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"label": "odd", "count": 2}, PICTURES[[1, 3]]),
        ({"range": [3, 5]}, PICTURES[[6, 1]]),
        ({"invert": True, "label": "even"}, 255 - PICTURES[::2]),
        ({"level": 99, "label": "even"}, (PICTURES[::2] > 99) * np.uint8(255)),
    ],
)
def test_settings_of_pictures(place, own, settings, expected):
    own["images"]["mine"] |= settings
    place.configure(own)
    assert np.array_equal(images(place), expected)


def test_an_array_and_its_labels(place, own):
    np.save(place / "images.npy", PICTURES)
    np.save(place / "labels.npy", np.arange(8) % 3)
    own["images"]["mine"] = {"source": "./images.npy", "labels": "./labels.npy"}
    own["images"]["mine"] |= {"label": 2}
    place.configure(own)
    assert np.array_equal(images(place), PICTURES[[2, 5]])
    assert dag.needed(place, IMAGES) == NOTHING
    np.save(place / "labels.npy", np.arange(8) % 2)
    os.utime(place / "labels.npy", ns=(OLD, OLD))
    assert dag.needed(place, IMAGES) == rules("select_images")


def test_pictures_of_different_sizes(place, own, capfd):
    Image.fromarray(PICTURES[0].T).save(place / "my pictures/even/0.png")
    with pytest.raises(SystemExit):
        execute(place, IMAGES)
    told = capfd.readouterr().err
    assert "even/0.png of 6 x 5 and my pictures/even/2.png of 5 x 6" in told
    assert not (place / IMAGES).exists()
    own["images"]["mine"]["size"] = [4, 4]
    place.configure(own)
    assert images(place).shape == (8, 4, 4)


def test_a_picture_that_is_broken(place, own, capfd):
    (place / "my pictures/odd/3.png").write_bytes(b"no picture")
    with pytest.raises(SystemExit):
        execute(place, IMAGES)
    expected = "\nerror: my pictures/odd/3.png: expected a file of PNG, JPEG, TIFF"
    assert expected in capfd.readouterr().err


def test_an_empty_folder(place, own):
    (place / "empty").mkdir()
    own["images"]["mine"]["source"] = "./empty"
    place.configure(own)
    with pytest.raises(SystemExit) as stopped:
        dag.load(place, IMAGES)
    line = str(stopped.value)
    assert line.startswith("error in the configuration: images.mine.source: expected a")
    assert line.endswith("got './empty', a folder without any of them")
