"""Select the images of a set by their label."""

from pixelwalk import images, seeds, stages, storage

with stages.logged(snakemake.log[0]):
    settings = snakemake.params.settings
    pictures, labels, names, dataset = images.load(
        settings, dict(snakemake.input.items())
    )
    chosen = images.select(
        labels,
        label=settings["label"],
        count=settings["count"],
        choose=settings["choose"],
        names=names,
        within=settings["range"],
        stream=seeds.generator(
            snakemake.params.seed, "images", snakemake.wildcards.name
        ),
    )
    storage.write(
        snakemake.output.images,
        "images",
        {
            "images": pictures[chosen],
            "labels": labels[chosen],
            "label_names": names,
            "positions": chosen,
        },
        settings=settings | {"dataset": dataset},
        seed=snakemake.params.seed,
        libraries=["pillow", "scikit-learn"],
    )
