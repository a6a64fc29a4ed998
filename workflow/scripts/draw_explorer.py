"""Write the explorer, a page on which each graph can be cut at any level."""

from pixelwalk import storage
from pixelwalk.jobs import stages
from pixelwalk.pages import explorer
from pixelwalk.storage.kinds.networks import Reconstructions
from pixelwalk.storage.kinds.pairs import Weights

with stages.logged(snakemake):
    names, networks = snakemake.params.settings, snakemake.params.networks
    # Read one at a time, since all together may exceed the memory.
    weights = (storage.read(path, Weights) for path in snakemake.input.weights)
    trained = [
        storage.read(path, Reconstructions) for path in snakemake.input.reconstructions
    ]
    page = explorer.explorer_page(
        zip(names, weights, strict=True),
        dict(zip(networks, [network.fields for network in trained], strict=True)),
        snakemake.params.settings,
        first=snakemake.params.first,
        left_out=snakemake.params.left_out,
    )
    storage.write_text(snakemake.output.page, page)
