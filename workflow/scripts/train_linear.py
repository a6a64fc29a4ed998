"""Train linear networks on all shifts of an image, to give those of another."""

from pixelwalk import storage
from pixelwalk.claims import training
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.matrices import sources
from studies.linear.kinds import Training

with stages.logged(snakemake):
    from pixelwalk.networks import backend, linear

    settings, seed = snakemake.params.settings, snakemake.params.seed
    pixels, source = storage.read_pixels(snakemake.input.images)
    backend.prepare(snakemake.threads)
    found = training.measure(
        *sources.pair(pixels, settings),
        settings,
        seeds.generator(seed, "linear", snakemake.wildcards.name, "weights"),
        linear.train,
    )
    storage.write(
        snakemake.output.training,
        Training(**found),
        settings=settings,
        source=source,
        seed=seed,
        libraries=["scipy", "keras", "tensorflow"],
    )
