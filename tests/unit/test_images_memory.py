"""Memory follows from what is chosen, and a rule asks for what it takes."""

import json

import h5py
import numpy as np
import pytest
from PIL import Image

import loading
from reports import report_of

DEFAULTS = {"part": "train", "label": "any", "range": "all", "count": "all"}
DEFAULTS |= {"choose": "first", "size": "as-is", "fit": "pad", "grey": "luma"}
DEFAULTS |= {"scale": "auto", "invert": False, "level": "none"}


def photographs(folder, count, mode="RGB", suffix="jpg"):
    """Pictures of 12 megapixels."""
    noise = np.random.default_rng(1).integers(0, 256, (30, 40, 3), np.uint8)
    large = Image.fromarray(noise).resize((4000, 3000), Image.Resampling.NEAREST)
    for number in range(count):
        large.convert(mode).save(folder / f"{number}.{suffix}")
    return str(folder)


def array(folder, count, dtype=np.uint8, shape=(28, 28), order="C"):
    path = folder / "a.npy"
    made = np.lib.format.open_memmap(
        path, "w+", dtype, (count, *shape), fortran_order=order == "F"
    )
    made[0] = 1
    return str(path)


def by_columns(folder, count, save):
    """An archive of an array that lies there column by column."""
    noise = np.random.default_rng(1).integers(0, 256, (28, 14, count), np.uint8)
    save(folder / "a.npz", images=np.repeat(noise, 2, axis=1).T)
    return f"{folder}/a.npz"


def in_columns(folder, count, chunks):
    with h5py.File(folder / "a.h5", "w") as file:
        noise = np.random.default_rng(1).integers(0, 256, (count, 28, 28), np.uint8)
        file.create_dataset("images", data=noise, chunks=chunks, compression=1)
    return f"{folder}/a.h5"


def plain(folder, suffix, **how):
    """A picture of 72 megapixels and one colour."""
    Image.new("RGBA", (9000, 8000), (9, 8, 7, 200)).save(folder / f"a.{suffix}", **how)
    return str(folder)


def packed(folder, count):
    with h5py.File(folder / "a.h5", "w") as file:
        file.create_dataset(
            "images",
            data=np.zeros((count, 64, 64), np.float32),
            chunks=(1000, 64, 64),
            compression="gzip",
        )
    return f"{folder}/a.h5"


# What is read, and how: few are chosen of much in most.
CASES = {
    "digits as they are": (lambda _: "digits", {}),
    "ten digits made 200 x 200": (
        lambda _: "digits",
        {"count": 10, "size": [200, 200]},
    ),
    "3 photographs": (lambda folder: photographs(folder, 3), {"size": [28, 28]}),
    "3 photographs made 256 x 256": (
        lambda folder: photographs(folder, 3),
        {"size": [256, 256]},
    ),
    "2 of 12 megapixels in 16 bits": (
        lambda folder: photographs(folder, 2, "I;16", "tif"),
        {"size": [28, 28]},
    ),
    "2 of 12 megapixels with opacity": (
        lambda folder: photographs(folder, 2, "RGBA", "png"),
        {"size": [28, 28]},
    ),
    "the first 100 of 800 MB": (
        lambda folder: array(folder, 1_000_000),
        {"count": 100},
    ),
    "a range of 1.6 GB of fractions": (
        lambda folder: array(folder, 500_000, np.float32),
        {"range": [400_000, 400_100]},
    ),
    "100 of 800 MB by columns": (
        lambda folder: array(folder, 1_000_000, order="F"),
        {"count": 100},
    ),
    "10 of packed chunks of 16 MB": (
        lambda folder: packed(folder, 10_000),
        {"count": 10, "size": [28, 28]},
    ),
    "100 of 100 MB in an archive by columns": (
        lambda folder: by_columns(folder, 128_000, np.savez),
        {"range": [100_000, 100_100]},
    ),
    "all of 100 MB in a packed archive by columns": (
        lambda folder: by_columns(folder, 128_000, np.savez_compressed),
        {"size": [4, 4]},
    ),
    "100 of 100 MB in chunks of one row of pixels": (
        lambda folder: in_columns(folder, 128_000, (128_000, 1, 4)),
        {"range": [100_000, 100_100]},
    ),
    "few large images by columns": (
        lambda folder: array(folder, 300, shape=(700, 500), order="F"),
        {"size": [8, 8]},
    ),
}
# What asks for more than 0.6 GB, as its largest picture or chunk is larger.
LARGE = {
    "100 of 100 MB in a single chunk": (
        lambda folder: in_columns(folder, 128_000, (128_000, 28, 28)),
        {"count": 100},
    ),
    "a lossless picture of 72 megapixels": (
        lambda folder: plain(folder, "webp", lossless=True),
        {"size": [28, 28]},
    ),
}


def measure(some):
    return report_of(loading, json.dumps([DEFAULTS | settings for settings in some]))


def test_a_rule_asks_for_what_loading_takes(tmp_path):
    some, cases = [], CASES | LARGE
    for number, (make, settings) in enumerate(cases.values()):
        folder = tmp_path / str(number)
        folder.mkdir()
        some.append({"source": make(folder)} | settings)
    for case, took in zip(cases, measure(some), strict=True):
        print(case, took)
        assert took["used"] <= took["asked"] < (2 if case in LARGE else 0.6), case


@pytest.mark.nightly
def test_more_photographs_take_no_more(tmp_path):
    source = photographs(tmp_path, 150)
    (took,) = measure([{"source": source, "size": [28, 28]}])
    assert took["used"] <= took["asked"] < 0.6
