"""A small configuration, from nothing to the ledger, through the real command."""

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import h5py
import numpy as np
import pytest
from PIL import Image

import dag
from pixelwalk import storage
from pixelwalk.ledger import Claim
from studies.programme.closed_form import pixel_values
from studies.programme.kinds import Optimum

OF_MNIST = ["edge-fractions"]
KEYS = list(Claim.__annotations__)
FIGURES = [
    f"results/figures/figure{n}.{end}" for n in range(1, 12) for end in ("svg", "png")
]
CUTS = {"half": ["at-0"], "standard": ["at-0"], "periodic": ["top-0.25"]}
CUTS["fives"] = ["at-0", "at-0.10", "top-0.0474"]
PROGRAMME = ("periodic", "fives")
#: What other programs may rely on: for each entry of a section, files by these names.
PROMISED = {
    "ising": ["samples.h5", "diagnostics.h5"],
    "images": ["images.h5"],
    "graphs": ["weights.h5"],
    "autoencoders": ["model.keras", "history.h5", "reconstructions.h5"],
    "matrices": ["convolutions.h5", "matrices.h5"],
    "linear": ["optimum.h5", "training.h5"],
    "programme": [
        "networks.h5",
        "optimum.h5",
        "patterns.h5",
        "averages.h5",
        "filters.h5",
    ],
}
PAGES = ["claims.json", "claims.md", "summary.html", "explorer.html"]


@pytest.fixture(scope="module")
def ledger(finished):
    return json.loads((finished / "results/claims.json").read_text(encoding="utf-8"))


def hdf5_files(place):
    return [path for path in place.files() if path.endswith(".h5")]


def test_it_ends_well_and_without_a_word_of_error(first_run):
    _, run = first_run
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert not re.search(r"^error", run.stderr, re.MULTILINE)


def test_what_other_programs_rely_on_is_there(finished, config):
    names = [f"results/{page}" for page in PAGES] + FIGURES
    names += [f"results/figures/figure{n}.csv" for n in range(1, 12)]
    names += [
        f"results/{section}/{name}/{file}"
        for section, files in PROMISED.items()
        for name in config[section]
        for file in files
    ]
    names += [
        f"results/graphs/{name}/{cut}/{file}.h5"
        for name, cuts in CUTS.items()
        for cut in cuts
        for file in ("graph", "stationary")
    ]
    assert [name for name in names if name not in finished.files()] == []
    assert [name for name in names if not (finished / name).stat().st_size] == []


def test_all_that_any_job_makes_is_there_and_has_a_log_and_a_benchmark(finished):
    jobs = [job for job in dag.load(finished).dag.jobs if job.rule.name != "all"]
    assert len(jobs) > 50
    outputs = {str(path) for job in jobs for path in job.output}
    assert sorted(outputs - set(finished.files())) == []
    assert sorted(path for job in jobs for path in job.log) == finished.files("logs")
    assert sorted(job.benchmark for job in jobs) == finished.files("benchmarks")
    for path in finished.files("benchmarks"):
        header, values = (finished / path).read_text().splitlines()
        assert header.startswith("s\t") and float(values.split("\t")[0]) >= 0


def test_nothing_unfinished_is_left_lying_about(finished):
    stray = [path for path in finished.files() if Path(path).name.startswith(".")]
    assert stray == []
    assert "results/mnist" not in " ".join(finished.files())


def test_the_ledger_has_every_claim(ledger):
    assert len({entry["id"] for entry in ledger}) == len(ledger) > 20
    for entry in ledger:
        assert list(entry) == KEYS
        for key in ("section", "statement", "criterion", "note"):
            assert isinstance(entry[key], str) and entry[key]


def test_verdicts_are_among_the_allowed_ones(ledger):
    verdicts = {entry["id"]: entry["verdict"] for entry in ledger}
    of_mnist = [verdicts.pop(name) for name in OF_MNIST]
    assert of_mnist == ["not measured"]
    # The small config has other lattices than the paper's.
    assert verdicts.pop("ae-loss") == "not measured"
    # Two epochs have no quarters.
    assert verdicts.pop("ae-loss-stabilised") == "not measured"
    # Images so small come in too few sizes for a law.
    assert verdicts.pop("shifts-needed") == "not measured"
    assert set(verdicts.values()) <= {"supported", "refuted", "undecided"}


def test_what_is_not_measured_says_which_data_was_used(ledger):
    for entry in ledger:
        if entry["id"] in OF_MNIST:
            assert entry["measured"] == {}
            assert "MNIST" in entry["note"] and "scikit-learn" in entry["note"]


def test_what_is_measured_are_finite_numbers(ledger):
    def numbers(value):
        if isinstance(value, dict):
            for part in value.values():
                yield from numbers(part)
        elif isinstance(value, list):
            for part in value:
                yield from numbers(part)
        elif value is not None:
            yield value

    for entry in ledger:
        if entry["verdict"] != "not measured":
            found = list(numbers(entry["measured"]))
            assert found and all(isinstance(n, int | float) for n in found)
            assert np.isfinite(found).all()


def test_evidence_lies_under_results(finished, ledger):
    for entry in ledger:
        assert entry["evidence"]
        for path in entry["evidence"]:
            assert path.startswith("results/")
            assert (finished / path).is_file()


def test_a_claim_of_a_study_names_the_files_it_rests_on(ledger):
    def files(folder, names, *kinds):
        return [f"results/{folder}/{n}/{kind}.h5" for kind in kinds for n in names]

    linear, programme = ("linear", ("fives", "spins")), ("programme", PROGRAMME)
    expected = {
        "convolution-is-toeplitz": files(
            "matrices", ["small"], "convolutions", "matrices"
        ),
        "circulant-product": files("matrices", ["small"], "matrices"),
        "linear-optimum-circulant": files(*linear, "optimum", "training"),
        "deep-linear-product-circulant": files(*linear, "training"),
        "circulant-factorisation": files(*linear, "optimum"),
        "shifts-needed": files(*linear, "optimum"),
        "programme-optimum-rank-one": files(*programme, "optimum"),
        "programme-training-finds-optimum": files(*programme, "optimum"),
        "programme-stochastic-matrix": files(*programme, "optimum"),
        "expected-loss-minimum": files(*programme, "networks"),
        "programme-sparsity": files(*programme, "averages"),
        "trained-weights-sparsity": files(*programme, "patterns"),
        "optimum-is-cnn": files(*programme, "filters"),
        "pseudo-likelihood-recovers-lattice": files(
            "programme", PROGRAMME[:1], "patterns"
        ),
        "low-loss-images": ["results/programme/fixed-points.h5"],
        "step-bound": ["results/programme/fixed-points.h5"],
    }
    evidence = {entry["id"]: entry["evidence"] for entry in ledger}
    assert {name: evidence[name] for name in expected} == expected


def test_the_rendered_ledger_tells_the_same(finished, ledger):
    for page in ("claims.md", "summary.html"):
        text = (finished / "results" / page).read_text(encoding="utf-8")
        for entry in ledger:
            assert entry["id"] in text and entry["verdict"] in text, page


def test_it_is_known_of_every_claim_which_figures_show_it(finished, ledger):
    text = (finished / "results/claims.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^#)]*)\)", text)
    assert linked
    assert [
        path for path in linked if not (finished / "results" / path).is_file()
    ] == []


def test_a_figure_is_one(finished):
    for path in FIGURES:
        if path.endswith(".svg"):
            root = ElementTree.parse(finished / path).getroot()
            assert root.tag == "{http://www.w3.org/2000/svg}svg"
            assert sum(1 for _ in root.iter()) > 20
        else:
            with Image.open(finished / path, formats=["PNG"]) as picture:
                picture.verify()  # the checksum of every chunk


def test_the_table_of_a_figure_gives_back_what_was_drawn(finished):
    with (finished / "results/figures/figure5.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for panel, cut in enumerate(CUTS["fives"], start=1):
        path = f"results/graphs/fives/{cut}/stationary.h5"
        drawn = np.full((8, 8), np.nan)
        for row in rows:
            if row["panel"] == str(panel) and row["kind"] == "image":
                drawn[int(row["y"]), int(row["x"])] = float(row["value"])
        with h5py.File(finished / path) as file:
            assert np.array_equal(drawn, file["distribution"][()])


def test_figures_of_other_data_say_so(finished):
    for number in (4, 5):
        path = finished / f"results/figures/figure{number}.svg"
        assert "scikit-learn" in path.read_text(encoding="utf-8")


def test_stationary_distributions(finished):
    paths = [path for path in hdf5_files(finished) if path.endswith("stationary.h5")]
    assert len(paths) == 6
    for path in paths:
        with h5py.File(finished / path) as file:
            distribution = file["distribution"][()]
            assert distribution.min() >= 0
            assert distribution.sum() == pytest.approx(1, abs=1e-12)
            assert 0 <= file["residual"][()] <= 1e-12
            assert 0 <= file["active_fraction"][()] <= 1


def test_the_programme_is_tested_on_samples_that_it_did_not_learn_from(finished):
    path = finished / "results/programme/periodic/optimum.h5"
    solved = storage.read(path, Optimum)
    samples = finished / "results/ising/periodic/samples.h5"
    for part, loss in (("training", solved.loss), ("test", solved.test_loss)):
        images = pixel_values(storage.read_pixels(samples, part)[0])
        if part == "test":  # the first half chooses the cutoff
            images = images[len(images) // 2 :]
        wrong = images @ solved.closed_form.T - solved.target
        assert np.mean(wrong**2) / np.mean(solved.target**2) == pytest.approx(loss)
    assert solved.loss != solved.test_loss


def test_every_file_says_how_it_was_made(finished):
    paths = hdf5_files(finished)
    assert len(paths) > 20
    for path in paths:
        with h5py.File(finished / path) as file:
            assert file.attrs["kind"].decode()
            told = {
                name: json.loads(file.attrs[name])
                for name in ("settings", "source", "seed", "versions")
            }
        assert isinstance(told["settings"], dict)
        assert {"pixelwalk", "numpy", "h5py", "python"} <= set(told["versions"])
        name = Path(path).stem
        first = name in (
            *("samples", "diagnostics", "exact", "images", "convolutions", "matrices"),
        )
        assert (told["source"] is None) == first
        assert told["seed"] in (7, None)
        assert told["seed"] == 7 or not first or name == "exact"


def test_every_dataset_has_its_unit(finished):
    for path in hdf5_files(finished):
        with h5py.File(finished / path) as file:
            assert len(file)
            for name, item in file.items():
                assert item.attrs["unit"], f"{path}: {name}"
                assert item.attrs["meaning"], f"{path}: {name}"


def test_arrays_are_compressed_in_chunks(finished):
    def look(name, item):
        if isinstance(item, h5py.Dataset) and item.size > 1:
            assert item.chunks and item.compression == "gzip", name

    for path in hdf5_files(finished):
        with h5py.File(finished / path) as file:
            file.visititems(look)


def test_samples_and_images_are_as_they_were_asked_for(finished):
    for bonds in ("half", "standard"):
        with h5py.File(finished / f"results/ising/{bonds}/samples.h5") as file:
            for part, count in (("training", 60), ("test", 20)):
                assert file[part].attrs["count"] == count
                assert file[part].shape == (4, 4, 1) and file[part].dtype == np.uint64
                bits = np.unpackbits(
                    file[part][()].view(np.uint8), axis=-1, bitorder="little"
                )
                assert not bits[..., count:].any()
                assert 0.3 < bits[..., :count].mean() < 0.7
            assert json.loads(file.attrs["settings"])["bonds"] == bonds
    with h5py.File(finished / "results/images/fives/images.h5") as file:
        assert file["images"].shape == (40, 8, 8)
        assert set(file["labels"][()]) == {5}


def test_training_tells_its_progress(finished):
    log = (finished / "results/logs/train_autoencoder/half.log").read_text()
    assert "2 of 2 epochs" in log and "validation loss" in log
