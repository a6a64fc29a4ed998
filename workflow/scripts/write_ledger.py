"""Judge every claim and write the ledger."""

from types import SimpleNamespace

from pixelwalk import ledger, storage
from pixelwalk.claims import paper, theory
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.networks import History, Reconstructions
from studies.autoencoder.kinds import Locality
from studies.digit.kinds import Fractions, Likeness, Reading, Steps
from studies.lattice.kinds import Recovery
from studies.linear import kinds as linear
from studies.matrices.kinds import Convolutions, Matrices
from studies.programme.kinds import FixedPoints, Networks, Optimum, Patterns

with stages.logged(snakemake):
    histories = [storage.read(p, History) for p in snakemake.input.histories]
    pictures = [
        storage.read(p, Reconstructions) for p in snakemake.input.reconstructions
    ]
    localities = [storage.read(p, Locality) for p in snakemake.input.localities]
    entries = paper.judge(
        dict(
            zip(
                snakemake.params.networks,
                zip(histories, pictures, localities, strict=True),
                strict=True,
            )
        ),
        [storage.read(path, Recovery) for path in snakemake.input.recoveries],
        storage.read(snakemake.input.likeness, Likeness),
        storage.read(snakemake.input.fractions, Fractions),
        storage.read(snakemake.input.reading, Reading),
        storage.read(snakemake.input.steps, Steps),
    )
    entries += theory.judge(
        storage.read(snakemake.input.convolutions, Convolutions),
        storage.read(snakemake.input.matrices, Matrices),
        [
            (storage.read(o, linear.Optimum), storage.read(t, linear.Training))
            for o, t in zip(
                snakemake.input.linear_optima,
                snakemake.input.linear_trainings,
                strict=True,
            )
        ],
        *(
            SimpleNamespace(
                networks=storage.read(networks, Networks),
                optimum=storage.read(optimum, Optimum),
                patterns=storage.read(patterns, Patterns),
            )
            for networks, optimum, patterns in zip(
                snakemake.input.programme_networks,
                snakemake.input.programme_optima,
                snakemake.input.patterns,
                strict=True,
            )
        ),
        storage.read(snakemake.input.fixed_points, FixedPoints),
    )
    entries = [entry | {"study": "paper"} for entry in entries]
    storage.write_text(snakemake.output.claims, ledger.to_json(entries))
    storage.write_text(snakemake.output.summary, ledger.to_markdown(entries))
