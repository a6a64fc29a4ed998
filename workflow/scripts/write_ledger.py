"""Judge every claim and write the ledger."""

from types import SimpleNamespace

from pixelwalk import stages, storage
from pixelwalk.claims import ledger, paper, theory

with stages.logged(snakemake):
    histories = [storage.read(p, "history") for p in snakemake.input.histories]
    pictures = [
        storage.read(p, "reconstructions") for p in snakemake.input.reconstructions
    ]
    localities = [storage.read(p, "locality") for p in snakemake.input.localities]
    entries = paper.judge(
        dict(
            zip(
                snakemake.params.networks,
                zip(histories, pictures, localities, strict=True),
                strict=True,
            )
        ),
        [storage.read(path, "recovery") for path in snakemake.input.recoveries],
        storage.read(snakemake.input.likeness, "likeness"),
        storage.read(snakemake.input.fractions, "fractions"),
        storage.read(snakemake.input.reading, "reading"),
        storage.read(snakemake.input.steps, "steps"),
    )
    entries += theory.judge(
        storage.read(snakemake.input.convolutions, "convolutions"),
        storage.read(snakemake.input.matrices, "matrices"),
        [
            (storage.read(o, "linear-optimum"), storage.read(t, "linear-training"))
            for o, t in zip(
                snakemake.input.linear_optima,
                snakemake.input.linear_trainings,
                strict=True,
            )
        ],
        *(
            SimpleNamespace(
                networks=storage.read(networks, "programme-networks"),
                optimum=storage.read(optimum, "programme-optimum"),
                patterns=storage.read(patterns, "patterns"),
            )
            for networks, optimum, patterns in zip(
                snakemake.input.programme_networks,
                snakemake.input.programme_optima,
                snakemake.input.patterns,
                strict=True,
            )
        ),
        storage.read(snakemake.input.fixed_points, "fixed-points"),
    )
    storage.write_text(snakemake.output.claims, ledger.to_json(entries))
    storage.write_text(snakemake.output.summary, ledger.to_markdown(entries))
