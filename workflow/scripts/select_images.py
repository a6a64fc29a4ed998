"""Select the images of a set by their label."""

from pixelwalk import images, seeds, stages, storage

with stages.logged(snakemake.log[0]):
    settings = snakemake.params.settings
    pictures, labels, dataset = images.load(
        settings["source"], settings["part"], dict(snakemake.input.items())
    )
    chosen = images.select(
        labels,
        label=settings["label"],
        count=settings["count"],
        choose=settings["choose"],
        stream=seeds.generator(
            snakemake.params.seed, "images", snakemake.wildcards.name
        ),
    )
    storage.write(
        snakemake.output.images,
        "images",
        {"images": pictures[chosen], "labels": labels[chosen], "positions": chosen},
        settings=settings | {"dataset": dataset},
        seed=snakemake.params.seed,
        libraries=["scikit-learn"],
    )
