"""Files of arrays: read in parts, never beyond themselves, and never believed."""

import os
import resource
import struct
import zipfile

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixelwalk import storage

ARRAY = np.random.default_rng(5).integers(0, 256, (50, 6, 7), np.uint8)
KINDS = ["npy", "npz", "packed", "chunked", "contiguous", "columns", "matlab"]
KINDS += ["columns-npz", "columns-packed", "columns-chunked"]


def save(folder, kind, array=ARRAY):
    """Write an array in one of the ways in which there are some; give path and kind."""
    path = folder / kind
    if kind == "npy":
        with path.open("wb") as file:
            np.save(file, array)
    elif kind == "columns":
        with path.open("wb") as file:
            np.save(file, np.asfortranarray(array))
    elif kind.endswith(("npz", "packed")):
        with path.open("wb") as file:
            save = np.savez_compressed if kind.endswith("packed") else np.savez
            save(file, x=np.asfortranarray(array) if "columns" in kind else array)
    else:
        how = {
            "chunked": {"chunks": (8, 6, 4)},
            "columns-chunked": {"chunks": (50, 1, 2)},
        }
        how = {"compression": "gzip"} | how[kind] if kind in how else {}
        with h5py.File(path, "w") as file:
            turned = array.T if kind == "matlab" else array
            made = file.create_dataset("x", data=turned, **how)
            if kind == "matlab":
                made.attrs["MATLAB_class"] = np.bytes_("uint8")
    known = {"npy": "npy", "columns": "npy", "npz": "npz", "packed": "npz"}
    return path, known.get(kind, known.get(kind.removeprefix("columns-"), "hdf5"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", [1, 300, 1 << 24])
@given(chosen=st.sets(st.integers(0, 49)))
def test_rows_are_those_that_were_asked_for(kind, block, chosen, tmp_path_factory):
    path, how = save(tmp_path_factory.getbasetemp(), kind)
    positions = np.array(sorted(chosen), int)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage.rows, "BLOCK", block)
        patch.setattr(storage.arrays, "BLOCK", block)
        with storage.open_arrays(path, how, ["x"]) as found:
            rows = list(found["x"].take(positions))
    assert np.array_equal(np.array(rows).reshape(-1, 6, 7), ARRAY[positions])


@pytest.mark.parametrize("kind", KINDS)
def test_all_rows_are_the_array(kind, tmp_path):
    path, how = save(tmp_path, kind)
    with storage.open_arrays(path, how, ["x"]) as found:
        assert np.array_equal(found["x"].whole(), ARRAY)
        assert (found["x"].shape, found["x"].dtype) == (ARRAY.shape, ARRAY.dtype)


def refused(path, kind, message):
    with (
        pytest.raises(ValueError, match=message) as error,
        storage.open_arrays(path, kind, ["x"]) as found,
    ):
        found["x"].whole()
    line = str(error.value)
    assert line.startswith(str(path)) and "\n" not in line


def test_what_lies_in_other_files_is_refused(tmp_path):
    with h5py.File(tmp_path / "part.h5", "w") as file:
        file["x"] = ARRAY
    (tmp_path / "secret.txt").write_text("not an image " * 200)
    layout = h5py.VirtualLayout(ARRAY.shape, "u1")
    layout[:] = h5py.VirtualSource("part.h5", "x", shape=ARRAY.shape)
    with h5py.File(tmp_path / "virtual.h5", "w") as file:
        file.create_virtual_dataset("x", layout)
    with h5py.File(tmp_path / "external.h5", "w") as file:
        place = [(str(tmp_path / "secret.txt"), 0, 400)]
        file.create_dataset("x", (4, 10, 10), np.uint8, external=place)
    with h5py.File(tmp_path / "link.h5", "w") as file:
        file["x"] = h5py.ExternalLink("part.h5", "/x")
    with h5py.File(tmp_path / "detour.h5", "w") as file:
        file["y"] = h5py.ExternalLink("part.h5", "/")
        file["x"] = h5py.SoftLink("/y/x")
    for name in ("virtual", "external", "link", "detour"):
        refused(tmp_path / f"{name}.h5", "hdf5", "lies in another file")


def test_a_soft_link_within_the_file_is_followed(tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["y"] = ARRAY
        file["x"] = h5py.SoftLink("/y")
    with storage.open_arrays(tmp_path / "a.h5", "hdf5", ["x"]) as found:
        assert np.array_equal(found["x"].whole(), ARRAY)


@pytest.mark.parametrize("how", [{}, {"chunks": (1, 64, 64)}])
def test_what_was_never_written_is_refused_at_once(how, tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        made = file.create_dataset("x", (2**20, 64, 64), np.uint8, **how)
        if how:
            made[3] = 1
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused(tmp_path / "a.h5", "hdf5", "not all of it was ever written")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


@pytest.mark.parametrize(
    "made",
    ["not an array", 3.0, np.array([b"a", b"b"]), np.zeros(3, [("a", "i4")])],
)
def test_what_is_no_array_of_numbers(made, tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["x"] = made
    refused(tmp_path / "a.h5", "hdf5", "'x' (holds|is a single value)")
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.create_group("x")
    refused(tmp_path / "a.h5", "hdf5", "'x' is no array")


def npy(head, data=b""):
    head = head.encode()
    head += b" " * (-(len(head) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + data


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (3, 4, 4)", "cannot be"),
        (
            "{'descr': '|u1', 'fortran_order': False, 'shape': (%s,)}" % ("9" * 41),
            "it is cut off|cannot be",
        ),
        ("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}", "Python objects"),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (-3,)}", "its shape is"),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (99,)}", "it is cut off"),
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", "more than one"),
        ("[" * 9000, "cannot be read"),
    ],
)
def test_headers_that_cannot_be(head, message, tmp_path):
    (tmp_path / "a").write_bytes(npy(head, bytes(48)))
    refused(tmp_path / "a", "npy", message)
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("x.npy", npy(head, bytes(48)))
    refused(tmp_path / "z", "npz", message)


def test_a_zip_file_whose_checksum_is_wrong(tmp_path):
    path, kind = save(tmp_path, "npz")
    content = bytearray(path.read_bytes())
    content[-400] ^= 1
    path.write_bytes(content)
    refused(path, kind, "CRC")


def test_a_disk_that_fails_is_not_the_file(tmp_path):
    with (
        pytest.raises(FileNotFoundError),
        storage.open_arrays(tmp_path / "none", "npy", ["x"]),
    ):
        pass
    with pytest.raises(IsADirectoryError), storage.open_arrays(tmp_path, "hdf5", ["x"]):
        pass


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150)
@given(
    changes=st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=4),
    cut=st.integers(0, 4000),
)
def test_a_mutated_file_is_read_or_refused_in_one_line(
    kind, changes, cut, tmp_path_factory
):
    folder = tmp_path_factory.getbasetemp()
    path, how = save(folder, kind)
    content = bytearray(path.read_bytes()[: cut + 200])
    for place, value in changes:
        content[place % len(content)] = value
    mutated = folder / f"mutated-{os.getpid()}"
    mutated.write_bytes(content)
    try:
        with storage.open_arrays(mutated, how, ["x"]) as found:
            found["x"].whole()
    except ValueError as error:
        assert str(error).startswith(str(mutated)) and "\n" not in str(error)
