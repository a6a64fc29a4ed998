"""IDX files, good and bad ones; embedded digits; choices by label."""

import gzip
import math
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from pixelwalk import images
from pixelwalk.storage import read_idx

HUGE = 2**32 - 1


def idx(array, shape=None, kind=8):
    """Bytes of an IDX file, which may lie about its shape."""
    shape = array.shape if shape is None else shape
    header = bytes([0, 0, kind, len(shape)]) + struct.pack(f">{len(shape)}I", *shape)
    return header + array.astype(np.uint8).tobytes()


@pytest.fixture
def written(tmp_path):
    """Write bytes to a file, give its path."""

    def write(content, name="images-idx3-ubyte"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("idx") / "mutated"


def refused(path, message, dimensions=3):
    """Assert that a file is refused by an error that names it."""
    with pytest.raises(ValueError, match=message) as error:
        read_idx(path, dimensions)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("shape", [(2, 3, 4), (5,), (0, 28, 28)])
def test_what_was_written_is_read(pack, shape, written):
    array = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    read = read_idx(written(pack(idx(array))), len(shape))
    assert read.dtype == np.uint8
    assert np.array_equal(read, array)


PLAIN = idx(np.arange(12).reshape(2, 3, 2))
ZIPPED = gzip.compress(PLAIN, mtime=0)  # no clock time in a test's name
changes = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 255)), max_size=3)


@pytest.mark.parametrize("pack", [bytes, lambda b: gzip.compress(b, mtime=0)])
@given(changes=changes, length=st.integers(0, 80), extra=st.binary(max_size=20))
def test_a_mutated_file_is_refused_or_is_what_its_header_says(
    pack, changes, length, extra, scratch
):
    mutated = bytearray(pack(PLAIN)[:length] + extra)
    for place, value in changes:
        mutated[place : place + 1] = [value]
    scratch.write_bytes(mutated)
    try:
        read = read_idx(scratch, 3)
    except ValueError as error:
        assert str(scratch) in str(error)
    else:
        zipped = mutated.startswith(b"\x1f\x8b")
        content = gzip.decompress(mutated) if zipped else bytes(mutated)
        assert read.shape == struct.unpack(">3I", content[4:16])
        assert read.tobytes() == content[16:]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "got nothing"),
        (b"<html>not found</html>", "first bytes 00 00 08 03"),
        (b"\0\1" + PLAIN[2:], "got 00 01 08 03"),
        (idx(np.ones((1, 2, 2)), kind=0x0D), "got 00 00 0d 03"),
        (idx(np.ones((4, 4))), "got 00 00 08 02"),
        (PLAIN[:10], "ends within its header"),
        (PLAIN[:-1], "2 x 3 x 2 = 12 bytes, but only 11 are there"),
        (PLAIN + b"\0", "2 x 3 x 2 = 12 bytes, but there are more"),
        (ZIPPED[:-9], "whole gzip file"),
        (ZIPPED[:-8] + bytes(8), "whole gzip file"),
        (ZIPPED + b"more", "whole gzip file"),
        (gzip.compress(ZIPPED, mtime=0), "first bytes 00 00 08 03, got|got 1f 8b"),
    ],
)
def test_bad_files_are_refused_by_name(content, message, written):
    refused(written(content), message)


@pytest.mark.parametrize("shape", [(0, HUGE, HUGE), (HUGE, 0, HUGE), (HUGE, HUGE, 0)])
def test_a_header_of_nothing_times_very_much(shape, written):
    path = written(idx(np.empty(0), shape))
    try:
        assert read_idx(path, 3).shape == shape
    except ValueError as error:
        assert str(path) in str(error)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="train"):
        read_idx(tmp_path / "train", 3)
    with pytest.raises(OSError):
        read_idx(tmp_path, 3)


@pytest.mark.parametrize("pack", [bytes, lambda b: gzip.compress(b, 1)])
@pytest.mark.parametrize(
    ("shape", "size", "message"),
    [
        ((10, 1, 1), 50_000_000, "there are more"),  # a bomb: much comes
        ((HUGE, 28, 28), 1000, "cut off"),  # a boast: much is promised
    ],
)
def test_no_file_makes_us_hold_much(pack, shape, size, message, written):
    path = written(pack(idx(np.zeros(size, np.uint8), shape)))
    tracemalloc.start()
    try:
        refused(path, message)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_embedded_digits_are_those_of_scikit_learn_in_order():
    parts = [images.embedded_digits(part) for part in ("train", "test")]
    assert [len(labels) for _, labels in parts] == [1347, 450]
    pixels, labels = (np.concatenate(pair) for pair in zip(*parts, strict=True))
    digits = load_digits()
    assert pixels.dtype == labels.dtype == np.uint8
    assert np.array_equal(labels, digits.target)
    assert np.abs(pixels / 255 - digits.images / 16).max() <= 0.5 / 255
    assert pixels.min() == 0 and pixels.max() == 255


LABELS = np.array([5, 0, 4, 1, 9, 2, 1, 3, 1, 4, 3, 5], np.uint8)


def choose(seed=1, **options):
    settings = {"label": 1, "count": 2, "choose": "first"} | options
    return images.select(LABELS, stream=np.random.default_rng(seed), **settings)


def test_the_first_ones_are_chosen():
    assert choose().tolist() == [3, 6]
    assert choose(label=5, count="all").tolist() == [0, 11]
    assert choose(label="any", count=4).tolist() == [0, 1, 2, 3]
    assert choose(label="any", count="all").tolist() == list(range(12))


@given(st.integers(1, 12), st.integers(0, 100))
def test_a_random_choice_repeats_nothing_but_itself(count, seed):
    options = {"label": "any", "count": count, "choose": "random"}
    chosen = choose(seed, **options)
    assert len(chosen) == count
    assert (np.diff(chosen) > 0).all() and chosen[0] >= 0 and chosen[-1] < 12
    assert np.array_equal(chosen, choose(seed, **options))


def test_every_fitting_image_is_as_likely():
    many = [choose(seed, choose="random") for seed in range(1500)]
    positions, seen = np.unique(many, return_counts=True)
    assert positions.tolist() == [3, 6, 8]
    # Each of three is chosen with chance 2/3.
    assert np.abs(seen - 1000).max() < 4 * math.sqrt(1500 * 2 / 9)


@pytest.mark.parametrize(
    "options", [{"count": 4}, {"label": 7}, {"label": 7, "count": "all"}, {"count": 0}]
)
def test_too_few_are_an_error(options):
    for how in ("first", "random"):
        with pytest.raises(
            ValueError, match="ask for fewer, or for another label or range"
        ):
            choose(choose=how, **options)
