"""Figures 9 to 11 show the numbers they get, and are saved with equal bytes."""

from types import SimpleNamespace

from pixelwalk.figures import style
from studies.programme.figure9 import draw_figure9
from studies.programme.figure10 import draw_figure10
from studies.programme.figure11 import draw_figure11

import numpy as np
import programmes
import pytest

KINDS = ("dense", "local", "convolution")


@pytest.fixture(scope="module")
def run():
    """A run over the small lattice, with more networks than were trained."""
    one = programmes.run()
    rows = [(k, a, s) for a in ("linear", "relu") for k in KINDS for s in (3, 5)]
    trained = one.networks
    trained.matrices = np.random.default_rng(5).normal(size=trained.matrices.shape)
    trained.kinds = [kind for kind, _, _ in rows] + ["dense"]
    trained.activations = [activation for _, activation, _ in rows] + ["linear"]
    trained.kernels = np.array([0 if k == "dense" else s for k, _, s in rows] + [0])
    trained.biases = np.array([0] * len(rows) + [1])
    trained.parameters = np.arange(10, 11 + len(rows))
    trained.test_loss = trained.training_loss = np.linspace(0.01, 0.9, len(rows) + 1)
    return one


@pytest.fixture(scope="module")
def figures(run):
    """All three, by name."""
    fixed = SimpleNamespace(
        digits=np.array([3, 8]),
        graphs=["images", "independent pixels"],
        image_labels=np.array([3, 8, 3]),
        distances=np.arange(12.0).reshape(2, 2, 3),
        losses=np.arange(12.0, 24).reshape(2, 2, 3),
        overlaps=np.linspace(0.1, 0.9, 12).reshape(2, 2, 3),
        ranks=np.linspace(-0.2, 0.2, 12).reshape(2, 2, 3),
    )
    grey = SimpleNamespace(**vars(run.patterns))
    for name in ("recovered", "missing", "false", "coupling_found", "coupling"):
        setattr(grey, name, np.nan * np.asarray(getattr(grey, name)))
    return {
        "figure9": draw_figure9(run, run, "grey"),
        "figure10": draw_figure10(run.patterns, grey, "grey"),
        "figure11": draw_figure11(run, run, fixed, "grey"),
    }


def panel(figure, title):
    return next(a for a in figure.axes if a.get_title().startswith(title))


def lines(axes):
    return {line.get_label(): line for line in axes.get_lines()}


def test_matrices_are_drawn_in_a_unit_of_their_own(figures, run):
    found = run.optimum
    matrices = {"matrix of the walk": found.chain, "closed form": found.closed_form}
    matrices |= {"trained": run.networks.matrices[0], "single steps": found.one_step}
    away = ["", *(f"{distance:.3f}" for distance in found.scaled_distances)]
    for (title, matrix), text in zip(matrices.items(), away, strict=True):
        axes = panel(figures["figure9"], title)
        drawn = np.asarray(axes.images[0].get_array())
        unit = np.linalg.norm(drawn) / np.linalg.norm(matrix)
        assert drawn == pytest.approx(unit * matrix)
        assert axes.images[0].get_clim() == (-1, 1)
        assert text in axes.get_title()


def test_spectra_are_shares_of_the_first(figures, run):
    drawn = lines(panel(figures["figure9"], "singular values"))
    chain = run.optimum.chain_singular_values
    assert drawn["matrix of the walk"].get_ydata() == pytest.approx(chain / chain[0])
    assert set(drawn) == {
        "matrix of the walk",
        "closed form",
        "trained",
        "single steps",
    }


def test_curves_are_those_of_the_patterns(figures, run):
    figure = figures["figure10"]
    shares = lines(panel(figure, "Ising samples"))
    assert "trained local" not in shares
    for row, kind in enumerate(run.patterns.kinds[:7]):
        expected = 100 * run.patterns.shares[row]
        np.testing.assert_array_equal(shares[kind].get_ydata(), expected)
    coupling = panel(figure, "coupling").get_lines()[0]
    assert coupling.get_ydata().tolist() == run.patterns.coupling_found.tolist()
    wrong = panel(figure, "wrong edges, of 12").get_lines()[0]
    assert wrong.get_ydata().tolist() == run.patterns.missing[:, 0].tolist()


def test_every_network_is_a_symbol(figures, run):
    axes = panel(figures["figure11"], "Ising samples")
    points = {
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes.get_lines()
        if len(line.get_xdata()) == 1
    }
    trained = run.networks
    assert points == set(zip(trained.parameters, trained.test_loss, strict=True))
    dotted = lines(axes)["closed form (dense, linear)"].get_ydata()
    assert set(dotted) == {float(run.optimum.test_loss)}
    assert sorted(text.get_text() for text in axes.texts).count("3×3") == 4


def test_losses_are_drawn_over_their_distance(figures):
    for graph, name in enumerate(("images", "independent pixels")):
        title = f"test images, walk on the graph of {name}\n"
        axes = panel(figures["figure11"], title)
        others, own = axes.collections
        # Of three images of each colour the first is drawn.
        assert others.get_offsets().tolist() == [[3 * graph + 1, 3 * graph + 13]]
        assert own.get_offsets().tolist() == [[3 * graph, 3 * graph + 12]]
        numbers = ("0.10 to 0.54", "-0.20 to 0.02"), ("0.32 to 0.75", "-0.09 to 0.13")
        assert all(text in axes.get_title() for text in numbers[graph])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("figure9", marks=pytest.mark.nightly),
        pytest.param("figure10", marks=pytest.mark.nightly),
        "figure11",
    ],
)
def test_figures_are_saved_with_equal_bytes(figures, tmp_path, name):
    saved = []
    for number in range(2):
        paths = [tmp_path / f"{number}.{suffix}" for suffix in ("svg", "png", "csv")]
        style.save(figures[name], *paths)
        saved.append([path.read_bytes() for path in paths])
    assert saved[0] == saved[1]
