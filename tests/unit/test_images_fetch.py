"""Download from real servers on this machine: good, wrong, cut off, slow and dead."""

import base64
import errno
import gzip
import hashlib
import io
import logging
import os
import re
import runpy
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

from pixelwalk import images
from pixelwalk.jobs import faults
from pixelwalk.sources.mnist import ARCHIVES

SCRIPT = Path(__file__).parents[2] / "workflow/scripts/fetch_mnist.py"
NAME = "small-idx1-ubyte.gz"
CONTENT = bytes(range(256)) * 300


USER, PASSWORD = "nobody-else", "pass-word-of-mine"
SECRET = f"{USER}:{PASSWORD}"
CODED = base64.b64encode(SECRET.encode()).decode()


class Mirror(BaseHTTPRequestHandler):
    """Answers by the folder that is asked for: /good, /wrong, /cut, ..."""

    def do_GET(self):
        folder = self.path.split("/")[1]
        self.server.asked.append(folder)
        if folder == "missing":
            self.send_error(404)
        elif folder == "locked" and self.headers["Authorization"] != f"Basic {CODED}":
            self.send_error(401, f"{self.headers['Authorization']} is not enough")
        elif folder == "header":
            self.trickle(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000)
        elif hasattr(self, folder):
            getattr(self, folder)()
        else:
            self.give(b"another file" if folder == "wrong" else CONTENT)

    def give(self, body, encoding=None, length=None):
        self.send_response(200)
        self.send_header("Content-Length", str(length or len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def labelled(self):
        self.give(CONTENT, "gzip")

    def packed(self):
        self.give(gzip.compress(CONTENT), "x-gzip")

    def misnamed(self):
        self.give(CONTENT[:-1], "gzip")

    def cut(self):
        self.give(CONTENT[: len(CONTENT) // 2], length=len(CONTENT))

    def slow(self):
        self.cut()
        self.wfile.flush()
        self.server.ended.wait(20)

    def long(self):
        self.give(CONTENT + b"\0")

    def endless(self):
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):  # when the client has gone
            while not self.server.ended.is_set():
                self.server.sent += self.wfile.write(CONTENT)

    def body(self):
        self.give(b"", length=len(CONTENT))
        self.trickle(CONTENT)

    def trickle(self, body):
        """Send a byte now and then, each well within the timeout."""
        with suppress(OSError):
            for at in range(len(body)):
                if self.server.ended.wait(0.02):
                    break
                self.wfile.write(body[at : at + 1])

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    """A server on the loopback, and an official file that is small."""
    monkeypatch.setitem(
        ARCHIVES["mnist"].files, NAME, hashlib.sha256(CONTENT).hexdigest()
    )
    monkeypatch.setitem(ARCHIVES["mnist"].sizes, NAME, len(CONTENT))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    server.daemon_threads, server.asked, server.sent = True, [], 0
    server.ended = threading.Event()
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
    assert NAME in text and all(
        mirror in text for mirror in mirrors if "@" not in mirror
    )
    assert "source of the image set" in text and "source: digits" in text
    return text


def assert_alone_and_right(folder):
    assert [path.name for path in folder.iterdir()] == [NAME]
    assert (folder / NAME).read_bytes() == CONTENT


@pytest.mark.parametrize("end", ["", "/"])
def test_a_good_mirror(server, folder, end):
    fetch(folder, f"{server.address}/good{end}")
    assert_alone_and_right(folder)


@pytest.mark.parametrize("way", ["labelled", "packed"])
def test_a_mirror_that_says_that_it_sends_what_is_packed(server, folder, way):
    fetch(folder, f"{server.address}/{way}")
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


@pytest.mark.parametrize(
    "bad", ["wrong", "missing", "cut", "slow", "misnamed", "long", "endless"]
)
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
        ("slow", "no answer in time"),
        ("misnamed", "SHA-256 .* is not the official one"),
        ("long", f"too long: expected at most {len(CONTENT):,} bytes"),
        ("locked", "answered 401 Unauthorized"),
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


def test_what_is_too_long_is_cut_off_and_not_asked_for_again(server, folder):
    mirror = f"{server.address}/endless"
    assert "too long" in failure(folder, mirror, retries=3)
    assert server.asked == ["endless"]
    assert server.sent < 100 * len(CONTENT)  # what the sockets had taken in by then


@pytest.mark.parametrize("way", ["header", "body"])
def test_a_trickle_ends_with_the_time_for_the_whole(server, folder, way, monkeypatch):
    monkeypatch.setattr(images.download, "_WHOLE", 2)
    mirror = f"{server.address}/{way}"
    text = failure(folder, mirror, timeout=1, retries=3)
    assert "too slow: not whole after 2 times the timeout" in text
    assert server.asked == [way]


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_in_a_folder_as_a_mirror(folder, tmp_path, kind):
    source = tmp_path / "source"
    source.mkdir()
    make = {"pipe": os.mkfifo, "folder": os.mkdir}
    make.get(kind, lambda path: path.symlink_to("/dev/zero"))(source / NAME)
    assert "a folder, a pipe or a device" in failure(folder, source.as_uri())


def test_a_file_that_is_too_long_in_a_folder_as_a_mirror(server, folder, tmp_path):
    (tmp_path / NAME).write_bytes(CONTENT + b"\0")
    assert "too long" in failure(folder, tmp_path.as_uri())


def test_a_user_and_a_password_open_a_mirror(server, folder):
    fetch(folder, server.address.replace("//", f"//{SECRET}@") + "/locked")
    assert_alone_and_right(folder)


@pytest.mark.parametrize(
    "mirror",
    [
        *(f"http://{SECRET}@{{}}/{way}" for way in ("good", "missing", "cut", "long")),
        *(f"http://{SECRET}{more}@{{}}/locked" for more in ("x", "@", "/", "//", "#")),
        *(f"http://{SECRET}@127.0.0.1:{port}/" for port in (1, "x", 99999)),
        *(f"http://{SECRET}@[{{}}/", f"gopher://{SECRET}@{{}}/", f"{SECRET}@{{}}"),
    ],
)
def test_user_and_password_are_told_to_nobody(server, folder, mirror, caplog):
    caplog.set_level(logging.INFO, "pixelwalk")
    mirror = mirror.format(server.address.removeprefix("http://"))
    if mirror.endswith("/good"):
        fetch(folder, mirror)
        told = caplog.text
    else:
        told = failure(folder, mirror)
        assert told.partition("(")[2].partition(")")[0] in caplog.text
    assert "***@" in told
    assert not [part for part in (USER, PASSWORD, CODED) if part in told + caplog.text]


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
def mirror(request, server, tmp_path):
    """A good mirror of either kind."""
    (tmp_path / NAME).write_bytes(CONTENT)
    return f"{server.address}/good" if request.param == "http" else tmp_path.as_uri()


def fail_in(monkeypatch, place, name, number):
    """Let a function fail for the file; gives its calls."""
    calls, function = [], getattr(place, name)

    def fail(first, *others, **options):
        if Path(NAME).stem not in str(first):
            return function(first, *others, **options)
        calls.append(first)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(place, name, fail)
    return calls


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
def test_a_disk_that_fails_is_no_fault_of_a_mirror(
    mirror, folder, number, told, monkeypatch
):
    calls = fail_in(monkeypatch, Path, "write_bytes", number)
    with pytest.raises(faults.Disk) as error:
        fetch(folder, mirror, mirror, mirror, retries=2)
    text = str(error.value)
    assert text.startswith(f"{folder / NAME}: {told}")
    assert "mirror" not in text and "\n" not in text
    assert len(calls) == 1  # neither this mirror again nor the next
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize("number", [errno.ECONNRESET, errno.EACCES, errno.EIO])
def test_other_errors_are_a_fault_of_the_mirror(mirror, folder, number, monkeypatch):
    by = (Path, "open") if mirror.startswith("file:") else (requests, "get")
    calls = fail_in(monkeypatch, *by, number)
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
            params={},
            input={},
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
