"""Download from real servers on this machine: good, wrong, cut off, slow and dead."""

import errno
import hashlib
import io
import os
import re
import runpy
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pooch
import pytest

from pixelwalk import faults, images
from pixelwalk.mnist import ARCHIVES

SCRIPT = Path(__file__).parents[2] / "workflow/scripts/fetch_mnist.py"
NAME = "small-idx1-ubyte.gz"
CONTENT = bytes(range(256)) * 300


class Mirror(BaseHTTPRequestHandler):
    """Answers by the folder that is asked for: /good, /wrong, /cut, ..."""

    def do_GET(self):
        folder = self.path.split("/")[1]
        self.server.asked.append(folder)
        if folder == "missing":
            self.send_error(404)
            return
        body = b"another file" if folder == "wrong" else CONTENT
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if folder in ("cut", "slow"):
            body = body[: len(body) // 2]
        self.wfile.write(body)
        if folder == "slow":
            self.wfile.flush()
            self.server.ended.wait(20)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    """A server on the loopback, and an official file that is small."""
    monkeypatch.setitem(
        ARCHIVES["mnist"].files, NAME, hashlib.sha256(CONTENT).hexdigest()
    )
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    server.daemon_threads, server.asked, server.ended = True, [], threading.Event()
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mnist"


@pytest.fixture
def dead():
    """Address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def fetch(folder, *mirrors, timeout=5, retries=0):
    images.fetch(NAME, folder, mirrors, timeout=timeout, retries=retries)


def failure(folder, *mirrors, **options):
    """Text of the error when all mirrors fail; nothing may be left in the folder."""
    with pytest.raises(OSError, match="could not be had from any mirror") as error:
        fetch(folder, *mirrors, **options)
    assert not folder.exists() or list(folder.iterdir()) == []
    text = str(error.value)
    assert NAME in text and all(mirror in text for mirror in mirrors)
    assert "source of the image set" in text and "source: digits" in text
    return text


def assert_alone_and_right(folder):
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_bytes() == CONTENT


@pytest.mark.parametrize("end", ["", "/"])
def test_a_good_mirror(server, folder, end):
    fetch(folder, f"{server.address}/good{end}")
    assert_alone_and_right(folder)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_bar_is_drawn_on_a_terminal_alone(server, folder, terminal, monkeypatch):
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: terminal)
    mirrors = [f"{server.address}/missing", f"{server.address}/good"]
    images.fetch(NAME, folder, mirrors, timeout=5, retries=0, terminal=shown)
    assert_alone_and_right(folder)
    assert ("100%" in shown.getvalue()) == (NAME in shown.getvalue()) == terminal


def test_what_is_there_and_right_is_not_asked_for_again(server, folder, dead):
    fetch(folder, f"{server.address}/good")
    fetch(folder, dead)
    assert server.asked == ["good"]


def test_what_is_there_but_wrong_is_replaced(server, folder):
    folder.mkdir()
    (folder / NAME).write_bytes(b"old")
    fetch(folder, f"{server.address}/good")
    assert_alone_and_right(folder)


def test_a_folder_as_a_mirror(server, folder, tmp_path):
    source = tmp_path / "a folder"
    source.mkdir()
    (source / NAME).write_bytes(CONTENT)
    fetch(folder, source.as_uri())
    assert_alone_and_right(folder)
    assert server.asked == []


@pytest.mark.parametrize("bad", ["wrong", "missing", "cut", "slow"])
def test_after_a_bad_mirror_comes_the_next(server, folder, bad):
    address = server.address
    fetch(folder, f"{address}/{bad}", f"{address}/good", f"{address}/x", timeout=0.3)
    assert_alone_and_right(folder)
    assert server.asked == [bad, "good"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("wrong", "SHA-256 .* is not the official one; it was deleted"),
        ("missing", "answered 404 Not Found"),
        ("cut", f"{len(CONTENT) // 2} bytes read, {len(CONTENT) // 2} more expected"),
        ("slow", "timed out|no answer in time"),
    ],
)
def test_a_bad_mirror_leaves_nothing_but_its_reason(server, folder, bad, reason):
    mirror = f"{server.address}/{bad}"
    assert re.search(reason, failure(folder, mirror, timeout=0.3))


def test_a_server_that_accepts_and_says_nothing(folder, server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mirror = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert "no answer in time" in failure(folder, mirror, timeout=0.3)


def test_a_mirror_is_tried_again_as_often_as_asked(server, folder):
    failure(folder, f"{server.address}/wrong", retries=1)
    assert server.asked == ["wrong", "wrong"]


def test_all_mirrors_dead(server, folder, dead, tmp_path):
    nowhere = (tmp_path / "nowhere").as_uri()
    text = failure(folder, f"{server.address}/missing", dead, nowhere)
    for reason in ("404", "refused", "No such file"):
        assert text.count(reason) == 1
    assert "\n" not in text


@pytest.mark.parametrize("nonsense", ["elsewhere", "gopher://old", "http://[1"])
def test_nonsense_for_a_mirror_is_a_bad_mirror(server, folder, nonsense):
    failure(folder, nonsense)
    fetch(folder, nonsense, f"{server.address}/good")
    assert_alone_and_right(folder)


@pytest.fixture(params=["http", "file"])
def broken(request, server, tmp_path, monkeypatch):
    """A good mirror, and a way to let writing fail; gives its number of calls."""
    source = tmp_path / "source"
    source.mkdir()
    (source / NAME).write_bytes(CONTENT)
    mirror = f"{server.address}/good" if request.param == "http" else source.as_uri()

    def let_fail(error):
        calls = []

        def write(_self_or_url, *_):
            calls.append(mirror)
            raise error

        monkeypatch.setattr(pooch.HTTPDownloader, "__call__", write)
        monkeypatch.setattr(images.download, "_copy", lambda url, *_: write(url))
        return calls

    return mirror, let_fail


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the disk is full; make room"),
        (errno.EDQUOT, "the quota of the disk is used up"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "the permission is missing"),
        (errno.EPERM, "the permission is missing"),
        (errno.EIO, "the disk does not work as it should"),
    ],
)
def test_a_disk_that_fails_is_no_fault_of_a_mirror(broken, folder, number, told):
    mirror, let_fail = broken
    calls = let_fail(OSError(number, os.strerror(number)))
    with pytest.raises(faults.Disk) as error:
        fetch(folder, mirror, mirror, mirror, retries=2)
    text = str(error.value)
    assert text.startswith(f"{folder / NAME}: {told}")
    assert "mirror" not in text and "\n" not in text
    assert len(calls) == 1  # neither this mirror again nor the next
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ECONNRESET, errno.ENOENT, errno.EPIPE])
def test_other_errors_are_a_fault_of_the_mirror(broken, folder, number):
    mirror, let_fail = broken
    calls = let_fail(OSError(number, os.strerror(number)))
    assert failure(folder, mirror, mirror).count(os.strerror(number)) == 2
    assert len(calls) == 2


def test_a_disk_on_which_no_folder_can_be_made(server, folder, monkeypatch):
    def refuse(*_args, **_options):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(faults.Disk, match=f"{folder}.*the disk is read-only"):
        fetch(folder, f"{server.address}/good", f"{server.address}/x")
    assert server.asked == []


def test_a_mirror_that_is_a_folder_nobody_may_read(server, folder, monkeypatch):
    opened = Path.open

    def refuse(self, *arguments):
        if self.parts[1] == "private":
            number = errno.EACCES
            raise PermissionError(number, os.strerror(number), str(self))
        return opened(self, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied: '/private/" in failure(folder, "file:///private")


def test_the_script_fetches_the_set_of_its_file_from_its_mirrors(tmp_path, monkeypatch):
    fetched = []
    monkeypatch.setattr(images, "fetch", lambda *a, **k: fetched.append((a, k)))
    config = {
        name: {"mirrors": [f"http://{name}/"], "timeout": number, "retries": number}
        for number, name in enumerate(ARCHIVES, start=1)
    }
    for number, name in enumerate(ARCHIVES, start=1):
        snakemake = SimpleNamespace(
            config=config,
            wildcards=SimpleNamespace(archive=name, file=NAME),
            output=SimpleNamespace(file=f"results/{name}/{NAME}"),
            log=[tmp_path / "fetch.log"],
        )
        runpy.run_path(SCRIPT, {"snakemake": snakemake})
        arguments, options = fetched.pop()
        assert arguments == (NAME, Path(f"results/{name}"), config[name]["mirrors"])
        assert options.pop("terminal") is not None
        assert options == {"timeout": number, "retries": number, "archive": name}


def test_a_dead_network_is_told_once_in_a_run(tmp_path):
    first, second = tmp_path / "images.log", tmp_path / "labels.log"
    with pytest.raises(OSError, match="could not be had from any mirror") as told:
        images.fetch(NAME, tmp_path, [], timeout=1, retries=0)
    first.write_text(f"run: one\nerror: {told.value}\n")
    second.write_text("run: one\n")
    assert images.failed_before(second, "one") == first
    assert images.failed_before(second, "two") is None  # an earlier run
    assert images.failed_before(second, None) is None
    first.write_text("run: one\nerror: the disk is full\n")
    assert images.failed_before(second, "one") is None
