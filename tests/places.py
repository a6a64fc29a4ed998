"""Folders with the workflow and a configuration, in which it can be run."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).parents[1]
FOLDERS = ("workflow", "profiles", "envs")
STUDIES = sorted(
    path.parent.name for path in REPOSITORY.glob("workflow/studies/*/rules.smk")
)
SMALL = Path(__file__).with_name("small.yaml")


def small():
    """Give the small configuration."""
    return yaml.safe_load(SMALL.read_text(encoding="utf-8"))


def over_mnist(mirror=None):
    """Give the small configuration over MNIST, from a mirror."""
    config = small()
    for entry in config["images"].values():
        entry["source"] = "mnist"
    config["images"]["training"]["count"] = 1000
    config["images"]["test"]["count"] = 100
    if mirror:
        config["mnist"]["mirrors"] = [mirror]
    return config


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
            if not key.startswith(("SNAKEMAKE", "PIXELWALK", "COV_", "PYTEST"))
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

    def own(self, path):
        """Make sure that a file is this place's alone before it is written in place."""
        path = self / path
        if path.stat().st_nlink > 1:
            copy = path.with_name(f".{path.name}.own")
            shutil.copy2(path, copy)
            copy.replace(path)
        return path

    def copy(self, folder):
        """Copy this place; results and compiled code by hard links.

        What a run replaces can be linked: Snakemake deletes outputs before it makes
        them, and Python and numba rename their caches into place. Logs, benchmarks and
        Snakemake's records are written where they stand, and are copied.
        """
        shutil.copytree(
            self.folder, folder, copy_function=self._link_or_copy, dirs_exist_ok=True
        )
        return Place(folder)

    def _link_or_copy(self, source, target):
        parts = Path(source).relative_to(self.folder).parts
        replaced = parts[0] == "results" and parts[1] not in ("logs", "benchmarks")
        copy = os.link if replaced or "__pycache__" in parts else shutil.copy2
        return copy(source, target)


def digest_of_sources():
    """Digest of all files that a finished run of the small configuration depends on."""
    digest = hashlib.sha256(SMALL.read_bytes())
    files = [path for name in FOLDERS for path in (REPOSITORY / name).rglob("*.*")]
    for path in [REPOSITORY / "Snakefile", *sorted(files)]:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(REPOSITORY)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def copy_workflow(folder, config):
    """Make a place: a copy of the workflow, and a configuration."""
    for name in FOLDERS:
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copy2(REPOSITORY / "Snakefile", folder)
    place = Place(folder)
    place.configure(config)
    return place
