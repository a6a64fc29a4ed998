"""What the source of an image set is, and which files it is read from."""

import gzip
import os
import socket

import numpy as np
import pytest
from PIL import Image

from pixelwalk import sources
from pixelwalk.sources import folders

DEFAULTS = {"part": "train", "label": "any"}


def checked(**entry):
    """Check a single set; give the message of the error."""
    with pytest.raises(ValueError) as error:
        sources.check({"mine": DEFAULTS | entry}, {})
    return str(error.value)


@pytest.fixture
def folder(tmp_path):
    """A folder with two sub-folders of pictures, and what is no picture."""
    for name in ("cats/b.PNG", "cats/a.jpeg", "dogs/a.tif", "dogs/notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden/c.png").touch()
    (tmp_path / "cats/.thumb.png").touch()
    (tmp_path / "cats/deeper").mkdir()
    (tmp_path / "cats/deeper/d.png").touch()
    return f"{tmp_path}"


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("mnist", "archive"),
        ("kmnist", "archive"),
        ("fashion-mnist", "archive"),
        ("digits", "digits"),
        ("./x.npy", "npy"),
        ("./x.NPZ", "npz"),
        ("a/x.h5", "hdf5"),
        ("a/x.hdf5", "hdf5"),
        ("./my-images-idx3-ubyte", "idx"),
        ("./my-images-idx3-ubyte.gz", "idx"),
        ("./x.idx", "idx"),
        ("./photos", "pictures"),
    ],
)
def test_the_name_says_what_it_is(source, kind):
    assert sources.kind_of(source) == kind


def test_a_folder_with_the_four_files_is_an_archive(tmp_path):
    (tmp_path / "t10k-images-idx3-ubyte").touch()
    assert sources.kind_of(str(tmp_path)) == "archive"


def test_an_archive_lacks_a_file(tmp_path):
    (tmp_path / "t10k-images-idx3-ubyte").touch()
    line = checked(source=f"{tmp_path}/", part="test")
    assert line.endswith("where t10k-labels-idx1-ubyte.gz is not")
    (tmp_path / "t10k-labels-idx1-ubyte").touch()
    sources.check({"mine": DEFAULTS | {"source": f"{tmp_path}/", "part": "test"}}, {})


def test_pictures_come_in_order_and_nothing_else_comes(folder):
    found = sources.files_of({"source": folder})["images"]
    names = [path.removeprefix(folder) for path in found]
    assert names == ["/cats/a.jpeg", "/cats/b.PNG", "/dogs/a.tif"]
    assert [folders.label_of(path, folder) for path in found] == [
        *("cats", "cats", "dogs")
    ]
    sources.check({"mine": DEFAULTS | {"source": folder}}, {})
    sources.check({"mine": DEFAULTS | {"source": folder, "label": "dogs"}}, {})


def test_a_published_set_is_read_from_the_results():
    files = sources.files_of({"source": "kmnist", "part": "test"})
    assert files == {
        "images": "results/kmnist/t10k-images-idx3-ubyte.gz",
        "labels": "results/kmnist/t10k-labels-idx1-ubyte.gz",
    }


def test_an_empty_folder(tmp_path):
    line = checked(source=str(tmp_path))
    assert line.startswith("images.mine.source: expected a folder with PNG, JPEG, ")
    assert line.endswith("a folder without any of them")


def test_a_picture_is_no_folder(tmp_path):
    (tmp_path / "a.png").touch()
    line = checked(source=f"{tmp_path}/a.png")
    assert "expected a folder, in which pictures lie" in line


def test_a_folder_that_is_not_there():
    assert "No such file or directory" in checked(source="./nowhere")


def test_pictures_beside_sub_folders(folder, tmp_path):
    (tmp_path / "z.png").touch()
    line = checked(source=folder)
    assert "z.png and " in line and "cats/a.jpeg" in line


def test_a_name_that_snakemake_takes_for_a_wildcard(folder, tmp_path):
    (tmp_path / "dogs/{b}.png").touch()
    assert "without {}, <> and" in checked(source=folder)


def test_a_name_that_no_disk_takes():
    assert "File name too long" in checked(source="./" + "x" * 300)


def test_a_file_that_is_not_there():
    assert "./x.npy', which is not there" in checked(source="./x.npy")


def test_labels_of_what_has_labels_of_its_own(folder):
    assert "goes with a source that is" in checked(source=folder, labels="./l.npy")


@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x.npz", "x.h5", "x.csv.gz", "x"])
def test_labels_of_a_format_that_is_not_read(name, tmp_path):
    pack = gzip.compress if name.endswith(".gz") else bytes
    for content in (b"1\n2\n3\n", b"", b"\0\0\x08\x03" + bytes(12)):
        (tmp_path / name).write_bytes(pack(content))
        for source in ("a.npy", "a.npz", "a.h5", "a-idx3-ubyte"):
            (tmp_path / source).touch()
            assert checked(
                source=f"{tmp_path}/{source}", labels=f"{tmp_path}/{name}"
            ) == (
                "images.mine.labels: expected a .npy file or an IDX file, got "
                f"'{tmp_path}/{name}', which is neither: save whole numbers with "
                "numpy.save, or as MNIST's train-labels-idx1-ubyte, .gz or not"
            )


@pytest.mark.parametrize("name", ["x", "x.gz", "x.bin", "y.npy", "y.idx1-ubyte"])
def test_labels_are_known_by_their_name_or_their_beginning(name, tmp_path):
    content = b"\0\0\x08\x01" + bytes([0, 0, 0, 2, 1, 2])
    if name == "x.gz":
        content = gzip.compress(content)
    elif name.startswith("y"):
        content = b"left to what reads it"
    (tmp_path / name).write_bytes(content)
    (tmp_path / "a.npy").touch()
    entry = {"source": f"{tmp_path}/a.npy", "labels": f"{tmp_path}/{name}"}
    sources.check({"mine": DEFAULTS | entry}, {})


def test_every_ending_of_a_format_is_read():
    Image.init()
    for ending, known in Image.registered_extensions().items():
        if known in folders.FORMATS:
            assert ending in folders.FORMATS[known]


@pytest.mark.parametrize("mark", ["-", "."])
@pytest.mark.parametrize("packed", ["", ".gz"])
def test_mnist_is_known_by_its_official_names_and_those_of_kaggle(
    mark, packed, tmp_path
):
    # Kaggle's archive has folders with the official names beside the files.
    (tmp_path / "t10k-images-idx3-ubyte").mkdir(exist_ok=True)
    names = {
        "images": f"t10k-images{mark}idx3-ubyte.gz",
        "labels": f"t10k-labels{mark}idx1-ubyte{packed}",
    }
    for name in names.values():
        (tmp_path / name).touch()
    entry = DEFAULTS | {"source": str(tmp_path), "part": "test"}
    assert sources.kind_of(str(tmp_path)) == "archive"
    sources.check({"mine": entry}, {})
    assert sources.files_of(entry) == {
        role: f"{tmp_path}/{name}" for role, name in names.items()
    }


def test_a_sub_folder_with_the_name_any_can_be_chosen(tmp_path):
    for name in ("any", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.png").touch()
    for label in ("any", "any/", "other", "other/"):
        entry = DEFAULTS | {"source": str(tmp_path), "label": label}
        sources.check({"mine": entry}, {})
    labels, names = np.array([0, 1]), ["any", "other"]
    for label, chosen in (
        ("any", [True, True]),
        ("any/", [True, False]),
        ("other/", [False, True]),
    ):
        assert folders.has_label(labels, label, names).tolist() == chosen
    assert folders.has_label(np.array([5, 6]), "5/").tolist() == [True, False]
    (tmp_path / "any/a.png").unlink()
    (tmp_path / "any").rmdir()
    assert "a sub-folder of" in checked(source=str(tmp_path), label="any/")


def test_a_sub_folder_that_is_not_there(folder):
    assert "a sub-folder of" in checked(source=folder, label="birds")
    assert "only sub-folders" in checked(source="mnist", label="five")


def test_a_digit_above_nine():
    assert "0 to 9, or any, got 10" in checked(source="mnist", label=10)


def refused(**entry):
    """Check a single ensemble; give the message of the error."""
    with pytest.raises(ValueError) as error:
        sources.check({}, {"mine": {"lattice": "rectangular"} | entry})
    return str(error.value)


def test_files_of_ensembles_are_looked_for(tmp_path):
    for name in ("spins.npy", "a.edges", "spins.png"):
        (tmp_path / name).touch()
    spins, edges = f"{tmp_path}/spins.npy", f"{tmp_path}/a.edges"
    sources.check({}, {"mine": {"source": spins, "lattice": edges}})
    sources.check({}, {"mine": {"lattice": "triangular"}})
    assert refused(source="./none.npz") == (
        "ising.mine.source: expected a file, got './none.npz', which is not there"
    )
    assert refused(lattice=f"{tmp_path}/") == (
        f"ising.mine.lattice: expected a file, got '{tmp_path}/', which is a folder"
    )
    line = refused(source=f"{tmp_path}/spins.png")
    assert line.startswith("ising.mine.source: expected a .npy, .npz or .h5 file, got")
    assert "File name too long" in refused(lattice="./" + 300 * "x")


def test_pictures_are_ordered_as_people_count(tmp_path):
    for name in ("10.png", "2.png", "1.png", "b1.png", "a10.png", "a9.png"):
        (tmp_path / name).touch()
    found = sources.files_of({"source": str(tmp_path)})["images"]
    names = ["1.png", "2.png", "10.png", "a9.png", "a10.png", "b1.png"]
    assert [path.rpartition("/")[2] for path in found] == names


def test_what_is_not_read_is_counted_and_named(folder, tmp_path):
    assert folders.left_out(folder) == [
        f"files of other formats are not read: 1, such as {tmp_path}/dogs/notes.txt",
        f"folders in sub-folders are not read: 1, such as {tmp_path}/cats/deeper",
    ]


def test_a_link_to_nothing_is_an_error_and_one_to_a_picture_is_none(tmp_path):
    (tmp_path / "0.png").touch()
    (tmp_path / "1.png").symlink_to("0.png")
    assert len(folders.pictures_in(str(tmp_path))) == 2
    for number in range(2, 12):
        (tmp_path / f"{number}.png").symlink_to(f"nowhere/{number}.png")
    line = checked(source=str(tmp_path))
    assert f"got {tmp_path}/2.png, which is a link to nothing, as 10 of 12 are" in line


@pytest.mark.parametrize(
    ("label", "found"),
    [(1, "1"), ("1", "1"), ("01", "01"), (3, "3"), ("none", "none"), (2, None)],
)
def test_a_label_is_the_name_of_a_folder(label, found, tmp_path):
    for name in ("1", "01", "3", "none"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.png").touch()
    entry = DEFAULTS | {"source": str(tmp_path), "label": label}
    if found is None:
        assert "(01, 1, 3, none), or any, got 2; names such as 010 need" in checked(
            **entry
        )
    else:
        sources.check({"mine": entry}, {})
        assert folders.find_label(label, ["1", "01", "3", "none"]) == found


def test_a_label_is_found_however_its_accents_are_encoded():
    assert folders.find_label("caf\u00e9", ["cafe\u0301", "tea"]) == "cafe\u0301"
    both = ["cafe\u0301", "caf\u00e9"]
    assert all(folders.find_label(name, both) == name for name in both)


@pytest.mark.parametrize(
    "name", ["<a>.png", "a\n.png", b"caf\xe9.png", "a\ufffe.png", "a\x7f.png"]
)
def test_names_that_snakemake_would_not_keep(name, tmp_path):
    path = os.fsencode(tmp_path) + b"/" + os.fsencode(name)
    with open(path, "wb"):  # noqa: PTH123 - pathlib takes no bytes
        pass
    line = checked(source=str(tmp_path))
    assert "in UTF-8, without {}, <> and control characters" in line
    assert "\n" not in line
    line.encode()


@pytest.mark.parametrize("name", ["x", "x.npy", "x.npz", "x.h5", "x-idx3-ubyte.gz"])
def test_a_fifo_is_no_file(name, tmp_path):
    path = f"{tmp_path}/{name}"
    os.mkfifo(path)
    told = f"'{path}', which is a FIFO; write what comes from it to a file"
    for label in ("any", 1):
        assert checked(source=path, label=label) == (
            f"images.mine.source: expected a folder or a file, got {told}"
        )
    np.save(tmp_path / "a.npy", np.zeros(3, np.uint8))
    assert told in checked(source=f"{tmp_path}/a.npy", labels=path)
    assert told in refused(lattice=path)


def test_what_is_no_file_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.npy")
    assert "got './s.npy', which is a socket" in checked(source="./s.npy")
    (tmp_path / "device.npy").symlink_to("/dev/null")
    assert "got './device.npy', which is a device" in checked(source="./device.npy")
    (tmp_path / "gone.npy").symlink_to("nowhere")
    assert "got './gone.npy', which is a link to" in checked(source="./gone.npy")
    (tmp_path / "f.npy").mkdir()
    assert "got './f.npy', which is a folder" in checked(source="./f.npy")
    assert "got 'g.npy', which is not there" in checked(source="g.npy")  # a notebook's


def test_a_fifo_among_pictures_is_named(tmp_path):
    (tmp_path / "0.png").touch()
    os.mkfifo(tmp_path / "1.png")
    assert "1.png, which is a FIFO, as 1 of 2 are" in checked(source=str(tmp_path))
    os.mkfifo(tmp_path / "train-images-idx3-ubyte.gz")
    (tmp_path / "train-labels-idx1-ubyte").touch()
    line = checked(source=str(tmp_path))
    assert line.endswith("where train-images-idx3-ubyte.gz is a FIFO")


def test_accents_that_are_encoded_otherwise_are_told(tmp_path):
    (tmp_path / "bu\u0308cher.txt").touch()
    assert refused(lattice=f"{tmp_path}/b\xfccher.txt").endswith(
        r"which is there as 'bu\u0308cher.txt': write its name like that"
    )
    (tmp_path / "cafe\u0301/in").mkdir(parents=True)
    for inside in ("", "/in", "/in/a.npy"):
        line = checked(source=f"{tmp_path}/caf\xe9{inside}")
        assert line.endswith(r"is there as 'cafe\u0301': write its name like that")
