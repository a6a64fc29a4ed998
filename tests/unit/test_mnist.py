"""The four official files: that they are known, found, and hold what they should."""

import gzip

import numpy as np
import pytest

from digits import read_part
from pixelwalk import images
from pixelwalk.sources.mnist import MNIST, find_part, is_official

# Numbers of each digit, as LeCun, Cortes and Burges published them.
DIGITS = {
    "train": [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    "test": [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
}


def test_the_four_files_are_official(mnist):
    assert len(MNIST) == 4
    assert all(is_official(mnist / name) for name in MNIST)


@pytest.mark.parametrize("part", ["train", "test"])
def test_both_parts_hold_their_known_digits(part, mnist):
    pixels, labels = read_part(mnist, part)
    assert np.bincount(labels).tolist() == DIGITS[part]
    assert pixels.shape == (sum(DIGITS[part]), 28, 28)


def test_the_training_part_has_its_known_mean_and_begins_as_known(mnist):
    pixels, labels = read_part(mnist, "train")
    assert pixels.mean() / 255 == pytest.approx(0.1307, abs=5e-5)
    assert pixels.std() / 255 == pytest.approx(0.3081, abs=5e-5)
    assert labels[:12].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4, 3, 5]


def test_a_file_is_official_by_its_content_and_its_name(mnist, tmp_path):
    official = mnist / "t10k-labels-idx1-ubyte.gz"
    copy = tmp_path / official.name
    copy.write_bytes(official.read_bytes() + b"\0")
    assert not is_official(copy)
    copy.write_bytes(official.read_bytes())
    assert is_official(copy)
    assert not is_official(copy.rename(tmp_path / "train-labels-idx1-ubyte.gz"))
    assert not is_official(
        (tmp_path / "train-labels-idx1-ubyte.gz").rename(tmp_path / "own.gz")
    )


@pytest.mark.parametrize("name", MNIST)
def test_an_unzipped_file_is_official_too(name, mnist, tmp_path):
    content = gzip.decompress((mnist / name).read_bytes())
    plain = tmp_path / name.removesuffix(".gz")
    plain.write_bytes(content)
    assert is_official(plain)
    kaggle = tmp_path / plain.name.replace("-idx", ".idx")
    assert is_official(plain.rename(kaggle)) and is_official(kaggle.rename(plain))
    # Neither under the name of the zipped one nor with another last byte.
    assert not is_official(plain.rename(tmp_path / name))
    plain.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert not is_official(plain)


def test_unzipped_files_are_mnist_and_other_ones_are_theirs(mnist, tmp_path):
    paths = [tmp_path / path.stem for path in find_part(mnist, "test")]
    for path in paths:
        path.write_bytes(gzip.decompress((mnist / f"{path.name}.gz").read_bytes()))
    files = dict(zip(("images", "labels"), paths, strict=True))
    plain = {"source": f"{tmp_path}/", "part": "test", "size": "as-is", "fit": "pad"}
    plain |= {"grey": "luma", "invert": False, "level": "none", "scale": "auto"}
    plain |= {"label": "any", "range": "all", "count": 3, "choose": "first"}
    assert images.load(plain, files, stream=None).dataset == "MNIST"
    content = bytearray(paths[1].read_bytes())
    content[-1] = (content[-1] + 1) % 10
    paths[1].write_bytes(content)
    foreign = images.load(plain, files, stream=None)
    assert foreign.dataset == f"the files in {tmp_path}/"
    content[-1] = 10
    paths[1].write_bytes(content)
    with pytest.raises(ValueError, match="expected labels of 0 to 9, got 10"):
        images.load(plain, files, stream=None)


@pytest.mark.parametrize(("part", "start"), [("train", "train"), ("test", "t10k")])
def test_a_part_is_found_gzipped_or_not(part, start, tmp_path):
    plain = [f"{start}-images-idx3-ubyte", f"{start}-labels-idx1-ubyte"]
    official = [f"{name}.gz" for name in plain]

    def found():
        return [path.name for path in find_part(tmp_path, part)]

    assert found() == official
    (tmp_path / plain[0]).touch()
    assert found() == [plain[0], official[1]]
    (tmp_path / official[0]).touch()
    assert found() == official
