"""Measure which pattern the weights have that are learned in each way."""

from pixelwalk import storage
from pixelwalk.claims import chains, patterns
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph, Stationary
from studies.programme.kinds import Networks, Patterns

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    weight = snakemake.params.weight
    graph = storage.read(snakemake.input.graph, Graph)
    stationary = storage.read(snakemake.input.stationary, Stationary)
    networks = storage.read(snakemake.input.networks, Networks)
    label = storage.origin(graph.attributes)["settings"].get("label", "any")
    images, source = storage.read_pixels(snakemake.input.images, label=label)
    found = patterns.study(
        patterns.task(images, source["settings"], weight, settings["edges"]),
        stationary.distribution,
        chains.chain(graph.adjacency, snakemake.params.teleport),
        patterns.trained_matrices(networks),
        weight=weight,
        sizes=settings["sizes"],
        regressed=settings["regressed"],
        batches=settings["batches"],
        stream=seeds.generator(seed, "patterns", snakemake.wildcards.name),
    )
    storage.write(
        snakemake.output.patterns,
        Patterns(**found),
        settings=settings
        | {"weight": weight, "teleport": snakemake.params.teleport}
        | {"images": source["settings"]},
        source=networks.attributes,
        seed=seed,
        libraries=["numba", "scikit-learn"],
    )
