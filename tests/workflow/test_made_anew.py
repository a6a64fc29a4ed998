"""What is made anew when sources are replaced, notes are lost, or files are moved."""

import os
import shutil

import numpy as np
import pytest
from inprocess import execute

import dag
from edits import NOTHING, rules, setting
from pixelwalk import storage
from pixelwalk.jobs import faults
from pixelwalk.storage.kinds.graph import Graph

IMAGES = "results/images/mine/images.h5"
WEIGHTS = "results/graphs/mine/weights.h5"
GRAPHS = [f"results/graphs/fives/{cut}/graph.h5" for cut in ("at-0", "at-0.10")]
OLD = 10**18  # ns: in 2001
PICTURES = np.random.default_rng(3).integers(0, 256, (2, 8, 5, 6), np.uint8)


@pytest.fixture
def own(place, config):
    """A place with an image set in a folder behind a link, and two others like it."""
    for name, pictures in zip(("first", "second"), PICTURES, strict=True):
        (place / name).mkdir()
        np.save(place / name / "images.npy", pictures)
        os.utime(place / name / "images.npy", ns=(OLD, OLD))
    shutil.copytree(place / "first", place / "third")
    (place / "mine").symlink_to("first")
    config["images"]["mine"] = {"source": "./mine/images.npy"}
    config["graphs"]["mine"] = {"images": "mine", "kind": "coactivation", "level": 127}
    place.configure(config)
    return place


def replace(source, other, act):
    """Replace a source by another file of the same size, in one of five ways."""
    match act:
        case "mv":
            shutil.copy2(other, source.with_name("new"))
            source.with_name("new").replace(source)
        case "cp -p":
            shutil.copy2(other, source)
        case "rsync -a":  # which renames a temporary file, of the same time
            shutil.copyfile(other, source.with_name(".new"))
            os.utime(source.with_name(".new"), ns=(OLD, OLD))
            source.with_name(".new").replace(source)
        case "tar":  # which deletes the old file first
            source.unlink()
            shutil.copy2(other, source)
        case "a link":
            source.parent.unlink()
            source.parent.symlink_to(other.parent.name)


def test_a_source_is_known_by_its_content(own, capfd):
    execute(own, IMAGES)
    source = own / "mine/images.npy"
    originals = own / "third/images.npy"
    for act in ("mv", "cp -p", "rsync -a", "tar", "a link"):
        replace(source, own / "second/images.npy", act)
        assert dag.needed(own, IMAGES) == rules("select_images"), act
        replace(source, originals, act)
        assert dag.needed(own, IMAGES) == NOTHING, act
    told = f"{IMAGES}: made from a source of other content; made anew\n"
    assert capfd.readouterr().err.count(told) == 5
    source.touch()
    source.chmod(0o600)
    assert dag.needed(own, IMAGES) == NOTHING
    shutil.rmtree(own / ".snakemake")
    assert dag.needed(own, IMAGES) == NOTHING
    replace(source, own / "second/images.npy", "cp -p")
    assert dag.needed(own, IMAGES) == rules("select_images")


def test_a_source_that_cannot_be_read_ends_the_run_in_one_line(own):
    (own / "mine/images.npy").unlink()
    (own / "mine/images.npy").symlink_to("/proc/self/mem")  # a read of it fails
    with pytest.raises(SystemExit) as stopped:
        dag.load(own, IMAGES)
    assert str(stopped.value).startswith("error: mine/images.npy: the disk does not")


def test_a_result_that_was_copied_over_another_is_made_anew(own, config, capfd):
    execute(own, WEIGHTS)
    kept = {path: (own / path).read_bytes() for path in (IMAGES, WEIGHTS)}
    config["images"]["mine"]["level"] = 99
    own.configure(config)
    assert execute(own, WEIGHTS) == rules("select_images, average_pairs")
    assert dag.needed(own, WEIGHTS) == NOTHING
    capfd.readouterr()
    made = {path: (own / path).read_bytes() for path in kept}
    (own / WEIGHTS).write_bytes(kept[WEIGHTS])
    assert dag.needed(own, WEIGHTS) == rules("average_pairs")
    assert f"{WEIGHTS}: made from another {IMAGES}; made anew" in capfd.readouterr().err
    (own / WEIGHTS).write_bytes(made[WEIGHTS])
    (own / IMAGES).write_bytes(kept[IMAGES])
    assert dag.needed(own, WEIGHTS) == rules("select_images, average_pairs")
    assert (
        f"{IMAGES}: made with level: none, the configuration asks for level: 99; made "
        "anew" in capfd.readouterr().err
    )
    # Only what is asked for is made, whatever else is of other settings.
    assert dag.needed(own, "results/images/fives/images.h5") == rules("select_images")


def test_any_number_of_shards_makes_the_same_stamp(own, config):
    execute(own, WEIGHTS)
    whole = (own / WEIGHTS).read_bytes()
    config["graphs"]["mine"]["shards"] = 3
    own.configure(config)
    assert execute(own, WEIGHTS) == rules("sum_pairs 3, join_sums")
    assert (own / WEIGHTS).read_bytes() == whole


def lose(place, _):
    """Lose Snakemake's notes, and the cache of digests that lies beside them."""
    shutil.rmtree(place / ".snakemake")


EDITS = {
    "an image set's level": setting("images", "fives", "level", to=20),
    "an ensemble's beta": setting("ising", "standard", "beta", to=0.4),
    "the images of a study": setting("linear", "fives", "images", to="training"),
    "the seed": setting("seed", to=8),
    "a network's batch": setting("autoencoders", "half", "batch", to=16),
    "nothing": lambda place, config: None,
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_an_edit_reruns_does_not_hang_on_notes(rerun, config, edit):
    EDITS[edit](rerun, config)
    expected = dag.needed(rerun)
    assert bool(expected) == (edit != "nothing")
    lose(rerun, config)
    assert dag.needed(rerun) == expected


def test_two_files_swapped_are_made_anew_and_refused(rerun, capfd):
    expected = dag.needed(rerun, "--forcerun", *GRAPHS)
    aside, paths = rerun / "aside.h5", [rerun / path for path in GRAPHS]
    paths[0].rename(aside)
    paths[1].rename(paths[0])
    aside.rename(paths[1])
    for path, other in zip(GRAPHS, reversed(GRAPHS), strict=True):
        with pytest.raises(faults.Broken, match=f"{path}: .* got that of {other}$"):
            storage.read(rerun / path, Graph)
    assert expected["sparsify_graph"] == 2 and dag.needed(rerun) == expected
    told = capfd.readouterr().err
    for path, other in zip(GRAPHS, reversed(GRAPHS), strict=True):
        line = f"{path}: expected the file of this name, got that of {other}; made anew"
        assert line in told.splitlines()
