"""Digests of sources: the content counts, and what is unchanged is not read again."""

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from pixelwalk.sources import digests

OLD, FUTURE = 10**18, 4 * 10**18  # ns: in 2001 and in 2096


@pytest.fixture
def reads(monkeypatch):
    """Names of the files that were read, one after another."""
    names, digest = [], hashlib.file_digest

    def read(file, kind):
        names.append(Path(file.name).name)
        return digest(file, kind)

    monkeypatch.setattr(hashlib, "file_digest", read)
    return names


@pytest.fixture
def later(monkeypatch):
    """Let what is written now have been written ten seconds ago."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)


@pytest.fixture
def source(tmp_path):
    """A file in a folder that is a link, and another of equal size and time."""
    for name, content in (("real", b"content"), ("other", b"another")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.npy").write_bytes(content)
        os.utime(tmp_path / name / "a.npy", ns=(OLD, OLD))
    (tmp_path / "link").symlink_to("real")
    return tmp_path / "link/a.npy"


def digest(path, cache="cache.json"):
    """Digest a file as a process of its own would."""
    folder = path.parent.parent
    return digests.Digests(folder / cache).of([("images", str(path))])


def move_over(path, other):
    shutil.copy2(other, path.with_name("new"))
    path.with_name("new").replace(path)


def copy_over(path, other):
    shutil.copy2(other, path)


def write_and_set_back(path, other):
    path.write_bytes(other.read_bytes())
    os.utime(path, ns=(OLD, OLD))


def from_the_future(path, other):
    copy_over(path, other)
    os.utime(path, ns=(FUTURE, FUTURE))


def link_elsewhere(path, other):
    path.parent.unlink()
    path.parent.symlink_to(other.parent.name)


@pytest.mark.parametrize(
    "replace",
    [move_over, copy_over, write_and_set_back, from_the_future, link_elsewhere],
)
def test_another_content_is_noticed_whatever_its_time(source, replace, later, reads):
    before = digest(source)
    assert digest(source) == before and reads == ["a.npy"]
    replace(source, source.parent.parent / "other/a.npy")
    after = digest(source)
    assert after != before
    assert after == digest(source, "none.json")


@pytest.mark.parametrize("act", [os.utime, lambda p: p.chmod(0o600), os.path.realpath])
def test_the_same_content_has_the_same_digest(source, act, later):
    before = digest(source)
    act(source)
    move_over(source, source)
    assert digest(source) == before


def test_a_file_from_the_future_is_read_once(source, later, reads):
    os.utime(source, ns=(FUTURE, FUTURE))
    assert digest(source) == digest(source)
    assert reads == ["a.npy"]


def test_a_file_of_the_last_two_seconds_is_read_again(source, reads):
    digest(source)
    digest(source)
    assert reads == ["a.npy", "a.npy"]


def test_only_what_changed_is_read_again(tmp_path, later, reads):
    paths = [tmp_path / f"{number}.png" for number in range(9)]
    for path in paths:
        path.write_bytes(path.name.encode())
    files = [(path.name, str(path)) for path in paths]
    before = digests.Digests(tmp_path / "cache.json").of(files)
    paths[4].write_bytes(b"another")
    del reads[:]
    assert digests.Digests(tmp_path / "cache.json").of(files) != before
    assert reads == ["4.png"]
    paths[5].unlink()
    with pytest.raises(FileNotFoundError):
        digests.Digests(tmp_path / "cache.json").of(files)
    digests.Digests(tmp_path / "cache.json").of(files[:5])
    paths[0].write_bytes(b"another")
    digests.Digests(tmp_path / "cache.json").of(files[:5])
    known = json.loads((tmp_path / "cache.json").read_text())
    assert str(paths[5]) not in known and len(known) == 8


@pytest.mark.parametrize("text", ["", "[]", "[1]", '{"a": 1}', "x"])
def test_a_cache_that_is_broken_is_made_anew(source, text, later, reads):
    cache = source.parent.parent / "cache.json"
    cache.write_text(text)
    assert digest(source) == digest(source)
    assert reads == ["a.npy"]


def test_an_entry_of_another_form_counts_for_nothing(source, later):
    expected = digest(source, "none.json")
    for entry in ([], [1], "abcdef", {"a": 1}):
        cache = source.parent.parent / "cache.json"
        cache.write_text(json.dumps({str(source): entry}))
        assert digest(source) == expected


def test_where_no_cache_can_be_written_files_are_read_again(source, later, reads):
    (source.parent.parent / "file").touch()
    assert digest(source, "file/cache.json") == digest(source, "file/cache.json")
    assert reads == ["a.npy", "a.npy"]


def of_folder(folder):
    paths = sorted(str(path) for path in folder.rglob("*.png"))
    files = digests.named({"images": paths}, f"{folder}/")
    return digests.Digests(folder / "cache.json").of(files)


def test_names_within_the_source_count_and_its_own_does_not(tmp_path):
    folder = tmp_path / "mine"
    for name in ("even/2.png", "odd/1.png"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(name.encode())
    before = of_folder(folder)
    folder = folder.rename(tmp_path / "ours")
    assert of_folder(folder) == before
    (folder / "odd").rename(folder / "uneven")
    assert of_folder(folder) != before


def test_files_are_told_apart_from_their_names_and_roles():
    files = {"images": "a.npy", "labels": "b.npy"}
    assert [*digests.named(files, "./a.npy")] == [*files.items()]
    pictures = {"images": ["mine/odd/1.png", "mine/2.png"]}
    names = [name for name, _ in digests.named(pictures, "./mine")]
    assert names == ["images/odd/1.png", "images/2.png"]


def test_long_reading_is_told_once(source, later, monkeypatch, capsys):
    monkeypatch.setattr(digests, "_LONG", 1e-9)
    other = source.parent.parent / "other/a.npy"
    files = [("images", str(source)), ("labels", str(other))]
    digests.Digests(source.parent.parent / "cache.json").of(files)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(
        f"reading the sources that are new or changed, such as {source}"
    )
    digests.Digests(source.parent.parent / "cache.json").of(files)
    assert capsys.readouterr().err == ""
