"""What the source of an image set is, and which files it is read from."""

import os

import pytest

from pixelwalk import sources

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
    assert [sources.label_of(path, folder) for path in found] == [
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


def test_a_folder_that_is_not_there():
    assert "No such file or directory" in checked(source="./nowhere")


def test_pictures_beside_sub_folders(folder, tmp_path):
    (tmp_path / "z.png").touch()
    line = checked(source=folder)
    assert "z.png and " in line and "cats/a.jpeg" in line


def test_a_name_that_snakemake_takes_for_a_wildcard(folder, tmp_path):
    (tmp_path / "dogs/{b}.png").touch()
    assert "without braces" in checked(source=folder)


def test_a_name_that_no_disk_takes():
    assert "File name too long" in checked(source="./" + "x" * 300)


def test_a_file_that_is_not_there():
    assert "./x.npy', which is not there" in checked(source="./x.npy")


def test_labels_of_what_has_labels_of_its_own(folder):
    assert "goes with a source that is" in checked(source=folder, labels="./l.npy")


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


def test_a_fifo_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "edges.txt")
    assert "edges.txt', which is no regular file" in refused(
        lattice=f"{tmp_path}/edges.txt"
    )
    os.mkfifo(tmp_path / "set.npy")
    assert "expected a file" in checked(source=f"{tmp_path}/set.npy")


def test_accents_that_are_encoded_otherwise_are_told(tmp_path):
    (tmp_path / "bu\u0308cher.txt").touch()
    assert refused(lattice=f"{tmp_path}/b\xfccher.txt").endswith(
        r"which is there as 'bu\u0308cher.txt': write its name like that"
    )
