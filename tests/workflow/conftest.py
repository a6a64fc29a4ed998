"""A folder of its own for every run of the real workflow, and mirrors on the loopback.

Nothing here reaches beyond 127.0.0.1, and nothing depends on how fast the machine is.
"""

import copy
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from browsers import headless
from mirrors import serving

REPOSITORY = Path(__file__).parents[2]

_HALF = {
    "rows": 4,
    "columns": 4,
    "beta": 0.5,
    "boundary": "free",
    "bonds": "half",
    "sweeps": 20,
    "training": 60,
    "test": 20,
}
_PERIODIC = _HALF | {"boundary": "periodic", "bonds": "standard", "beta": 0.3}
_LATTICE = {"ising": "half", "kind": "same-state", "cuts": ["at-0"]}
_NETWORK = {"ising": "half", "hidden": 4, "epochs": 2, "batch": 32}
_LINEAR = {"layers": [2], "steps": 50, "noise": [0, 0.1], "repeats": 2}
_PROGRAMME = {
    **{"kernels": [3], "epochs": 2, "batch": 32, "sizes": [10, 30], "regressed": 30},
    **{"batches": 2, "draws": [100, 1000, 10000], "repeats": 2},
}
_CONFIG = {
    "seed": 7,
    "mnist": {"mirrors": ["http://127.0.0.1:9/"], "timeout": 2, "retries": 0},
    "ising": {
        "half": _HALF,
        "standard": _HALF | {"bonds": "standard"},
        "periodic": _PERIODIC,
    },
    "images": {
        "fives": {"source": "digits", "label": 5, "count": 40},
        "training": {"source": "digits"},
        "test": {"source": "digits", "part": "test"},
    },
    "graphs": {
        "half": _LATTICE,
        "standard": _LATTICE | {"ising": "standard"},
        "periodic": {"ising": "periodic", "kind": "correlation", "cuts": ["top-0.25"]},
        "fives": {
            "images": "fives",
            "kind": "coactivation",
            "cuts": ["at-0", "at-0.10", "top-0.0474"],
        },
    },
    "autoencoders": {"half": _NETWORK, "standard": _NETWORK | {"ising": "standard"}},
    "matrices": {
        "small": {
            **{"rows": 4, "columns": 4, "filter": 2, "draws": 3},
            "sizes": [16, 24, 32, 48],
        }
    },
    "linear": {
        "fives": {"images": "fives", "reduce": 2, **_LINEAR},
        "spins": {"ising": "periodic", "shifts": "line", **_LINEAR},
    },
    "programme": {
        "periodic": {"graph": "periodic", **_PROGRAMME},
        "fives": {
            **{"graph": "fives", "images": "training", "test": "test"},
            **_PROGRAMME,
        },
    },
    "paper": {
        "autoencoders": {"half": ["half"], "standard": ["standard"]},
        "lattices": {"half": "half", "standard": "standard"},
        "recovery": {"half": "half", "standard": "standard", "sizes": [20, 60]},
        "matrices": "small",
        "linear": ["fives", "spins"],
        "programme": {"lattice": "periodic", "images": "fives"},
        "digit": "fives",
        "population": "training",
        "test": "test",
        "choices": 20,
        "permutations": 99,
    },
}


class Place:
    """A folder with the workflow and a configuration, in which it can be run."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def __truediv__(self, path):
        return self.folder / path

    def configure(self, config):
        """Write config.yaml, from a mapping or as it stands."""
        text = config if isinstance(config, str) else yaml.safe_dump(config)
        (self / "config.yaml").write_text(text, encoding="utf-8")

    def environment(self, mirrors=None):
        """Environment of a run: no proxy, no profile or mirror from outside."""
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("SNAKEMAKE", "PIXELWALK", "COV_"))
            and key.lower() not in ("http_proxy", "https_proxy", "all_proxy")
        }
        if mirrors is not None:
            kept["PIXELWALK_MNIST_MIRRORS"] = " ".join(mirrors)
        return kept

    def python(self, *arguments, mirrors=None, change=()):
        """Run Python in this folder to its end; None takes a variable away."""
        changed = self.environment(mirrors) | dict(change)
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.folder,
            env={key: value for key, value in changed.items() if value is not None},
            capture_output=True,
            text=True,
        )

    def snakemake(self, *arguments, mirrors=None):
        """Run the real command in this folder to its end."""
        if not {"--cores", "-n"} & set(arguments):
            arguments = ("--cores", "2", *arguments)
        return self.python("-m", "snakemake", *arguments, mirrors=mirrors)

    def files(self, *parts):
        """Paths of all files under results/, or a part of it, sorted."""
        folder = Path("results", *parts)
        found = (self / folder).rglob("*")
        return sorted(
            p.relative_to(self.folder).as_posix() for p in found if p.is_file()
        )

    def sums(self):
        """SHA-256 of every result, by path; logs, benchmarks and the report aside."""
        aside = ("results/logs/", "results/benchmarks/", "results/report.html")
        return {
            path: hashlib.sha256((self / path).read_bytes()).hexdigest()
            for path in self.files()
            if not path.startswith(aside)
        }


def copy_workflow(folder, config):
    """Make a place: a copy of the workflow, and a configuration."""
    for name in ("workflow", "profiles", "envs"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy2(REPOSITORY / "Snakefile", folder)
    place = Place(folder)
    place.configure(config)
    return place


def over_mnist():
    """Make the small configuration one over MNIST."""
    config = copy.deepcopy(_CONFIG)
    for entry in config["images"].values():
        entry["source"] = "mnist"
    config["images"]["training"]["count"] = 1000
    config["images"]["test"]["count"] = 100
    return config


@pytest.fixture
def config():
    """Small configuration, free to be changed: 4 x 4 lattices, embedded digits."""
    return copy.deepcopy(_CONFIG)


@pytest.fixture
def mnist_config():
    return over_mnist()


@pytest.fixture
def place(tmp_path, config):
    """Fresh place with the small configuration."""
    return copy_workflow(tmp_path, config)


@pytest.fixture(scope="session")
def new_place(tmp_path_factory):
    """Function that makes a fresh place with the small configuration, or over MNIST."""

    def make(mirror=None):
        config = over_mnist() if mirror else copy.deepcopy(_CONFIG)
        if mirror:
            config["mnist"]["mirrors"] = [mirror]
        return copy_workflow(tmp_path_factory.mktemp("place"), config)

    return make


@pytest.fixture(scope="session")
def first_run(tmp_path_factory):
    """The small configuration, run once from scratch: its place, and how it ended."""
    place = copy_workflow(tmp_path_factory.mktemp("first"), _CONFIG)
    return place, place.snakemake("--cores", "2")


@pytest.fixture(scope="session")
def finished(first_run):
    """Place in which the small configuration has been run; nobody may change it."""
    place, run = first_run
    assert run.returncode == 0, run.stderr
    return place


@pytest.fixture
def rerun(finished, tmp_path):
    """Copy of the finished place, free to be changed."""
    shutil.copytree(finished.folder, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path)


@pytest.fixture
def emptied(rerun):
    """Copy of the finished place without its results, but with its compiled code."""
    shutil.rmtree(rerun / "results")
    return rerun


@pytest.fixture(scope="session")
def before_mnist(finished, tmp_path_factory):
    """Place that shall be about MNIST, of which all is done that needs no images."""
    place = Place(tmp_path_factory.mktemp("mnist") / "place")
    shutil.copytree(finished.folder, place.folder)
    of_images = ("graphs/fives", "linear/fives", "programme/fives")
    for path in ("images", "studies", "figures", *of_images):
        shutil.rmtree(place / "results" / path)
    for path in (place / "results").glob("claims.*"):
        path.unlink()
    place.configure(over_mnist())
    return place


@pytest.fixture(scope="session")
def server(mnist):
    with serving(mnist) as server:
        yield server


@pytest.fixture(scope="session")
def mirror(server):
    """Give the address of a mirror that is good, slow, cut, wrong, missing, silent."""
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
