"""What an edit of the core's configuration reruns: what it reaches, and nothing else.

A row names the jobs that an edit reaches directly; what follows is in the DAG. The
summary shows the configuration, so that every row has it besides, but for a few. What
the settings of studies reach is in test_studies.py, in general.
"""

import pytest

from edits import compare, setting, swapped, transition, turned_round

STANDARD = "sample_ising standard"
MODEL = f"{STANDARD}, solve_ising standard"


def ensemble(key, to, roots):
    """Make the row of a setting of an ensemble."""
    return f"an ensemble's {key}", (setting("ising", "standard", key, to=to), roots)


def weight(key, to):
    """Make the row of a setting of a graph."""
    change = setting("graphs", "half", key, to=to)
    return f"a graph's {key}", (change, "average_pairs half")


def network(key, to):
    """Make the row of a setting of a network."""
    change = setting("autoencoders", "standard", key, to=to)
    return f"a network's {key}", (change, "train_autoencoder standard")


def bonds_exchanged(place, config):
    """Count bonds the other way in every ensemble, and tell the paper's part so."""
    for name, bonds in (("half", "standard"), ("standard", "half")):
        config["ising"][name]["bonds"] = bonds
    paper = config["paper"]
    for part in (paper["autoencoders"], paper["lattices"], paper["recovery"]):
        part["half"], part["standard"] = part["standard"], part["half"]
    place.configure(config)


def of_mnist(place, config):
    """Take all images from MNIST."""
    for entry in config["images"].values():
        entry["source"] = "mnist"
    place.configure(config)


TABLE = dict(
    [
        ensemble("rows", 5, MODEL),
        ensemble("columns", 5, MODEL),
        ensemble("beta", 0.4, MODEL),
        ensemble("field", 0.1, MODEL),
        ensemble("boundary", "periodic", MODEL),
        ensemble("method", "gibbs", STANDARD),
        ensemble("budget", 4096, STANDARD),
        ensemble("training", 80, STANDARD),
        ensemble("test", 30, STANDARD),
        ensemble("sweeps", 30, ""),  # exact samples do not use them
        weight("kind", "product"),
        weight("level", 3),
        weight("square", True),
        weight("diagonal", False),
        network("hidden", 5),
        network("activation", "tanh"),
        network("optimizer", "sgd"),
        network("learning_rate", 0.01),
        network("batch", 16),
        network("epochs", 3),
    ]
) | {
    "the seed": (
        setting("seed", to=8),
        "sample_ising, select_images, train_autoencoder, check_convolution, "
        "measure_matrices",
    ),
    "other mirrors": (setting("mnist", "mirrors", to=["http://127.0.0.1:1/"]), ""),
    "a timeout": (setting("mnist", "timeout", to=9), ""),
    "retries": (setting("mnist", "retries", to=1), ""),
    "mappings in another order": (turned_round, ""),
    "an ensemble in shards": (
        setting("ising", "standard", "shards", to=3),
        "sample_shard standard",
    ),
    "a graph in shards": (
        setting("graphs", "fives", "shards", to=2),
        "sum_pairs fives",
    ),
    "a transition": (transition, "sample_shard warm, sample_shard cold"),
    "another ensemble": (
        setting(
            "ising", "another", to={"rows": 3, "columns": 3, "beta": 0.3, "training": 5}
        ),
        "sample_ising another",
    ),
    "another graph": (
        setting(
            "graphs",
            "another",
            to={"ising": "half", "kind": "product", "cuts": ["at-0", "knn-2"]},
        ),
        "average_pairs another",
    ),
    "another network": (
        setting("autoencoders", "another", to={"ising": "half", "epochs": 1}),
        "train_autoencoder another",
    ),
    "another image set": (
        setting("images", "sevens", to={"source": "digits", "label": 7}),
        "select_images sevens",
    ),
    "how many images of the digit": (
        setting("images", "fives", "count", to=30),
        "select_images fives",
    ),
    "the digit": (setting("images", "fives", "label", to=6), "select_images fives"),
    "which images of the digit": (
        setting("images", "fives", "choose", to="random"),
        "select_images fives",
    ),
    "from which part the digit": (
        setting("images", "fives", "part", to="test"),
        "select_images fives",
    ),
    "the images to learn from": (
        setting("images", "training", "count", to=900),
        "select_images training",
    ),
    "the images to test on": (
        setting("images", "test", "count", to=50),
        "select_images test",
    ),
    "the source of images": (of_mnist, "fetch_mnist, select_images"),
    "digits, in place of no MNIST": (setting("fallback", to="digits"), ""),
    "a cut more": (
        setting("graphs", "fives", "cuts", to=lambda cuts: [*cuts, "knn-5"]),
        "sparsify_graph knn-5, draw_figure5, read_digits, draw_explorer",
    ),
    "the order of cuts": (
        setting("graphs", "fives", "cuts", to=lambda cuts: [cuts[0], cuts[2], cuts[1]]),
        "draw_figure5, read_digits, draw_explorer",
    ),
    "two numbers of a network swapped": (
        swapped,
        "train_autoencoder half, train_replicas",
    ),
    "the bonds of all ensembles": (
        bonds_exchanged,
        "sample_ising half, sample_ising standard, solve_ising, draw_figure3",
    ),
    "the teleport of a lattice": (
        setting("graphs", "standard", "teleport", to=0.02),
        "walk_graph standard, draw_explorer",
    ),
    "a cut more of a lattice": (
        setting("graphs", "standard", "cuts", to=["at-0", "top-0.1"]),
        "sparsify_graph top-0.1, draw_explorer",
    ),
    "the teleport of the programme's lattice": (
        setting("graphs", "periodic", "teleport", to=0.02),
        "walk_graph periodic, draw_explorer",
    ),
}


# What is not shown in the summary, which every other edit reaches.
NOT_SHOWN = {"other mirrors", "a timeout", "retries", "mappings in another order"}


@pytest.mark.parametrize("edit", TABLE)
def test_an_edit_of_the_configuration_reruns_what_it_reaches(rerun, config, edit):
    change, roots = TABLE[edit]
    if edit not in NOT_SHOWN:
        roots = ", ".join(filter(None, (roots, "write_summary")))
    expected, seen = compare(rerun, config, {edit: (change, roots)}, edit)
    assert seen == expected
