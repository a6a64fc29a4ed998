"""What values mean: by their type, or by a whole set, and never by a single picture."""

import numpy as np
import png
import pytest
import tifffile
from PIL import Image

from pixelwalk import images

RAMP = (np.arange(64).reshape(8, 8) * 4).astype(np.uint8)


def of_array(array, tmp_path, **how):
    np.save(tmp_path / "a.npy", array)
    with images.open_images(tmp_path / "a.npy", "npy", **how) as (found, _):
        return np.array(list(found.read(np.arange(len(found)))))


def of_pictures(paths, **how):
    found = images.Pictures(paths, **how)
    return list(found.read(range(len(found))))


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [
        ([0, 1], bool, [0, 255]),
        ([0, 0.5, 1], float, [0, 128, 255]),
        ([0, 0.5, 1], np.float16, [0, 128, 255]),
        ([0, 100.4, 255], np.float32, [0, 100, 255]),
        ([0, 0], float, [0, 0]),
        ([0, 255], np.int64, [0, 255]),
        ([0, 127], np.int8, [0, 127]),
        ([0, 257, 65535], np.int64, [0, 1, 255]),
        ([0, 255], np.uint16, [0, 1]),  # of 16 bits, though dark
        ([0, 255], ">u2", [0, 1]),
        ([0, 255, 65535], ">i4", [0, 1, 255]),
        ([0, 0.5, 1], ">f4", [0, 128, 255]),
    ],
)
def test_white_follows_from_the_type_or_the_range(values, dtype, expected, tmp_path):
    array = np.array(values, dtype)[None, None]
    assert of_array(array, tmp_path)[0, 0].tolist() == expected


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_an_error_of_rounding_above_one_changes_nothing(dtype, tmp_path):
    exact = (np.arange(64).reshape(1, 8, 8) / 63).astype(dtype)
    above = exact.copy()
    above[0, 7, 7] = np.nextafter(dtype(1), dtype(2))
    below = exact.copy()
    below[0, 0, 0] = -np.finfo(dtype).eps / 2
    for array in (above, below):
        assert np.array_equal(of_array(array, tmp_path), of_array(exact, tmp_path))


def test_the_whole_array_says_what_is_white_and_not_an_image(tmp_path):
    both = np.stack([np.eye(4), 200 * np.eye(4)])
    assert of_array(both, tmp_path).max(axis=(1, 2)).tolist() == [1, 200]


@pytest.mark.parametrize("high", [1.5, 256.0, 70000])
def test_an_unusual_range_is_refused_unless_white_is_said(high, tmp_path):
    array = np.array([[[0, high]]])
    with pytest.raises(
        ValueError, match=f"which value is white, as in scale: {high:g}"
    ):
        of_array(array, tmp_path)
    assert of_array(array, tmp_path, scale=2 * high).max() == 128


def test_white_that_is_said_counts_for_any_type(tmp_path):
    mask = np.array([[[0, 1]]])
    for dtype in (np.uint8, np.int64, float):
        assert of_array(mask.astype(dtype), tmp_path, scale=1).max() == 255
    camera = np.array([[[0, 4095]]], np.uint16)
    assert of_array(camera, tmp_path, scale=4095).max() == 255
    with pytest.raises(ValueError, match=r"0 \(black\) to 4000 \(white\), got uint16"):
        of_array(camera, tmp_path, scale=4000)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32, np.float64])
def test_opacity_is_no_colour(dtype, tmp_path):
    white = {"u": np.iinfo, "f": lambda _: Image}[np.dtype(dtype).kind](dtype)
    most = getattr(white, "max", 1)
    for colours, opaque in ((1.0, 1.0), (0.5, 1.0), (1.0, 0.5), (0.0, 1.0)):
        image = np.zeros((1, 2, 2, 4))
        image[..., :3], image[..., 3] = colours * most, most
        image[0, 0, 0, 3] = opaque * most
        found = of_array(image.astype(dtype), tmp_path)
        assert abs(int(found[0, 1, 1]) - 255 * colours) <= 1
        assert abs(int(found[0, 0, 0]) - 255 * colours * opaque) <= 1


@pytest.mark.parametrize("value", [np.nan, np.inf, -0.5])
@pytest.mark.parametrize("scale", ["auto", 1])
def test_no_scale_helps_what_is_no_grey_value(value, scale, tmp_path):
    with pytest.raises(ValueError, match="replace what is below 0 or no number"):
        of_array(np.array([[[0, value]]]), tmp_path, scale=scale)


def test_a_mask_of_whole_numbers_is_told(tmp_path, caplog):
    assert of_array(np.eye(3, dtype=int)[None], tmp_path).max() == 1
    assert "the largest value is 1, of 255; if 1 is white: scale: 1" in caplog.text


def test_a_white_above_the_type_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"a scale of at most 255, .*, got 4095"):
        of_array(RAMP[None], tmp_path, scale=4095)
    wide = np.stack([RAMP.astype(np.uint16) * 16] * 3, axis=-1)
    tifffile.imwrite(tmp_path / "a.tif", wide, photometric="rgb")
    with pytest.raises(ValueError, match=r"a scale of at most 255, .*, got 4095"):
        of_pictures([tmp_path / "a.tif"], scale=4095)


def test_planes_of_sixteen_bits_are_right_or_refused(tmp_path):
    wide = np.stack([RAMP.astype(np.uint16) * 257] * 3)
    how = {"photometric": "rgb", "planarconfig": "separate"}
    tifffile.imwrite(tmp_path / "plain.tif", wide, **how)
    with pytest.raises(ValueError, match="one after the other, not packed"):
        of_pictures([tmp_path / "plain.tif"])
    Image.fromarray(RAMP).convert("RGB").save(tmp_path / "eight.tif")
    assert np.array_equal(of_pictures([tmp_path / "eight.tif"])[0], RAMP)


def test_opacity_of_255_beside_fractions_makes_nothing_dark(tmp_path):
    image = np.full((1, 2, 2, 4), 0.5)
    image[..., 3] = 255
    assert (of_array(image, tmp_path) == 128).all()


def test_one_channel_is_grey(tmp_path):
    assert np.array_equal(of_array(RAMP[None, ..., None], tmp_path)[0], RAMP)


def tif(path, array, **how):
    tifffile.imwrite(path, array, **{"photometric": "minisblack"} | how)
    assert np.array_equal(tifffile.imread(path), array)
    return path


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("most", [255, 65535])
def test_sixteen_bits_are_sixteen_bits_in_either_order(order, most, tmp_path):
    wide = (RAMP.astype(np.uint16) * (most // 255)).astype(np.uint16)
    path = tif(tmp_path / "a.tif", wide, byteorder=order)
    expected = np.rint(tifffile.imread(path) / 257)
    assert np.array_equal(of_pictures([path])[0], expected)


def test_fractions_of_a_folder_share_their_white(tmp_path):
    bright = tif(tmp_path / "a.tif", RAMP.astype(np.float32))
    dark = tif(tmp_path / "b.tif", np.eye(8, dtype=np.float32))
    assert [int(found.max()) for found in of_pictures([bright, dark])] == [252, 1]
    assert [int(found.max()) for found in of_pictures([dark, bright])] == [1, 252]
    assert [int(found.max()) for found in of_pictures([dark])] == [255]


@pytest.mark.parametrize("dtype", [np.float32, np.int32])
def test_a_white_that_follows_from_the_set_is_mixed_with_no_other(dtype, tmp_path):
    paths = [tif(tmp_path / "a.tif", RAMP.astype(dtype)), tmp_path / "b.png"]
    Image.fromarray(RAMP).save(paths[1])
    with pytest.raises(ValueError, match=r"a\.tif: expected pictures of one type"):
        of_pictures(paths)
    for found in of_pictures(paths, scale=255):
        assert np.array_equal(found, RAMP)


def test_eight_and_sixteen_bits_are_told_and_each_by_its_own_white(tmp_path, caplog):
    Image.fromarray(RAMP).save(tmp_path / "a.png")
    Image.fromarray(RAMP.astype(np.uint16) * 257).save(tmp_path / "b.png")
    found = of_pictures([tmp_path / "a.png", tmp_path / "b.png"])
    assert all(np.array_equal(each, RAMP) for each in found)
    assert "several types" in caplog.text
    assert "1 of 16 bits, 1 of 8 bits" in caplog.text


@pytest.mark.parametrize(
    ("dtype", "bits"), [(np.uint8, 1), (np.uint8, 2), (np.uint8, 4), (np.uint8, 8)]
)
def test_white_is_zero_in_every_depth(dtype, bits, tmp_path):
    raw = (np.arange(64).reshape(8, 8) % 2**bits).astype(dtype)
    write_bits(tmp_path / "white.tif", raw, bits, photometric=0)
    write_bits(tmp_path / "black.tif", raw, bits, photometric=1)
    white, black = of_pictures([tmp_path / "white.tif", tmp_path / "black.tif"])
    assert np.array_equal(black, raw * (255 // (2**bits - 1)))
    assert np.array_equal(white, 255 - black)


def test_white_is_zero_in_sixteen_bits(tmp_path):
    wide = RAMP.astype(np.uint16) * 257
    path = tif(tmp_path / "a.tif", wide, photometric="miniswhite")
    assert np.array_equal(of_pictures([path])[0], 255 - RAMP)


def test_white_is_zero_where_nobody_knows_black(tmp_path):
    path = tif(tmp_path / "a.tif", np.eye(8, dtype="f4"), photometric="miniswhite")
    with pytest.raises(ValueError, match="white is 0, but not what black is"):
        of_pictures([path], scale=1)


def test_signed_values_of_eight_bits(tmp_path):
    path = tif(tmp_path / "a.tif", RAMP.astype(np.int8))
    with pytest.raises(ValueError, match="signed values of 8 bits"):
        of_pictures([path])


def write_bits(path, raw, bits, photometric):
    """A TIFF of one strip, rows of whole bytes, by what the standard says."""
    import struct

    digits = ["".join(f"{value:0{bits}b}" for value in row) for row in raw]
    data = b"".join(int(row, 2).to_bytes(len(row) // 8, "big") for row in digits)
    rows, columns = raw.shape
    tags = [(256, columns), (257, rows), (258, bits), (259, 1), (262, photometric)]
    tags += [(273, 8), (277, 1), (278, rows), (279, len(data))]
    entries = b"".join(struct.pack("<HHIHH", t, 3, 1, value, 0) for t, value in tags)
    path.write_bytes(
        b"II*\0"
        + struct.pack("<I", 8 + len(data))
        + data
        + struct.pack("<H", len(tags))
        + entries
        + bytes(4)
    )


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_a_transparent_grey_of_every_depth_is_black(bits, tmp_path):
    raw = np.arange(2 ** min(bits, 6)).reshape(-1, 2)
    raw = raw * (2**bits // len(raw.ravel())) if bits > 6 else raw
    for clear in {int(raw.min()), int(raw.max())}:
        path = tmp_path / f"{clear}.png"
        writer = png.Writer(
            2, len(raw), greyscale=True, bitdepth=bits, transparent=clear
        )
        with path.open("wb") as file:
            writer.write(file, raw.tolist())
        *_, info = png.Reader(str(path)).read()
        assert info["transparent"] == (clear,)
        _, _, rows, _ = png.Reader(str(path)).asRGBA8()
        rgba = np.array([list(row) for row in rows]).reshape(*raw.shape, 4)
        found = of_pictures([path])[0].astype(int)
        assert (found[raw == clear] == 0).all()
        expected = raw * 255 / (2**bits - 1)
        assert np.abs(found - expected)[raw != clear].max(initial=0) <= 0.5
        assert (rgba[raw == clear, 3] == 0).all()
        assert (rgba[raw != clear, 3] == 255).all()


def test_a_transparent_colour_of_sixteen_bits_is_refused(tmp_path):
    path = tmp_path / "a.png"
    writer = png.Writer(2, 1, greyscale=False, bitdepth=16, transparent=(1, 2, 3))
    with path.open("wb") as file:
        writer.write(file, [[1, 2, 3, 4, 5, 6]])
    with pytest.raises(ValueError, match="a transparent colour of 16 bits"):
        of_pictures([path])


def test_only_the_first_frame_counts_and_that_is_told(tmp_path, caplog):
    frames = [Image.fromarray(np.full((4, 4), value, np.uint8)) for value in (9, 200)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert (of_pictures([tmp_path / "a.gif"])[0] == 9).all()
    assert "1 pictures have several frames" in caplog.text
