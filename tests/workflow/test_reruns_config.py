"""What an edit of the configuration reruns: what it reaches, and nothing else. A table.

The summary shows the configuration, so that every row has it besides, but for a few.
What the small configuration has no use for is in the table of the transition.
"""

import pytest

from edits import (
    AFTER_WALKS,
    ALL,
    DIGIT,
    FIXED,
    LINEAR,
    NOTHING,
    OF_IMAGES,
    OF_TWO_ENSEMBLES,
    PROGRAMME,
    SUMMARY,
    TRAINED,
    compare,
    rules,
    setting,
    several,
    swapped,
    transition,
    turned_round,
)

# What follows from another one of what the small configuration has two or three of.
ENSEMBLE = rules(
    "sample_ising, average_pairs, sparsify_graph, walk_graph, train_autoencoder, "
    "measure_locality, measure_recovery, draw_figure3, draw_explorer, write_ledger"
)
MODEL = ENSEMBLE + rules("solve_ising")
LATTICE = rules(
    "average_pairs, sparsify_graph, walk_graph, draw_figure3, draw_explorer"
)
NETWORK = rules("train_autoencoder, measure_locality, draw_explorer, write_ledger")
FIRST_NETWORK = NETWORK + rules("draw_figure1, draw_figure2")
FIVES = AFTER_WALKS + rules(
    "average_pairs, sparsify_graph 3, walk_graph 3, draw_figure3, "
    "measure_fixed_points, draw_explorer"
)
FIVES_IMAGES = FIVES + LINEAR
FIVES_IMAGES += rules("select_images, measure_fractions")
POPULATION = FIXED + rules(
    "measure_likeness, measure_fractions, read_digits, write_ledger"
)
TESTED = FIXED + rules("read_digits, measure_steps, write_ledger")


def ensemble(key, to, expected):
    """Make the row of a setting of an ensemble."""
    return f"an ensemble's {key}", (setting("ising", "standard", key, to=to), expected)


def weight(key, to):
    """Make the row of a setting of the digit's graph."""
    return f"a graph's {key}", (setting("graphs", "fives", key, to=to), FIVES)


def network(key, to):
    """Make the row of a setting of a network that no figure shows."""
    change = setting("autoencoders", "standard", key, to=to)
    return f"a network's {key}", (change, NETWORK)


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
        ensemble("method", "gibbs", ENSEMBLE),
        ensemble("budget", 4096, ENSEMBLE),
        ensemble("training", 80, ENSEMBLE),
        ensemble("test", 30, ENSEMBLE),
        ensemble("sweeps", 30, NOTHING),  # exact samples do not use them
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
    "the seed": (setting("seed", to=8), ALL - rules("solve_ising 2")),
    "other mirrors": (setting("mnist", "mirrors", to=["http://127.0.0.1:1/"]), NOTHING),
    "a timeout": (setting("mnist", "timeout", to=9), NOTHING),
    "retries": (setting("mnist", "retries", to=1), NOTHING),
    "mappings in another order": (turned_round, NOTHING),
    "an ensemble in shards": (
        setting("ising", "standard", "shards", to=3),
        rules(
            "sample_shard 3, join_samples, average_pairs, sparsify_graph, walk_graph, "
            "train_autoencoder, measure_locality, measure_recovery, draw_figure3, "
            "draw_explorer, write_ledger"
        ),
    ),
    "a graph in shards": (
        setting("graphs", "fives", "shards", to=2),
        AFTER_WALKS
        + rules("sum_pairs 2, join_sums, sparsify_graph 3, walk_graph 3, draw_figure3")
        + rules("draw_explorer"),
    ),
    "a transition": (
        transition,
        rules(
            "sample_shard 4, join_samples 2, sum_pairs 6, join_sums 2, "
            "sparsify_graph 2, walk_graph 2, measure_transition 2, draw_transition, "
            "draw_explorer"
        ),
    ),
    "another ensemble": (
        setting(
            "ising", "another", to={"rows": 3, "columns": 3, "beta": 0.3, "training": 5}
        ),
        rules("sample_ising"),
    ),
    "another graph": (
        setting(
            "graphs",
            "another",
            to={"ising": "half", "kind": "product", "cuts": ["at-0", "knn-2"]},
        ),
        rules("average_pairs, sparsify_graph 2, walk_graph 2, draw_explorer"),
    ),
    "another network": (
        setting("autoencoders", "another", to={"ising": "half", "epochs": 1}),
        rules("train_autoencoder, draw_explorer"),
    ),
    "another image set": (
        setting("images", "sevens", to={"source": "digits", "label": 7}),
        rules("select_images"),
    ),
    "how many images of the digit": (
        setting("images", "fives", "count", to=30),
        FIVES_IMAGES,
    ),
    "the digit": (setting("images", "fives", "label", to=6), FIVES_IMAGES),
    "which images of the digit": (
        setting("images", "fives", "choose", to="random"),
        FIVES_IMAGES,
    ),
    "from which part the digit": (
        setting("images", "fives", "part", to="test"),
        FIVES_IMAGES,
    ),
    "the images to learn from": (
        setting("images", "training", "count", to=900),
        (POPULATION | PROGRAMME) + rules("select_images"),
    ),
    "the images to test on": (
        setting("images", "test", "count", to=50),
        (TESTED | PROGRAMME) + rules("select_images"),
    ),
    "the source of images": (of_mnist, OF_IMAGES + rules("fetch_mnist 4")),
    "digits, in place of no MNIST": (setting("fallback", to="digits"), NOTHING),
    "the teleport": (
        setting("graphs", "fives", "teleport", to=0.02),
        AFTER_WALKS + rules("walk_graph 3, measure_fixed_points, draw_explorer"),
    ),
    "a cut more": (
        setting("graphs", "fives", "cuts", to=lambda cuts: [*cuts, "knn-5"]),
        rules("sparsify_graph, walk_graph, draw_figure5, read_digits, draw_explorer")
        + rules("write_ledger"),
    ),
    "the order of cuts": (
        setting("graphs", "fives", "cuts", to=lambda cuts: [cuts[0], cuts[2], cuts[1]]),
        rules("draw_figure5, read_digits, draw_explorer, write_ledger"),
    ),
    "two numbers of a network swapped": (
        swapped,
        FIRST_NETWORK,
    ),
    "the bonds of all ensembles": (bonds_exchanged, OF_TWO_ENSEMBLES),
    "the teleport of a lattice": (
        setting("graphs", "standard", "teleport", to=0.02),
        rules("walk_graph, draw_explorer"),
    ),
    "a cut more of a lattice": (
        setting("graphs", "standard", "cuts", to=["at-0", "top-0.1"]),
        rules("sparsify_graph, walk_graph, draw_explorer"),
    ),
    "an ensemble's graph": (
        setting("graphs", "standard", "square", to=True),
        LATTICE,
    ),
    "the first network": (
        setting("autoencoders", "half", "epochs", to=3),
        FIRST_NETWORK,
    ),
    "one network more for the claims": (
        several(
            setting("autoencoders", "again", to={"ising": "half", "epochs": 1}),
            setting("paper", "autoencoders", "half", to=["half", "again"]),
        ),
        NETWORK,
    ),
    "one before the first network": (
        several(
            setting("autoencoders", "again", to={"ising": "half", "epochs": 1}),
            setting("paper", "autoencoders", "half", to=["again", "half"]),
        ),
        FIRST_NETWORK,
    ),
    "another lattice to show": (
        several(
            setting("graphs", "again", to={"ising": "half", "kind": "product"}),
            setting("paper", "lattices", "half", to="again"),
        ),
        LATTICE,
    ),
    "another ensemble to recover": (
        several(
            setting(
                "ising",
                "again",
                to={
                    "rows": 3,
                    "columns": 3,
                    "beta": 0.3,
                    "bonds": "half",
                    "training": 60,
                },
            ),
            setting("paper", "recovery", "half", to="again"),
        ),
        rules("sample_ising, solve_ising, measure_recovery, write_ledger"),
    ),
    "another graph of the digit": (
        several(
            setting("graphs", "again", to={"images": "fives", "kind": "product"}),
            setting("paper", "digit", to="again"),
        ),
        DIGIT
        + FIXED
        + rules("average_pairs, sparsify_graph, walk_graph, draw_figure3")
        + rules("draw_explorer"),
    ),
    "another population": (setting("paper", "population", to="test"), POPULATION),
    "another test": (setting("paper", "test", to="training"), TESTED),
    "population and test exchanged": (
        several(
            setting("paper", "population", to="test"),
            setting("paper", "test", to="training"),
        ),
        POPULATION + rules("measure_steps"),
    ),
    "sizes of matrices": (
        setting("matrices", "small", "sizes", to=[16, 24, 32, 64]),
        rules("measure_matrices, draw_figure6, judge_matrices, write_ledger"),
    ),
    "side of the filters": (
        setting("matrices", "small", "filter", to=3),
        rules("check_convolution, measure_matrices, draw_figure6, judge_matrices")
        + rules("write_ledger"),
    ),
    "another target of a linear network": (
        setting("linear", "fives", "target", to="mean"),
        LINEAR + rules("write_ledger"),
    ),
    "steps of a linear network": (
        setting("linear", "spins", "steps", to=60),
        rules("train_linear, draw_figure7, draw_figure8, judge_linear, write_ledger"),
    ),
    "noise of a linear network": (
        setting("linear", "spins", "noise", to=[0, 0.2]),
        rules("solve_linear, draw_figure7, draw_figure8, judge_linear, write_ledger"),
    ),
    "the order of linear networks": (
        setting("paper", "linear", to=["spins", "fives"]),
        rules("draw_figure7, draw_figure8, judge_linear, write_ledger"),
    ),
    "epochs of the programme": (
        setting("programme", "fives", "epochs", to=3),
        PROGRAMME + rules("write_ledger"),
    ),
    "draws of the programme": (
        setting("programme", "fives", "draws", to=[100, 1000]),
        rules("solve_programme, draw_figure9, draw_figure11, write_ledger"),
    ),
    "batches of the programme": (
        setting("programme", "periodic", "batches", to=1),
        rules("measure_patterns, draw_figure10, write_ledger"),
    ),
    "the teleport of the programme's lattice": (
        setting("graphs", "periodic", "teleport", to=0.02),
        PROGRAMME + rules("walk_graph, draw_explorer, write_ledger"),
    ),
    "another run of the programme": (
        setting(
            "programme",
            "again",
            to={"graph": "periodic", "kernels": [3], "sizes": [10]},
        ),
        TRAINED,
    ),
    "permutations": (
        setting("paper", "permutations", to=100),
        rules("measure_locality 2, draw_figure2, write_ledger"),
    ),
    "random choices": (
        setting("paper", "choices", to=21),
        rules("measure_likeness, measure_fractions, write_ledger"),
    ),
    "sizes of the recovery": (
        setting("paper", "recovery", "sizes", to=[20, 40]),
        rules("measure_recovery 2, write_ledger"),
    ),
}


# What is not shown in the summary, which every other edit reaches.
NOT_SHOWN = {"other mirrors", "a timeout", "retries", "mappings in another order"}


@pytest.mark.parametrize("edit", TABLE)
def test_an_edit_of_the_configuration_reruns_what_it_reaches(rerun, config, edit):
    expected, seen = compare(rerun, config, TABLE, edit)
    assert seen == (expected if edit in NOT_SHOWN else expected | SUMMARY)
