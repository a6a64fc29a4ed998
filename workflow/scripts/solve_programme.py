"""Solve for the best linear layer, and compare it with the matrix of the walk."""

from pixelwalk import storage
from pixelwalk.claims import chains, optimum
from pixelwalk.compute import seeds
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.graph import Graph, Stationary
from studies.programme.kinds import Networks, Optimum

with stages.logged(snakemake):
    settings, seed = snakemake.params.settings, snakemake.params.seed
    graph = storage.read(snakemake.input.graph, Graph)
    stationary = storage.read(snakemake.input.stationary, Stationary)
    networks = storage.read(snakemake.input.networks, Networks)
    label = storage.origin(graph.attributes)["settings"].get("label", "any")
    training, _ = storage.read_pixels(snakemake.input.images, label=label)
    test, _ = storage.read_pixels(snakemake.input.test, "test", label=label)
    found = optimum.study(
        training,
        test,
        stationary.distribution,
        chains.chain(graph.adjacency, snakemake.params.teleport),
        networks.matrices[0],
        sizes=settings["sizes"],
        draws=settings["draws"],
        repeats=settings["repeats"],
        stream=seeds.generator(seed, "one-step", snakemake.wildcards.name),
    )
    storage.write(
        snakemake.output.optimum,
        Optimum(**found),
        settings=settings | {"teleport": snakemake.params.teleport},
        source=networks.attributes,
        seed=seed,
        libraries=["scipy"],
    )
