"""The two images of a linear network: which, coded how, and how small."""

import numpy as np
import pytest

from pixelwalk.compute import bits
from pixelwalk.matrices import sources

FLAGS = np.random.default_rng(3).random((70, 4, 6)) < 0.5
GREY = np.random.default_rng(4).integers(0, 256, (5, 4, 6)).astype(np.uint8)


def test_squares_are_averaged_and_what_is_left_over_goes():
    image = np.arange(15.0).reshape(3, 5)
    assert sources.reduced(image, 1).tolist() == image.tolist()
    assert sources.reduced(image, 2).tolist() == [[3.0, 5.0]]
    with pytest.raises(ValueError, match="no square of 4 x 4"):
        sources.reduced(image, 4)


def test_spins_and_grey_values_become_numbers():
    packed = bits.pack(FLAGS)
    for position in (0, 64, 69):
        expected = np.where(FLAGS[position], 1, -1)
        assert np.array_equal(sources.numbers(packed, position), expected)
    mean = np.where(FLAGS, 1.0, -1.0).mean(axis=0)
    assert sources.numbers(packed, "mean") == pytest.approx(mean)
    assert sources.numbers(GREY, 3) == pytest.approx(GREY[3] / 255)
    assert sources.numbers(GREY, "mean") == pytest.approx(GREY.mean(axis=0) / 255)


@pytest.mark.parametrize("pixels", [GREY, bits.pack(FLAGS)])
def test_an_image_that_is_not_there_is_told(pixels):
    with pytest.raises(ValueError, match=f"{len(pixels)} images.* 0 .. "):
        sources.numbers(pixels, len(pixels))


def test_a_line_has_the_pixels_of_the_plane_row_by_row():
    settings = {"input": 1, "target": "mean", "reduce": 2}
    plane = sources.pair(GREY, settings | {"shifts": "plane"})
    line = sources.pair(GREY, settings | {"shifts": "line"})
    for image, flat in zip(plane, line, strict=True):
        assert image.shape == (2, 3)
        assert flat.tolist() == image.ravel().tolist()
    assert plane[0] == pytest.approx(sources.reduced(GREY[1] / 255, 2))
    assert plane[1] == pytest.approx(sources.reduced(GREY.mean(axis=0) / 255, 2))
