"""A folder of its own for every run of the real workflow, and mirrors on the loopback.

Nothing here reaches beyond 127.0.0.1, and nothing depends on how fast the machine is.
The small workflow is run once, whatever the number of workers: what the tests need of
a finished run are copies of that one.
"""

import json
import os
import shutil
import socket
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from browsers import headless
from mirrors import serving
from places import Place, copy_workflow, digest_of_sources, over_mnist, small


@pytest.fixture
def config():
    """Small configuration, free to be changed: 4 x 4 lattices, embedded digits."""
    return small()


@pytest.fixture
def mnist_config():
    return over_mnist()


@pytest.fixture
def place(tmp_path):
    """Fresh place with the small configuration."""
    return copy_workflow(tmp_path, small())


@pytest.fixture(scope="session")
def new_place(tmp_path_factory):
    """Function that makes a fresh place with the small configuration, or over MNIST."""

    def make(mirror=None):
        config = over_mnist(mirror) if mirror else small()
        return copy_workflow(tmp_path_factory.mktemp("place"), config)

    return make


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id):
    """Folder that all workers of this run of pytest have in common."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def first_run(shared_folder):
    """The small configuration, run once from scratch: its place, and how it ended.

    While one works on tests, PIXELWALK_FIRST_RUN may name a folder that keeps it from
    one run of pytest to the next, for as long as no file of the workflow changes.
    """
    if kept := os.getenv("PIXELWALK_FIRST_RUN"):
        shared_folder = Path(kept, digest_of_sources())
        shared_folder.mkdir(parents=True, exist_ok=True)
    folder, ended = shared_folder / "first", shared_folder / "first.json"
    with FileLock(shared_folder / "first.lock"):
        if not ended.exists():
            run = copy_workflow(folder, small()).snakemake("--cores", "2")
            ended.write_text(json.dumps(vars(run), default=str), encoding="utf-8")
    run = SimpleNamespace(**json.loads(ended.read_text(encoding="utf-8")))
    return Place(folder), run


@pytest.fixture(scope="session")
def finished(first_run):
    """Place in which the small configuration has been run; nobody may change it."""
    place, run = first_run
    assert run.returncode == 0, run.stderr
    before = state(place)
    yield place
    assert state(place) == before, "a test has changed what all tests share"


def state(place):
    """Tell size and time of every result, to see whether any was changed."""
    stats = {path: (place / path).stat() for path in place.files()}
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in stats.items()}


@pytest.fixture
def rerun(finished, tmp_path):
    """Copy of the finished place, free to be changed; `own` before writing in place."""
    return finished.copy(tmp_path)


@pytest.fixture
def emptied(rerun):
    """Copy of the finished place without its results, but with its compiled code."""
    shutil.rmtree(rerun / "results")
    return rerun


@pytest.fixture(scope="session")
def server(mnist):
    with serving(mnist) as server:
        yield server


@pytest.fixture(scope="session")
def mirror(server):
    """Give the address of a mirror by its way, such as good: see `mirrors`."""
    return f"http://127.0.0.1:{server.server_port}/{{}}/".format


@pytest.fixture
def asked(server):
    """What the mirrors have been asked for in this test: pairs of way and file."""
    server.asked.clear()
    return server.asked


@pytest.fixture(scope="session")
def dead():
    """Address at which nobody listens, and nobody can while the tests run."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.fixture
def the_error():
    """Function that gives the one line with which a run ended badly."""

    def find(run):
        assert run.returncode != 0
        assert "Traceback" not in run.stdout + run.stderr
        lines = run.stderr.splitlines()
        errors = [line for line in lines if line.startswith("error")]
        assert len(errors) == 1, run.stderr
        return errors[0]

    return find


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    driver = headless(tmp_path_factory)
    yield driver
    driver.quit()
