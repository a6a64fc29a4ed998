"""Disks and files that fail: nothing wrong is read, nothing good is lost."""

import errno
import multiprocessing
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from pixelwalk import storage
from pixelwalk.compute import bits
from pixelwalk.jobs import faults
from pixelwalk.storage.kinds.graph import Graph
from pixelwalk.storage.kinds.images import Images
from pixelwalk.storage.kinds.ising import Samples
from studies.digit.kinds import Fractions

# Noise is not worth packing and is stored as it is; a ramp is packed.
NOISE = np.random.default_rng(5).integers(0, 256, (14, 12, 12), np.uint8)
WORDS = NOISE.ravel()[: 3 * 4 * 12 * 8].view(np.uint64).reshape(3, 4, 12)
EXAMPLES = {
    Images: {
        "images": NOISE,
        "labels": np.arange(14, dtype=np.uint8),
        "positions": np.arange(14),
        "label_names": [],
    },
    Samples: {
        "training": bits.Packed(WORDS, 768),
        "test": bits.Packed(np.empty((3, 4, 0), np.uint64), 0),
    },
    Graph: {
        "adjacency": sparse.random_array((20, 20), density=0.3, format="csr", rng=1),
        "mean": np.arange(20.0).reshape(4, 5),
        "active_fraction": 0.2345,
    },
    Fractions: {
        "kinds": ["coactivation", "β-weight"],
        "first": np.array([[30.0, np.nan], [4.0, 5.0]]),
        "choices": np.ones((50, 2, 2)),
        "nulls": np.zeros((50, 2, 2)),
        "cuts": ("at-0.10", "at-0.35"),
    },
}


def write(path, kind):
    source = {"kind": "samples", "settings": {"beta": 0.4}, "source": None}
    storage.write(
        path, kind(**EXAMPLES[kind]), settings={"a": 1}, source=source, seed=3
    )
    return path


def contents(found):
    """All that was read, in a form that can be compared."""
    parts = vars(found) | {"path": None}
    for name, part in parts.items():
        if sparse.issparse(part):
            part = part.shape, part.data, part.indices, part.indptr
        elif isinstance(part, bits.Packed):
            part = part.count, part.words
        parts[name] = part
    return repr_of(parts)


def repr_of(value):
    if isinstance(value, dict):
        return {key: repr_of(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(map(repr_of, value))
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    return repr(value)


def read_changed(path, kind, changes):
    """Changes after which something else is read, or another error is raised."""
    whole = path.read_bytes()
    expected, wrong = contents(storage.read(path, kind)), []
    for place, flip in changes:
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]
        )
        try:
            if contents(storage.read(path, kind)) != expected:
                wrong.append((place, flip, "something else"))
        except faults.Broken as error:
            if error.path != path or "\n" in str(error):
                wrong.append((place, flip, str(error)))
        except BaseException as error:
            wrong.append((place, flip, repr(error)))
    return wrong


def in_a_process(act, *arguments):
    """Run in a process of its own: the HDF5 library may hang, which no signal ends."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply_async(act, arguments).get(timeout=240)


@pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_flipped_byte_anywhere_is_noticed_or_changes_nothing(kind, step, tmp_path):
    path = write(tmp_path / f"{kind}.h5", kind)
    flips = np.random.default_rng(1).integers(1, 256, path.stat().st_size).tolist()
    # No layout repeats itself every eleven bytes, so that all fields have their turn.
    changes = list(enumerate(flips))[::step]
    assert in_a_process(read_changed, path, kind, changes) == []


@given(
    place=st.floats(0, 1, exclude_max=True),
    flips=st.lists(st.integers(0, 255), min_size=1, max_size=4).filter(any),
)
def test_changed_noise_is_noticed(place, flips, tmp_path_factory):
    # The place of the noise in the file is known only to HDF5, so it is looked for.
    path = write(tmp_path_factory.mktemp("noise") / "images.h5", Images)
    whole = bytearray(path.read_bytes())
    begin = whole.index(NOISE[0, 0].tobytes())
    end = begin + NOISE.nbytes
    assert whole[begin:end] == NOISE.tobytes()
    for offset, flip in enumerate(flips):
        whole[min(begin + int(place * NOISE.nbytes) + offset, end - 1)] ^= flip
    path.write_bytes(whole)
    if bytes(whole[begin:end]) != NOISE.tobytes():
        with pytest.raises(faults.Broken, match="broken"):
            storage.read(path, Images)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_file_cut_off_anywhere_is_noticed(kind, tmp_path):
    path = write(tmp_path / f"{kind}.h5", kind)
    whole = path.read_bytes()
    for length in [*range(0, len(whole), 97), len(whole) - 1]:
        path.write_bytes(whole[:length])
        with pytest.raises(faults.Broken, match="broken") as caught:
            storage.read(path, kind)
        assert caught.value.path == path


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ESTALE])
def test_a_disk_that_fails_is_not_taken_for_a_broken_file(
    number, tmp_path, monkeypatch
):
    path = write(tmp_path / "graph.h5", Graph)

    def fail(*_):
        raise OSError(f"Can't read data (file read failed: errno = {number}, ...)")

    monkeypatch.setattr(h5py, "File", fail)
    with pytest.raises(OSError, match=str(path)) as caught:
        storage.read(path, Graph)
    assert not isinstance(caught.value, faults.Broken)


def test_a_folder_in_the_place_of_a_file_is_not_renamed(tmp_path):
    with pytest.raises(OSError, match=str(tmp_path)) as caught:
        storage.read(tmp_path, Graph)
    assert not isinstance(caught.value, faults.Broken)


class Full:
    """Stands in for a disk that fails after some bytes."""

    def __init__(self, raw, room, fault):
        self.raw, self.room, self.fault = raw, room, fault
        self.seek, self.tell, self.readinto = raw.seek, raw.tell, raw.readinto
        self.flush, self.truncate = raw.flush, raw.truncate

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.raw.close()

    def write(self, data):
        if not self.room:
            raise self.fault
        written = self.raw.write(bytes(data)[: self.room])  # as the kernel does
        self.room -= written
        return written


def write_on_full_disks(path, kind, rooms, fault, told):
    """Rooms on the disk with which writing ends in another way than it must."""
    wrong, opened = [], Path.open
    for room in rooms:

        def open_full(self, *arguments, room=room, **options):
            file = opened(self, *arguments, **options)
            unfinished = self.name.startswith(f".{path.stem}-")
            return Full(file, room, fault) if unfinished else file

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "open", open_full)
            try:
                write(path, kind)
                wrong.append((room, "no error"))
            except BaseException as error:
                if not (isinstance(error, type(fault)) and told in str(error)):
                    wrong.append((room, repr(error)))
        wrong += [(room, left.name) for left in path.parent.iterdir()]
    return wrong


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (OSError(errno.ENOSPC, "No space"), "images.h5: the disk is full; make room"),
        (OSError(errno.EDQUOT, "Quota"), "images.h5: the quota of the disk is used up"),
        (KeyboardInterrupt(), ""),
    ],
    ids=["full", "quota", "interrupt"],
)
def test_a_disk_that_is_full_at_any_moment(fault, told, tmp_path):
    size = write(tmp_path / "other.h5", Images).stat().st_size
    rooms, path = [*range(0, size, 211), size - 1], tmp_path / "new" / "images.h5"
    # In a process of its own: HDF5 would crash it if it learnt of the fault.
    arguments = path, Images, rooms, fault, told
    assert in_a_process(write_on_full_disks, *arguments) == []
