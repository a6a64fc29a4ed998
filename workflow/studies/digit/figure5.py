"""Figure 5: stationary distributions of sparser and sparser graphs."""

from pixelwalk import storage
from pixelwalk.figures import graphs, style
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Stationary


@style.plain
def draw_figure5(stationaries, fractions, cuts, dataset):
    """Draw the stationary distributions of sparser and sparser graphs.

    Parameters
    ----------
    stationaries : sequence of ndarray of float, shape (rows, columns)
        Probabilities, for each cut.
    fractions : sequence of float
        Share of the entries that each graph has.
    cuts : sequence of str
        Their names.
    dataset : str
        Name of the images.

    Returns
    -------
    matplotlib.figure.Figure
    """
    figure, panels = graphs.panels(len(cuts), style.literal(dataset))
    graphs.draw_distributions(panels, stationaries, fractions, cuts)
    return figure


if __name__ == "__main__":
    with stages.logged(snakemake):
        walks = [storage.read(path, Stationary) for path in snakemake.input.walks]
        figure = draw_figure5(
            [walk.distribution for walk in walks],
            [walk.active_fraction for walk in walks],
            snakemake.params.cuts,
            storage.describe_images(walks[0].attributes),
        )
        style.save(figure, **dict(snakemake.output.items()))
