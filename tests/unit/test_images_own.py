"""Images from files of one's own, against the arrays that the files were made of."""

import gzip
import struct
import zipfile

import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from PIL import Image

from pixelwalk import images, sources, storage
from pixelwalk.images.values import GREYS, to_grey

GREY = np.random.default_rng(1).integers(0, 256, (3, 4, 5), np.uint8)
COLOUR = np.random.default_rng(2).integers(0, 256, (4, 5, 3), np.uint8)
LOSSLESS = {"webp": {"lossless": True}}
PLAIN = {"part": "train", "grey": "luma", "size": "as-is", "fit": "pad"}
PLAIN |= {"invert": False, "level": "none", "scale": "auto", "label": "any"}
PLAIN |= {"range": "all", "count": "all", "choose": "first"}


def warnings_of(caplog):
    """Warnings alone: a test before may have let the root logger take more."""
    return [r.message for r in caplog.records if r.levelname == "WARNING"]


def one(path, **how):
    (found,) = images.Pictures([path], **how).read([0])
    return found


def load(source, files, **settings):
    return images.load(PLAIN | {"source": str(source)} | settings, files, stream=None)


def read(path, kind, labels=None, **how):
    """Read all images, and labels, of a file of arrays."""
    with images.open_images(path, kind, labels, **how) as (found, numbers):
        return np.array(list(found.read(np.arange(len(found))))), numbers


@pytest.mark.parametrize("ending", ["png", "tif", "TIFF", "bmp", "gif", "webp"])
def test_a_grey_picture_is_what_was_saved(ending, tmp_path):
    path = tmp_path / f"a.{ending}"
    Image.fromarray(GREY[0]).save(path, **LOSSLESS.get(ending, {}))
    assert np.array_equal(one(path), GREY[0])


def test_a_jpeg_is_near_what_was_saved(tmp_path):
    flat = np.full((16, 16), 77, np.uint8)
    Image.fromarray(flat).save(tmp_path / "a.jpg", quality=95)
    assert np.abs(one(tmp_path / "a.jpg").astype(int) - flat).max() <= 2


@pytest.mark.parametrize("ending", ["jpg", "jpeg", "jpe", "jfif", "JFIF"])
def test_a_jpeg_is_read_whatever_its_ending(ending, tmp_path):
    Image.fromarray(np.full((16, 16), 77, np.uint8)).save(
        tmp_path / f"a.{ending}", "jpeg"
    )
    files = sources.files_of({"source": str(tmp_path)})
    assert np.abs(load(tmp_path, files).images.astype(int) - 77).max() <= 2


@pytest.mark.parametrize("grey", ["red", "green", "blue"])
def test_a_channel_is_that_channel(grey, tmp_path):
    Image.fromarray(COLOUR).save(tmp_path / "a.png")
    found = one(tmp_path / "a.png", grey=grey)
    assert np.array_equal(found, COLOUR[..., ["red", "green", "blue"].index(grey)])


def test_luma_is_that_of_pillow(tmp_path):
    Image.fromarray(COLOUR).save(tmp_path / "a.png")
    pillow = np.asarray(Image.fromarray(COLOUR).convert("L")).astype(int)
    assert np.abs(one(tmp_path / "a.png").astype(int) - pillow).max() <= 1


@given(hnp.arrays(np.uint8, (2, 2)))
def test_equal_channels_are_grey_already(array):
    for grey in GREYS:
        assert np.array_equal(to_grey(np.stack([array] * 3, axis=-1), grey), array)


def test_sixteen_bits_become_eight(tmp_path):
    wide = GREY[0].astype(np.uint16) * 257
    Image.fromarray(wide).save(tmp_path / "a.png")
    assert np.array_equal(one(tmp_path / "a.png"), GREY[0])


def test_one_bit_is_black_and_white(tmp_path):
    Image.fromarray(GREY[0] > 127).save(tmp_path / "a.png")
    assert np.array_equal(one(tmp_path / "a.png"), (GREY[0] > 127) * np.uint8(255))


def test_a_palette_is_its_colours(tmp_path):
    picture = Image.fromarray(GREY[0])
    picture.convert("RGB").quantize(256).save(tmp_path / "a.png")
    assert np.array_equal(one(tmp_path / "a.png"), GREY[0])


def test_what_is_transparent_is_black(tmp_path):
    pixels = np.full((2, 2, 4), 255, np.uint8)
    pixels[0, 0, 3] = 0
    Image.fromarray(pixels).save(tmp_path / "a.png")
    assert one(tmp_path / "a.png").tolist() == [[0, 255], [255, 255]]


def test_a_photograph_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    Image.fromarray(GREY[0]).save(tmp_path / "a.png", exif=exif)
    assert np.array_equal(one(tmp_path / "a.png"), np.rot90(GREY[0], -1))


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"x" * 40]
)
def test_what_is_no_picture_is_named(content, tmp_path):
    path = tmp_path / "bad.png"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="cannot be read") as error:
        one(path)
    assert str(path) in str(error.value)


def test_a_picture_that_is_cut_off(tmp_path):
    path = tmp_path / "cut.png"
    Image.fromarray(np.tile(GREY[0], (40, 40))).save(path)
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(ValueError, match="it cannot be read"):
        one(path)


def test_a_format_that_is_not_read(tmp_path):
    Image.fromarray(GREY[0]).save(tmp_path / "a.ppm")
    (tmp_path / "a.ppm").rename(tmp_path / "a.png")
    with pytest.raises(ValueError, match="expected a file of PNG, JPEG, TIFF"):
        one(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("ending", "how"),
    [
        ("webp", {"lossless": True}),
        ("tif", {"compression": "group4"}),
        ("jpg", {"progressive": True}),
    ],
)
def test_a_large_picture_of_one_colour_is_read(ending, how, tmp_path):
    path = tmp_path / f"a.{ending}"
    Image.new("1" if ending == "tif" else "L", (7000, 5000)).save(path, **how)
    assert path.stat().st_size < 250_000
    assert not one(path).any()


def test_a_claim_that_only_a_larger_file_bears_out_is_refused(tmp_path):
    path = tmp_path / "a.webp"
    Image.new("L", (16000, 6000)).save(path, lossless=True)
    with pytest.raises(ValueError, match="if it is right, save it as PNG") as error:
        one(path)
    assert "it claims 6000 x 16000 pixels in " in str(error.value)
    Image.new("1", (16000, 6000)).save(tmp_path / "a.png")  # which leads out
    assert images.pictures.size_of(tmp_path / "a.png") == (6000, 16000)
    content = (tmp_path / "a.png").read_bytes()
    (tmp_path / "b.png").write_bytes(content[:200])
    with pytest.raises(ValueError, match="claims 6000 x 16000 pixels in 200 bytes"):
        one(tmp_path / "b.png")


def test_a_bomb_is_not_opened(tmp_path, monkeypatch):
    Image.fromarray(GREY[0]).save(tmp_path / "a.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 5)
    with pytest.raises(ValueError, match="more than 10 pixels: make it smaller"):
        one(tmp_path / "a.png")


def write_idx(path, array):
    header = bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    path.write_bytes(gzip.compress(header + array.astype(np.uint8).tobytes()))


LABELS = np.array([2, 0, 2])


@pytest.mark.parametrize("kind", ["npy", "npz", "hdf5", "idx"])
def test_arrays_are_what_was_saved(kind, tmp_path):
    path, beside = tmp_path / f"a.{kind}", None
    if kind in ("npy", "idx"):
        beside = tmp_path / "labels.npy"
        np.save(beside, LABELS)
    if kind == "npy":
        np.save(path, GREY)
    elif kind == "npz":
        np.savez(path, images=GREY, labels=LABELS, other=1)
    elif kind == "hdf5":
        with h5py.File(path, "w") as file:
            file["images"], file["labels"] = GREY, LABELS
    else:
        write_idx(path, GREY)
    found, labels = read(path, kind, beside)
    assert np.array_equal(found, GREY) and found.dtype == np.uint8
    assert np.array_equal(labels, LABELS)


def test_a_single_array_may_have_any_name_and_no_labels(tmp_path):
    np.savez(tmp_path / "a.npz", x=GREY)
    found, labels = read(tmp_path / "a.npz", "npz")
    assert np.array_equal(found, GREY) and labels is None


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.zeros((3, 4)), "shape"),
        (np.zeros((2, 3, 4, 2)), "shape"),
        (np.zeros((0, 3, 4)), "got none"),
        (np.full((1, 2, 2), np.nan), "grey values"),
        (np.full((1, 2, 2), -1), "grey values"),
        (np.full((1, 2, 2), 70000), "grey values"),
        (np.full((1, 2, 2), 256.0), "grey values"),
        (np.full((1, 2, 2), 1j), "expected numbers"),
    ],
)
def test_what_are_no_images_is_refused(array, message, tmp_path):
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(ValueError, match=message) as error:
        read(tmp_path / "a.npy", "npy")
    assert "a.npy" in str(error.value)


class Trap:
    """An object that makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_objects_beside_what_is_asked_for_do_no_harm(tmp_path):
    trap = np.array([Trap(tmp_path / "sprung")], object)
    np.savez(tmp_path / "a.npz", images=GREY, labels=LABELS, meta=trap, more=trap)
    found, labels = read(tmp_path / "a.npz", "npz")
    assert np.array_equal(found, GREY) and np.array_equal(labels, LABELS)
    np.savez(tmp_path / "b.npz", images=GREY, labels=trap)
    with pytest.raises(ValueError, match=r"'labels': it holds Python objects\)$"):
        read(tmp_path / "b.npz", "npz")
    np.save(tmp_path / "labels.npy", LABELS)
    found, labels = read(tmp_path / "b.npz", "npz", tmp_path / "labels.npy")
    assert np.array_equal(found, GREY) and np.array_equal(labels, LABELS)
    assert storage.extent(tmp_path / "b.npz", "npz", "images")[0] == GREY.shape
    assert not (tmp_path / "sprung").exists()


def test_what_is_no_array_in_an_npz_file_is_none_of_it(tmp_path):
    np.savez(tmp_path / "a.npz", x=GREY)
    with zipfile.ZipFile(tmp_path / "a.npz", "a") as archive:
        archive.writestr("notes.txt", "pictures of 1998")
    assert np.array_equal(read(tmp_path / "a.npz", "npz")[0], GREY)


def save_as(path, array):
    if path.suffix == ".npy":
        np.save(path, array)
    elif path.suffix == ".npz":
        np.savez(path, x=array)
    else:
        with h5py.File(path, "w") as file:
            file["images"] = array


@pytest.mark.parametrize("kind", ["npy", "npz", "hdf5"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_single_picture_is_no_set_of_narrow_ones(kind, channels, tmp_path, caplog):
    path = tmp_path / f"a.{kind}"
    picture = np.full((20, 17, channels), 60, np.uint8)
    save_as(path, picture)
    with pytest.raises(ValueError, match="looks like one picture") as error:
        read(path, kind)
    line = str(error.value)
    assert (
        f"save it as (1, 20, 17, {channels}), or as (20, 17, {channels}, 1) if" in line
    )
    save_as(path, picture[None])  # both ways out lead out
    assert read(path, kind)[0].shape == (1, 20, 17)
    save_as(path, picture[..., None])
    assert np.array_equal(read(path, kind)[0], picture)
    assert not warnings_of(caplog)


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ((40, 16, 3), "read as 40 images of 16 x 3; one picture with channels must be"),
        ((2, 2, 4), "read as 2 images of 2 x 4; one picture with channels must be"),
        ((3, 20, 30), "read as 3 grey images; one picture in colours must be (1, rows"),
        ((4, 17, 17), "read as 4 grey images; one picture in colours must be (1, rows"),
        ((3, 4, 5), ""),
        ((1, 20, 30), ""),
        ((5, 20, 30), ""),
    ],
)
def test_axes_that_may_be_others_are_told(shape, told, tmp_path, caplog):
    array = np.arange(np.prod(shape)).astype(np.uint8).reshape(shape)
    np.save(tmp_path / "a.npy", array)
    assert np.array_equal(read(tmp_path / "a.npy", "npy")[0], array)
    assert told in caplog.text and len(warnings_of(caplog)) == bool(told)


def test_the_axes_of_idx_files_are_known(tmp_path, caplog):
    array = np.arange(20 * 30 * 3).astype(np.uint8).reshape(20, 30, 3)
    write_idx(tmp_path / "a.idx", array)
    assert np.array_equal(read(tmp_path / "a.idx", "idx")[0], array)
    assert not warnings_of(caplog)


def test_objects_are_never_unpickled(tmp_path):
    np.save(tmp_path / "a.npy", np.array([{}, {}]), allow_pickle=True)
    with pytest.raises(
        ValueError, match=r"expected an \.npy file with arrays of numbers"
    ):
        read(tmp_path / "a.npy", "npy")


@pytest.mark.parametrize("kind", ["npy", "npz", "hdf5"])
@pytest.mark.parametrize("content", [b"", b"nonsense" * 30])
def test_a_broken_file_is_named(kind, content, tmp_path):
    (tmp_path / "bad").write_bytes(content)
    with pytest.raises(ValueError, match="bad: expected a") as error:
        read(tmp_path / "bad", kind)
    assert "\n" not in str(error.value)


def test_an_array_of_another_name(tmp_path):
    np.savez(tmp_path / "a.npz", x=GREY, y=GREY)
    with pytest.raises(ValueError, match="an array named 'images', got x, y"):
        read(tmp_path / "a.npz", "npz")


@pytest.mark.parametrize(
    "labels", [[1, 2], [[1, 2, 3]], [-1, 0, 1], [0.5, 1, 2], ["a", "b", "c"]]
)
def test_labels_that_do_not_fit(labels, tmp_path):
    np.savez(tmp_path / "a.npz", images=GREY, labels=np.array(labels))
    with pytest.raises(ValueError, match="expected"):
        read(tmp_path / "a.npz", "npz")


def test_images_of_different_sizes_are_named_with_their_sizes(tmp_path):
    paths = []
    for name, shape in (("a", (2, 3)), ("b", (2, 3)), ("c", (3, 2))):
        paths.append(str(tmp_path / f"{name}.png"))
        Image.fromarray(np.zeros(shape, np.uint8)).save(paths[-1])
    with pytest.raises(ValueError, match="of one size") as error:
        load(tmp_path, {"images": paths})
    line = str(error.value)
    assert f"{paths[0]} of 2 x 3 and {paths[2]} of 3 x 2" in line and "size: [" in line
    found = load(tmp_path, {"images": paths}, size=[4, 4])
    assert found.images.shape == (3, 4, 4)


def test_large_images_need_a_size(tmp_path):
    np.save(tmp_path / "a.npy", np.zeros((1, 65, 64), np.uint8))
    files = {"images": tmp_path / "a.npy"}
    with pytest.raises(ValueError, match=r"at most 4096 pixels.*65 x 64"):
        load(tmp_path / "a.npy", files)
    assert load(tmp_path / "a.npy", files, size=[8, 8]).images.shape == (1, 8, 8)


@pytest.mark.parametrize(
    ("folders", "labels", "names"),
    [
        (["cats", "dogs", "cats"], [0, 1, 0], ["cats", "dogs"]),
        (["7", "0", "12"], [7, 0, 12], []),
        (["1", "01", "none"], [1, 0, 2], ["01", "1", "none"]),
        (["", "", ""], [0, 0, 0], []),
    ],
)
def test_sub_folders_are_labels(folders, labels, names, tmp_path):
    paths = []
    for number, folder in enumerate(folders):
        (tmp_path / folder).mkdir(exist_ok=True)
        paths.append(str(tmp_path / folder / f"{number}.png"))
        Image.fromarray(GREY[number]).save(paths[-1])
    found = load(tmp_path, {"images": paths})
    assert np.array_equal(found.images, GREY)
    assert found.labels.tolist() == labels and found.label_names == names
    assert found.dataset == f"the images in {tmp_path}"


def test_choices_by_name_and_within_a_range():
    labels, names = np.array([0, 1, 0, 1, 0]), ["cats", "dogs"]
    how = {"count": "all", "choose": "first", "stream": None, "names": names}
    assert images.select(labels, label="dogs", **how).tolist() == [1, 3]
    assert images.select(labels, label="cats", within=[1, 4], **how).tolist() == [2]
    assert images.select(labels, label="1", **how | {"names": []}).tolist() == [1, 3]
    with pytest.raises(ValueError, match=r"got 0 of \d; ask for fewer"):
        images.select(labels, label="birds", **how)
    with pytest.raises(ValueError, match=r"got 0 of \d; ask for fewer"):
        images.select(labels, label=7, **how)


def test_a_sub_folder_that_is_called_any_is_told_and_chosen(tmp_path, caplog):
    for number, name in enumerate(("any", "some")):
        (tmp_path / name).mkdir()
        Image.fromarray(GREY[number]).save(tmp_path / name / "a.png")
    files = sources.files_of({"source": str(tmp_path)})
    assert len(load(tmp_path, files).images) == 2
    assert "label: any/ takes the one that is called any" in caplog.text
    caplog.clear()
    assert np.array_equal(load(tmp_path, files, label="any/").images, GREY[:1])
    assert not warnings_of(caplog)


@pytest.mark.parametrize("place", ["", "cats/"])
def test_pictures_beside_the_files_of_mnist_are_told(place, tmp_path, caplog):
    write_idx(tmp_path / "train-images.idx3-ubyte.gz", GREY)
    write_idx(tmp_path / "train-labels-idx1-ubyte.gz", LABELS)
    (tmp_path / "README.txt").touch()
    settings = {"source": str(tmp_path), "part": "train"}
    found = load(tmp_path, sources.files_of(settings))
    assert np.array_equal(found.images, GREY) and not warnings_of(caplog)
    (tmp_path / "cats").mkdir()
    (tmp_path / f"{place}a.PNG").touch()
    found = load(tmp_path, sources.files_of(settings))
    assert np.array_equal(found.images, GREY)
    assert warnings_of(caplog) == [
        f"{tmp_path}: train-images.idx3-ubyte.gz and train-labels-idx1-ubyte.gz are "
        f"read; pictures beside them are not: 1, such as {tmp_path}/{place}a.PNG; give "
        "those a folder of their own"
    ]


def test_images_without_anything_to_see_are_told(tmp_path, caplog):
    for value, told in ((7, True), (GREY, False)):
        caplog.clear()
        np.save(tmp_path / "a.npy", np.broadcast_to(value, GREY.shape).astype("u1"))
        load(tmp_path / "a.npy", {"images": tmp_path / "a.npy"})
        assert ("every pixel of all images is 7" in caplog.text) == told


def test_images_are_chosen_before_they_are_read(tmp_path):
    paths = [str(tmp_path / f"{number}.png") for number in range(3)]
    for path, grey in zip(paths, GREY, strict=True):
        Image.fromarray(grey).save(path)
    content = (tmp_path / "2.png").read_bytes()
    (tmp_path / "2.png").write_bytes(content[:-30])  # its header is whole
    found = load(tmp_path, {"images": paths}, count=2)
    assert np.array_equal(found.images, GREY[:2])
    with pytest.raises(ValueError, match=r"2\.png: expected a file of"):
        load(tmp_path, {"images": paths})
