"""Folders that cannot be written are told before anything is begun."""

import errno
import os
import shutil
from types import SimpleNamespace

import pytest

from pixelwalk.config.text import one_line
from pixelwalk.jobs import faults


def test_a_folder_that_can_be_written(tmp_path):
    faults.check_writable(tmp_path)
    faults.check_writable(tmp_path / "not" / "there" / "yet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", ["", "not/there/yet"])
@pytest.mark.parametrize(
    ("name", "stand_in", "expected"),
    [
        ("statvfs", SimpleNamespace(f_flag=os.ST_RDONLY), "the disk is read-only"),
        ("access", False, "the permission is missing"),
        (
            "disk_usage",
            SimpleNamespace(total=10**9, free=4096),
            "the disk is full; make room",
        ),
    ],
)
def test_one_that_cannot(tmp_path, monkeypatch, folder, name, stand_in, expected):
    module = shutil if name == "disk_usage" else os
    monkeypatch.setattr(module, name, lambda *_: stand_in)
    with pytest.raises(OSError, match=expected) as caught:
        faults.check_writable(tmp_path / folder)
    assert str(caught.value).startswith(f"{tmp_path / folder}: ")


def test_a_link_to_a_disk_that_is_not_mounted(tmp_path):
    (tmp_path / "results").symlink_to(tmp_path / "mnt/results")
    with pytest.raises(OSError, match="the disk is not mounted") as caught:
        faults.check_writable(tmp_path / "results")
    assert str(caught.value).startswith(f"{tmp_path}/mnt/results: ")
    (tmp_path / "mnt/results").mkdir(parents=True)
    faults.check_writable(tmp_path / "results")


def test_a_file_in_the_place_of_a_folder(tmp_path):
    os.mkfifo(tmp_path / "results")
    with pytest.raises(OSError, match="expected a folder, got a file; move it away"):
        faults.check_writable(tmp_path / "results")


def test_a_file_that_is_too_large_for_the_disk(tmp_path):
    with pytest.raises(faults.Disk) as caught, faults.translated(tmp_path):
        raise OSError(errno.EFBIG, "File too large")
    assert str(caught.value) == (
        f"{tmp_path}: the file is larger than the disk, or the limit of this account "
        "(ulimit -f), allows; make room for it and run again"
    )


def test_a_disk_that_does_not_say_how_large_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _: SimpleNamespace(total=0, free=0)
    )
    faults.check_writable(tmp_path)


def test_an_error_that_is_no_fault_of_the_disk_stays_what_it_is(tmp_path):
    with pytest.raises(FileNotFoundError), faults.translated(tmp_path):
        (tmp_path / "nothing").read_bytes()


def test_a_file_that_cannot_be_set_aside(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(type(tmp_path), "rename", refuse)
    told = faults.set_aside(tmp_path / "weights.h5")
    assert told.startswith("delete it and run again (it cannot be set aside: Read-only")


def test_an_error_of_many_lines_or_hostile_letters_is_one_line():
    assert one_line(" a\n  b\x1b[31m\0 é") == r"a b\x1b[31m\x00 é"
    line = one_line("a" * 5000 + "z")
    assert len(line) < 1010 and line.endswith("az") and " ... " in line
