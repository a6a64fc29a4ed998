"""Select the images of a set by their label."""

from pixelwalk import images, seeds, sources, stages, storage

with stages.logged(snakemake):
    settings = snakemake.params.settings
    stream = seeds.generator(snakemake.params.seed, "images", snakemake.wildcards.name)
    selected = images.load(settings, sources.files_of(settings), stream=stream)
    storage.write(
        snakemake.output.images,
        "images",
        {
            "images": selected.images,
            "labels": selected.labels,
            "label_names": selected.label_names,
            "positions": selected.positions,
        },
        settings=settings | {"dataset": selected.dataset, "values": selected.values},
        seed=snakemake.params.seed,
        libraries=["pillow", "scikit-learn"],
    )
