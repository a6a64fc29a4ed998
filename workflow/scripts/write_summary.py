"""Write the summary: question, ledger, figures, configuration and versions."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from pixelwalk.pages import summary

with stages.logged(snakemake):
    figures = snakemake.params.figures
    pictures = zip(figures, snakemake.input.pictures, strict=True)
    page = summary.summary_page(
        ledger.read(snakemake.input.claims),
        [figure | {"picture": path} for figure, path in pictures],
        question=snakemake.params.question,
        config=snakemake.params.settings,
        versions=storage.versions(
            snakemake.input.evidence, "matplotlib", "docutils", "jinja2", "pillow"
        ),
        stand_ins=snakemake.params.stand_ins,
    )
    storage.write_text(snakemake.output.page, page)
