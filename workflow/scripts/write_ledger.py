"""Judge every claim and write the ledger."""

from pixelwalk import stages, storage
from pixelwalk.claims import ledger, paper

with stages.logged(snakemake.log[0]):
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
    storage.write_text(snakemake.output.claims, ledger.to_json(entries))
    storage.write_text(snakemake.output.summary, ledger.to_markdown(entries))
    storage.write_text(snakemake.output.page, ledger.to_html(entries))
