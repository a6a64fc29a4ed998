"""Sizes: the mean over the area that a new pixel covers, exactly."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pixelwalk.images import shaped

sides = st.integers(1, 9)
pictures = st.tuples(sides, sides).flatmap(lambda shape: hnp.arrays(np.uint8, shape))
sizes = st.tuples(sides, sides)
fits = st.sampled_from(["pad", "crop"])


def area_means(image, size, fit):
    """Means over areas by adding up fractions of single pixels; black outside."""
    ratios = [Fraction(old, new) for old, new in zip(image.shape, size, strict=True)]
    side = max(ratios) if fit == "pad" else min(ratios)
    starts = [
        (old - side * new) / 2 for old, new in zip(image.shape, size, strict=True)
    ]

    def shared(axis, new, old):
        low = starts[axis] + new * side
        return max(0, min(low + side, old + 1) - max(low, old))

    return np.array(
        [
            [
                sum(
                    int(image[r, c]) * shared(0, i, r) * shared(1, j, c)
                    for r in range(image.shape[0])
                    for c in range(image.shape[1])
                )
                / side**2
                for j in range(size[1])
            ]
            for i in range(size[0])
        ]
    )


@given(pictures, sizes, fits)
def test_every_pixel_is_the_rounded_mean_over_its_area(image, size, fit):
    found = shaped(image, size=size, fit=fit).astype(int)
    off = np.abs(found - area_means(image, size, fit))
    assert max(off.ravel()) <= Fraction(1, 2)


@given(pictures, sizes, fits)
def test_a_mirrored_image_gives_a_mirrored_one(image, size, fit):
    found = shaped(image, size=size, fit=fit)
    for axis in (0, 1):
        mirrored = shaped(np.flip(image, axis), size=size, fit=fit)
        assert np.array_equal(mirrored, np.flip(found, axis))
    turned = shaped(image.T, size=size[::-1], fit=fit)
    assert np.array_equal(turned, found.T)


@given(st.integers(0, 255), st.tuples(sides, sides), sizes)
def test_a_flat_image_stays_flat_when_it_is_cropped(value, shape, size):
    flat = np.full(shape, value, np.uint8)
    assert (shaped(flat, size=size, fit="crop") == value).all()


@given(pictures, st.integers(1, 4))
def test_larger_by_a_whole_number_repeats_pixels(image, times):
    size = tuple(side * times for side in image.shape)
    expected = np.kron(image, np.ones((times, times), np.uint8))
    assert np.array_equal(shaped(image, size=size), expected)


def test_stripes_that_do_not_divide_keep_their_mean():
    stripes = np.zeros((48, 48), np.uint8)
    stripes[:, 2::3] = 255
    found = shaped(stripes, size=[32, 32])
    assert found.mean() == stripes.mean() == 85
    assert (found[:, ::2] == 0).all() and (found[:, 1::2] == 170).all()


def test_a_large_image_is_added_up_in_strips():
    image = np.random.default_rng(4).integers(0, 256, (700, 300)).astype(np.uint8)
    blocks = image.reshape(7, 100, 3, 100).mean(axis=(1, 3))
    assert np.array_equal(shaped(image, size=[7, 3]), np.rint(blocks))


def test_padding_keeps_the_content_and_adds_black():
    wide = np.full((2, 4), 200, np.uint8)
    found = shaped(wide, size=[4, 4], fit="pad")
    assert found.tolist() == [[0] * 4, [200] * 4, [200] * 4, [0] * 4]


def test_cropping_keeps_the_middle():
    wide = np.array([[1, 2, 3, 4], [5, 6, 7, 8]], np.uint8)
    found = shaped(wide, size=[2, 2], fit="crop")
    assert found.tolist() == [[2, 3], [6, 7]]


@given(pictures)
def test_inverting_twice_changes_nothing(image):
    once = shaped(image, invert=True)
    assert np.array_equal(shaped(once, invert=True), image)
    assert np.array_equal(once.astype(int) + image, np.full(image.shape, 255))


@given(pictures, st.integers(0, 254))
def test_a_level_gives_black_and_white(image, level):
    found = shaped(image, level=level)
    assert np.array_equal(found, np.where(image > level, 255, 0))


def test_inverting_comes_first_and_the_level_last():
    image = np.array([[0, 0, 255, 255], [0, 0, 255, 255]], np.uint8)
    found = shaped(image, size=[1, 2], invert=True, level=127)
    assert found.tolist() == [[255, 0]]
