"""Draw figure 9: the matrix of the walk, and what is learned in its place."""

from pixelwalk import storage
from pixelwalk.figures import style
from pixelwalk.jobs import stages
from studies.programme import drawing
from studies.programme.drawing import COLOURS, MARKERS, TITLE

import numpy as np

# Percentile of the entries of a matrix at which the colours end. In the closed form the
# weights of pixels that are rarely on are so large that no others would be seen.
_CLIPPED, _CLOSED_FORM_CLIPPED = 99.5, 90


@style.plain
def draw_figure9(lattice, images, dataset):
    """Draw the matrix of the walk beside what is learned in its place.

    Parameters
    ----------
    lattice, images : drawing.Run
        Over Ising samples and over images.
    dataset : str
        Name of the images.

    Returns
    -------
    matplotlib.figure.Figure
    """
    dataset = style.literal(dataset)
    places = ("chain", "closed_form", "trained", "one_step")
    layout = [np.repeat([f"{of} {p}" for p in places], 3).tolist() for of in "ab"]
    below = ("a spectrum", "b spectrum", "rate")
    figure, axes = style.mosaic(
        [*layout, np.repeat(below, 4).tolist()], width=15, height=13
    )
    for of, run, name in (("a", lattice, "Ising samples"), ("b", images, dataset)):
        solved, trained = run.optimum, run.networks.matrices[0]
        matrices = (solved.chain, solved.closed_form, trained, solved.one_step)
        away = ["", *[f"distance {d:.3f}" for d in solved.scaled_distances]]
        titles = ("matrix of the walk", "closed form", "trained", "single steps")
        for place, matrix, title, far in zip(
            places, matrices, titles, away, strict=True
        ):
            panel = axes[f"{of} {place}"]
            clipped = _CLOSED_FORM_CLIPPED if place == "closed_form" else _CLIPPED
            drawn = _matrix(panel, matrix, f"{title}\n{far or name}", clipped)
        axes[f"{of} chain"].set_ylabel(f"{name}\nto pixel", fontsize=15)
        _spectra(axes[f"{of} spectrum"], solved, f"singular values, {name}")
    panels = [axes[f"{of} {place}"] for of in "ab" for place in places]
    bar = figure.colorbar(drawn, ax=panels, aspect=30)
    bar.set_label("entry, in a unit of each matrix's own", fontsize=15)
    bar.set_ticks([-1, 0, 1], labels=["−", "0", "+"])
    axes["a spectrum"].legend(fontsize=14, loc="lower left")
    _rates(axes["rate"], {"Ising samples": lattice.optimum, dataset: images.optimum})
    return figure


def _matrix(panel, matrix, title, clipped):
    largest = np.percentile(np.abs(matrix), clipped) or np.abs(matrix).max() or 1
    drawn = style.picture(
        panel,
        matrix / largest,
        title=title,
        cmap=style.DIFFERENCE,
        vmin=-1,
        vmax=1,
        interpolation="antialiased",
    )
    panel.set(xticks=[], yticks=[], xlabel="from pixel")
    return drawn


def _spectra(panel, run, title):
    spectra = {"matrix of the walk": run.chain_singular_values}
    spectra |= zip(run.names, run.singular_values, strict=True)
    order = np.arange(1, len(run.chain_singular_values) + 1)
    styles = ("-", "-", "-", "--")
    for number, (name, values) in enumerate(spectra.items()):
        shares = np.maximum(values / values[0], 1e-17)
        look = {"color": COLOURS[number], "linestyle": styles[number]}
        panel.loglog(order, shares, marker=".", label=name, linewidth=2, **look)
    panel.set_title(title, fontsize=TITLE)
    panel.set(xlabel="number of the singular value", ylabel="share of the first")
    panel.set_ylim(1e-4, 2)


def _rates(panel, runs):
    for number, (name, run) in enumerate(runs.items()):
        mean = run.one_step_distances.mean(axis=1)
        spread = run.one_step_distances.std(axis=1, ddof=1)
        error = spread / np.sqrt(run.one_step_distances.shape[1])
        label = f"{name}:\n{run.rate:.4f} ± {run.rate_error:.4f}".replace("-", "−")
        look = {"color": COLOURS[number], "marker": MARKERS[number]}
        panel.errorbar(run.draws, mean, error, linestyle="none", label=label, **look)
        line = mean[-1] * (run.draws / run.draws[-1]) ** -0.5
        panel.plot(run.draws, line, ":", color=COLOURS[number])
    panel.set(xscale="log", yscale="log", xlabel="single steps that are learned from")
    panel.set_ylabel("relative distance from the walk")
    panel.set_title("learning from single steps", fontsize=TITLE)
    panel.set_ylim(None, 300 * panel.get_ylim()[1])
    title = {"title": "power (dotted: −1/2)", "title_fontsize": 14}
    panel.legend(fontsize=14, loc="upper right", **title)


if __name__ == "__main__":
    with stages.logged(snakemake):
        runs = drawing.read_runs(snakemake.input.networks, snakemake.input.optima)
        dataset = storage.describe_digit(runs[1].networks.attributes)
        figure = draw_figure9(*runs, dataset)
        style.save(figure, **dict(snakemake.output.items()))
