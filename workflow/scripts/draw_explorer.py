"""Draw the explorer: every graph, under ever sharper cuts, as a page for a browser."""

from pixelwalk import storage
from pixelwalk.jobs import stages
from pixelwalk.pages import explorer
from pixelwalk.storage.kinds.networks import Reconstructions
from pixelwalk.storage.kinds.pairs import Weights

with stages.logged(snakemake):
    names, networks = snakemake.params.settings, snakemake.params.networks
    # One at a time: all of them together may be too large to hold.
    averaged = (storage.read(path, Weights) for path in snakemake.input.weights)
    trained = [
        storage.read(path, Reconstructions) for path in snakemake.input.reconstructions
    ]
    page = explorer.explorer_page(
        zip(names, averaged, strict=True),
        dict(zip(networks, [made.fields for made in trained], strict=True)),
        snakemake.params.settings,
        first=snakemake.params.first,
        left_out=snakemake.params.left_out,
    )
    storage.write_text(snakemake.output.page, page)
