"""MNIST through the real workflow: from mirrors good and bad, and from a folder."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import h5py
import numpy as np
import pytest
from inprocess import execute

import dag
from edits import NOTHING, rules

LABELS = "results/mnist/t10k-labels-idx1-ubyte.gz"
IMAGES = "results/images/test/images.h5"
MINE = "results/images/mine/images.h5"


def assert_whole(place, mnist, path=LABELS):
    assert (place / path).read_bytes() == (mnist / (place / path).name).read_bytes()
    names = [file.name for file in (place / "results/mnist").iterdir()]
    assert not [name for name in names if name.startswith((".", "tmp"))]


def assert_nothing(place):
    folder = place / "results/mnist"
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.fixture
def failure(capfd):
    """Function that executes what fails, and gives the line that says why."""

    def find(*arguments, **options):
        capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            execute(*arguments, **options)
        assert stopped.value.code == 1
        told = capfd.readouterr().err.splitlines()
        (line,) = (line for line in told if line.startswith("error"))
        return line

    return find


def test_the_first_two_hundred_fives(place, mnist_config, mirror, asked, mnist):
    mnist_config["images"]["fives"]["count"] = 200
    mnist_config["mnist"]["mirrors"] = [mirror("good")]  # named in the config
    place.configure(mnist_config)
    execute(place, "results/images/fives/images.h5")
    assert sorted(asked) == [
        ("good", "train-images-idx3-ubyte.gz"),
        ("good", "train-labels-idx1-ubyte.gz"),
    ]
    with gzip.open(mnist / "train-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(mnist / "train-labels-idx1-ubyte.gz") as file:
        fives = np.frombuffer(file.read(), np.uint8, offset=8) == 5
    with h5py.File(place / "results/images/fives/images.h5") as file:
        np.testing.assert_array_equal(file["images"], images[fives][:200])
        np.testing.assert_array_equal(file["positions"], np.flatnonzero(fives)[:200])
        assert set(file["labels"][()]) == {5}
        assert json.loads(file.attrs["settings"])["dataset"] == "MNIST"


def test_mirrors_are_asked_in_order_until_one_gives_it(place, mirror, asked, mnist):
    ways = ["cut", "missing", "wrong", "good", "silent"]
    mirrors = [mirror(way) for way in ways]
    run = place.snakemake(LABELS, mirrors=mirrors)
    assert run.returncode == 0, run.stderr
    assert_whole(place, mnist)
    assert [way for way, _ in asked] == ways[:4]
    log = place / "results/logs/fetch_mnist/mnist/t10k-labels-idx1-ubyte.gz.log"
    *_, wrong, last = log.read_text(encoding="utf-8").splitlines()
    assert wrong.startswith(mirrors[2]) and "SHA-256" in wrong
    assert "t10k-labels-idx1-ubyte.gz" in wrong and "deleted" in wrong
    assert last.startswith(mirrors[3]) and "whole and right" in last
    # Other mirrors are no cause to fetch it again.
    assert dag.needed(place, LABELS, mirrors=mirrors[:1]) == NOTHING


def test_a_mirror_that_is_slow_but_gives_each_piece_in_time(place, mirror, mnist):
    execute(place, LABELS, mirrors=[mirror("slow")])
    assert_whole(place, mnist)


def test_a_mirror_that_labels_the_file_as_packed_is_right(place, mirror, asked, mnist):
    execute(place, LABELS, mirrors=[mirror("labelled"), mirror("good")])
    assert [way for way, _ in asked] == ["labelled"]
    assert_whole(place, mnist)


def test_a_password_is_written_nowhere(place, mnist_config, mirror, asked, mnist):
    user, password = "nobody-else", "pass-word-of-mine"
    private = [
        mirror(way).replace("//", f"//{user}:{password}@")
        for way in ("missing", "cut", "good")
    ]
    mnist_config["mnist"]["mirrors"] = private
    place.configure(mnist_config)
    # The copies of scripts stay, which hold the configuration while they run.
    given = f"mnist={{mirrors: {private}}}"  # the log begins with the command
    run = place.snakemake("--skip-script-cleanup", IMAGES, "--config", given)
    assert run.returncode == 0, run.stderr
    assert_whole(place, mnist)
    assert [way for way, _ in asked] == ["missing", "cut", "good"] * 2
    told = {"stdout": run.stdout.encode(), "stderr": run.stderr.encode()}
    left = (path for path in place.folder.rglob("*") if path.is_file())
    told |= {
        path.relative_to(place.folder).as_posix(): path.read_bytes() for path in left
    }
    assert any(name.startswith(".snakemake/scripts/") for name in told)
    shown = [name for name in told if b"***@127.0.0.1" in told[name]]
    assert any(name.startswith("results/logs/fetch_mnist/") for name in shown)
    for secret in (user, password):
        assert [n for n in told if secret.encode() in told[n]] == ["config.yaml"]


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("cut", "2271 more expected"),
        ("wrong", "SHA-256 of t10k-labels-idx1-ubyte.gz is not the official one"),
        ("missing", "answered 404"),
        ("silent", "no answer in time"),
        ("long", "too long: expected at most 4,542 bytes"),
    ],
)
def test_a_bad_mirror(place, config, mirror, failure, way, reason):
    config["mnist"] |= {"mirrors": [mirror(way)], "timeout": 1}
    place.configure(config)
    line = failure(place, LABELS)
    assert f"{mirror(way)}: " in line and reason in line
    assert_nothing(place)


def test_all_dead(place, mirror, dead, the_error, tmp_path):
    nowhere = (tmp_path / "nowhere").as_uri() + "/"
    mirrors = [dead, mirror("missing"), mirror("wrong"), nowhere]
    run = place.snakemake(LABELS, mirrors=mirrors)
    line = the_error(run)
    assert "t10k-labels-idx1-ubyte.gz could not be had from any mirror" in line
    reasons = ["refused", "answered 404", "SHA-256", "No such file"]
    for address, reason in zip(mirrors, reasons, strict=True):
        assert reason in line.partition(f"{address}: ")[2].partition("; ")[0]
    assert "put the four official files in a folder and name it" in line
    assert "source: digits" in line
    assert line not in run.stdout
    assert_nothing(place)


@pytest.fixture
def folder(place, mnist_config, mnist):
    """A folder of one's own with the test part, named as the source of a set."""
    folder = place / "my images"
    folder.mkdir()
    for file in mnist.glob("t10k-*.gz"):
        shutil.copy(file, folder)
    mnist_config["images"]["mine"] = {
        "source": "./my images",
        "part": "test",
        "label": 7,
        "count": 10,
    }
    place.configure(mnist_config)
    return folder


def test_a_folder_as_the_source(place, folder):
    # One file unpacked, the other not.
    labels = folder / "t10k-labels-idx1-ubyte.gz"
    labels.with_suffix("").write_bytes(gzip.decompress(labels.read_bytes()))
    labels.unlink()
    assert execute(place, MINE) == rules("select_images")  # nothing is fetched
    with h5py.File(place / MINE) as file:
        assert file["images"].shape == (10, 28, 28)
        assert set(file["labels"][()]) == {7}


@pytest.mark.parametrize("what", ["cut off", "no gzip", "of another kind"])
def test_a_broken_file_in_the_folder(place, folder, failure, what):
    path = folder / "t10k-images-idx3-ubyte.gz"
    labels = folder / "t10k-labels-idx1-ubyte.gz"
    path.write_bytes(
        {
            "cut off": path.read_bytes()[:100_000],
            "no gzip": b"not an image",
            "of another kind": labels.read_bytes(),
        }[what]
    )
    line = failure(place, MINE)
    assert "my images/t10k-images-idx3-ubyte.gz: expected " in line
    assert not place.files("images")


def test_a_folder_without_the_files(place, folder):
    (folder / "t10k-images-idx3-ubyte.gz").unlink()
    with pytest.raises(SystemExit) as stopped:
        dag.load(place, MINE)
    assert str(stopped.value) == (
        "error in the configuration: images.mine.source: expected a folder with the "
        "MNIST files, got './my images', where t10k-images-idx3-ubyte.gz is not"
    )


def test_a_download_that_has_changed_since_is_set_aside(
    place, mnist_config, mirror, failure, mnist
):
    mnist_config["mnist"]["mirrors"] = [mirror("good")]
    place.configure(mnist_config)
    execute(place, IMAGES)
    (place / IMAGES).unlink()
    path = place / "results/mnist/t10k-images-idx3-ubyte.gz"
    content = bytearray(path.read_bytes())
    content[5] ^= 1  # the clock time in its header, which no other check would see
    path.write_bytes(content)
    line = failure(place, IMAGES)
    assert "its SHA-256 is no longer the official one; it is set aside as" in line
    assert path.with_name(f"{path.name}.broken").read_bytes() == content
    assert execute(place, IMAGES) == rules("fetch_mnist, select_images")
    assert path.read_bytes() == (mnist / path.name).read_bytes()


def test_more_than_there_are(place, config, failure):
    config["images"]["fives"]["count"] = 5000
    place.configure(config)
    line = failure(place, "results/images/fives/images.h5")
    assert "expected at least 5000 images with label 5" in line
    assert not place.files("images")


def test_a_download_that_is_killed_leaves_nothing_for_ever(place, mirror, mnist):
    run = subprocess.Popen(
        [sys.executable, "-m", "snakemake", "--cores", "1", LABELS],
        cwd=place.folder,
        env=place.environment([mirror("silent")]),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not (left := place.files("mnist")):
            assert run.poll() is None
            time.sleep(0.05)
    finally:
        os.killpg(run.pid, signal.SIGKILL)  # with its job
        run.wait()
    assert left != [LABELS] and place.files("mnist") == left
    assert place.snakemake("--unlock").returncode == 0
    run = place.snakemake(LABELS, mirrors=[mirror("good")])
    assert run.returncode == 0, run.stderr
    assert_whole(place, mnist)
    assert place.files("mnist") == [LABELS]
