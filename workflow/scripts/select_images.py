"""Select the images of a set by their label."""

from pixelwalk import images, sources, storage
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.images import Images

with stages.logged(snakemake):
    settings = snakemake.params.settings
    stream = seeds.generator(snakemake.params.seed, "images", snakemake.wildcards.name)
    # Downloaded files are inputs of the rule; the user's own files are not.
    files = dict(snakemake.input.items()) or sources.files_of(settings)
    selected = images.load(settings, files, stream=stream)
    storage.write(
        snakemake.output.images,
        Images(
            images=selected.images,
            labels=selected.labels,
            label_names=selected.label_names,
            positions=selected.positions,
        ),
        settings=settings | {"dataset": selected.dataset, "values": selected.values},
        seed=snakemake.params.seed,
        libraries=["pillow", "scikit-learn"],
    )
