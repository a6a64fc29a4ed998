"""Files of killed writers, files that are set aside, and several writers at once."""

import errno
import fcntl
import os
import signal
import subprocess
import sys

import pytest

from pixelwalk import storage
from pixelwalk.jobs import faults
from pixelwalk.storage.kinds.graph import Graph


def test_a_bad_file_is_set_aside_under_a_free_name(tmp_path):
    path = tmp_path / "graph.h5"
    for number, content in enumerate(["first", "second", "third"], start=1):
        path.write_text(content)
        name = "graph.h5.broken" + (f"-{number}" if number > 1 else "")
        assert faults.set_aside(path) == (
            f"it is set aside as {name}; run again to make it anew"
        )
        assert not path.exists() and (tmp_path / name).read_text() == content
    assert len(list(tmp_path.iterdir())) == 3
    assert "run again" in faults.set_aside(path)  # another job was faster
    # A further attempt at the same job finds no file.
    with pytest.raises(
        OSError, match="it was found broken and is set aside as"
    ) as told:
        storage.read(path, Graph)
    assert "aside as graph.h5.broken-3; run again to make it" in str(told.value)


KILLED = """
import os, sys, time
from pixelwalk import storage
with storage.whole(sys.argv[1]) as unfinished:
    unfinished.write_text("half of the n")
    print("begun", flush=True)
    time.sleep(600)
"""


def begin(path):
    """Begin to write a file, in a process that waits to be killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, path],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout.readline() == "begun\n"
    return process


def test_what_a_killed_writer_left_goes_with_the_next(tmp_path):
    path = tmp_path / "claims.json"
    others = [tmp_path / ".claims-notmine.json", tmp_path / ".figure-abcdefgh.json"]
    for other in others:
        other.write_text("of somebody else")
    first, second = begin(path), begin(path)
    try:
        assert len(list(tmp_path.iterdir())) == 4
        first.send_signal(signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
        storage.write_text(path, "new")
        # The one that lives still writes; what is no name of ours stays.
        left = set(tmp_path.iterdir()) - {path, *others}
        assert len(left) == 1 and left.pop().read_text() == "half of the n"
    finally:
        for process in (first, second):
            process.kill()
            process.communicate()
    storage.write_text(path, "newer")
    assert set(tmp_path.iterdir()) == {path, *others}
    assert path.read_text() == "newer"


def test_the_content_is_on_the_disk_before_the_file_has_its_name(tmp_path, monkeypatch):
    path, synced = tmp_path / "claims.json", []

    def sync(handle):
        assert not path.exists()
        synced.append(os.pread(handle, 100, 0))

    monkeypatch.setattr(os, "fsync", sync)
    storage.write_text(path, "whole")
    assert synced == [b"whole"] and path.read_text() == "whole"


def test_a_file_swept_before_it_was_locked_is_begun_anew(tmp_path, monkeypatch):
    path, lock, swept = tmp_path / "claims.json", fcntl.flock, []

    def sweep_first(handle, operation):
        if not swept:
            (unfinished,) = tmp_path.iterdir()
            unfinished.unlink()
            swept.append(unfinished)
        lock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", sweep_first)
    storage.write_text(path, "whole")
    assert swept and list(tmp_path.iterdir()) == [path]
    assert path.read_text() == "whole"


def test_a_file_system_without_locks(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSYS, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refuse)
    stray = tmp_path / ".claims-abcdefgh.json"
    stray.write_text("may be alive")
    storage.write_text(tmp_path / "claims.json", "whole")
    assert sorted(tmp_path.iterdir()) == [stray, tmp_path / "claims.json"]
