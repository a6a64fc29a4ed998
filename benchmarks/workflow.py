"""The workflow of the paper's figures 1 to 5, beside the same as one naive script."""

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import yaml

from benchmarks import contest, document, ours
from pixelwalk import images
from pixelwalk.config import fallback, settings
from pixelwalk.sources import mnist

#: What is measured and drawn.
TITLE = "The paper's experiments as a workflow, and as one naive script"

_REPOSITORY = Path(__file__).resolve().parents[1]

# The least that the settings allow or that a measurement makes sense with.
_FEWEST = {"choices": 20, "permutations": 99, "epochs": 1, "count": 60}


def measure(conditions):
    """Compare the two at full size, and over a size by which all work is scaled.

    Parameters
    ----------
    conditions : contest.Conditions
        Of the benchmark.

    Returns
    -------
    headlines, sweeps : list of dict
        As `document` makes them.
    """
    scales = (0.01,) if conditions.quick else (0.1, 0.3, 1.0)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        source = _mnist(scratch / "mnist", conditions)
        table = []
        for scale in scales:
            config = scaled(_config(source), scale)
            place = scratch / f"scale-{scale}"
            runs = None if scale == 1 else 1
            # The first one, which is small, compiles what the others need too.
            warm = None if scale == 0.1 else _nothing
            measured = _contest(place, config, source, runs, warm, conditions)
            table.append((scale, measured, 1))
        measured = table[-1][1]
        headline = document.headline(
            "figures 1 to 5 and the studies of their claims, from no results at all, "
            "numba's caches warm; "
            f"images: {'MNIST' if source else 'the digits of scikit-learn'}",
            {"cores": conditions.threads, "scale": scales[-1]},
            "runs",
            1,
            measured,
            conditions.threads,
            _limit(measured[0], conditions.threads),
        )
    over = "size: samples, epochs, choices and permutations, over the paper's"
    return [headline], [document.sweep(over, "all experiments", table)]


def scaled(config, scale):
    """Scale the numbers that the work grows with.

    Parameters
    ----------
    config : dict
        A configuration.
    scale : float
        1 leaves it as it is.

    Returns
    -------
    dict
    """
    config = copy.deepcopy(config)

    def shrink(entry, *keys, kind="count"):
        for key in keys:
            if isinstance(entry.get(key), int) and entry[key] > _FEWEST[kind]:
                entry[key] = max(_FEWEST[kind], round(scale * entry[key]))

    for entry in config["ising"].values():
        shrink(entry, "training", "test")
    for entry in config["autoencoders"].values():
        shrink(entry, "epochs", kind="epochs")
    paper = config["paper"]
    shrink(paper, "choices", kind="choices")
    shrink(paper, "permutations", kind="permutations")
    recovery = paper["recovery"]
    names = [name for key, name in recovery.items() if key != "sizes"]
    most = min(config["ising"][name]["training"] for name in names) // 2
    recovery["sizes"] = [size for size in recovery["sizes"] if size <= most]
    return config


def _config(source):
    """Give the default configuration, with MNIST from a folder or without MNIST."""
    text = (_REPOSITORY / "config.yaml").read_text(encoding="utf-8")
    schema = _REPOSITORY / "workflow" / "schemas" / "config.schema.yaml"
    config = yaml.safe_load(text)
    settings.check(config, yaml.safe_load(schema.read_text(encoding="utf-8")))
    if source is None:
        fallback.replace_mnist(config)
    else:
        config["mnist"]["mirrors"] = [source.as_uri() + "/"]
    return config


def _mnist(folder, conditions):
    """Find or fetch MNIST; gives its folder, or None where it cannot be had."""
    if conditions.quick:
        return None
    done = _REPOSITORY / "results" / "mnist"
    if all(
        (done / name).exists() and mnist.is_official(done / name)
        for name in mnist.MNIST
    ):
        return done
    listed = yaml.safe_load((_REPOSITORY / "config.yaml").read_text(encoding="utf-8"))
    mirrors = os.getenv("PIXELWALK_MNIST_MIRRORS", "").split()
    try:
        for name in mnist.MNIST:
            images.fetch(
                name,
                folder,
                mirrors or listed["mnist"]["mirrors"],
                timeout=listed["mnist"]["timeout"],
                retries=listed["mnist"]["retries"],
            )
    except OSError as error:
        conditions.tell(f"without MNIST: {error}")
        return None
    return folder


def _contest(place, config, source, runs, warm, conditions):
    place.mkdir()
    text = yaml.safe_dump(_for_the_script(config))
    (place / "naive.yaml").write_text(text, encoding="utf-8")
    contestants = [
        contest.Contestant(
            f"{ours.NAME}, the workflow",
            ours.PACKAGE,
            partial(_run_workflow, place / "run", config, conditions.threads),
            1,
            check=lambda jobs: jobs,
            runs=runs,
            warm=warm,
        ),
        contest.Contestant(
            "one naive script",
            "numpy",
            partial(_run_naive, place, source),
            1,
            "samples by the heat bath, from random starts; no diagnostics and no exact "
            "references; measured once",
            lambda found: {"seconds of its parts": found["seconds"]},
            runs=1,
            warm=_nothing,
        ),
    ]
    return contest.alternate(contestants, conditions)


def _nothing():
    """Warm up nothing: what was to be compiled is, by then."""


def _graphs(config):
    """Name the graphs of figures 3 to 5."""
    return [*config["paper"]["lattices"].values(), config["paper"]["digit"]]


def _for_the_script(config):
    """Leave out ensembles and graphs that only later studies are about."""
    recovery = config["paper"]["recovery"]
    entries = [config["graphs"][name] for name in _graphs(config)]
    entries += config["autoencoders"].values()
    used = {entry.get("ising") for entry in entries}
    used |= {recovery["half"], recovery["standard"]}
    kept = {name: entry for name, entry in config["ising"].items() if name in used}
    graphs = {name: config["graphs"][name] for name in _graphs(config)}
    return config | {"ising": kept, "graphs": graphs}


def _targets(config):
    """Name what the script makes as well: what the ledger's first claims rest on."""
    paper = config["paper"]
    networks = paper["autoencoders"]["half"] + paper["autoencoders"]["standard"]
    recovered = paper["recovery"]["half"], paper["recovery"]["standard"]
    return [
        *(f"results/figures/figure{number}.svg" for number in range(1, 6)),
        *(f"results/autoencoders/{name}/locality.h5" for name in networks),
        *(f"results/ising/{name}/recovery.h5" for name in recovered),
        *(
            f"results/studies/{study}.h5"
            for study in ("fractions", "likeness", "reading", "steps")
        ),
        *(
            f"results/graphs/{name}/{cut}/stationary.h5"
            for name in _graphs(config)
            for cut in config["graphs"][name]["cuts"]
        ),
    ]


def _run_workflow(folder, config, threads):
    """Run the workflow in an empty folder; gives its jobs and their seconds."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = yaml.safe_dump(config)
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "snakemake", *_targets(config)]
    command += ["--cores", str(threads)]
    command += [
        "--snakefile",
        str(_REPOSITORY / "Snakefile"),
        "--directory",
        str(folder),
    ]
    command += ["--benchmark-extended", "--quiet", "all"]
    _call(command)
    jobs = []
    for path in (folder / "results" / "benchmarks").rglob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            jobs += csv.DictReader(file, delimiter="\t")
    busy = sum(float(job["s"]) * int(job["threads"]) for job in jobs)
    return {"jobs": len(jobs), "core seconds of all jobs": busy}


def _run_naive(place, source):
    """Run the script; gives what it wrote."""
    command = [sys.executable, "-m", "benchmarks.naive", str(place / "naive.yaml")]
    command += [str(source), str(place / "naive")]
    _call(command)
    return json.loads((place / "naive" / "results.json").read_text(encoding="utf-8"))


def _call(command):
    """Run a command; if it fails, with what it said."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-2000:]}")


def _limit(measured, threads):
    """Limit of a schedule without gaps."""
    busy = measured.reached["core seconds of all jobs"]
    return document.limit_of(
        "the jobs' own seconds (times the cores that each asks for), shared by all "
        "cores without a gap or any cost of scheduling",
        threads / busy,
        "runs per second",
        measured.rate,
        **measured.reached,
    )
