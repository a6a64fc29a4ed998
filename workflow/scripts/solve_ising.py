"""Solve an Ising model exactly."""

from pixelwalk import ising, stages, storage, theory

with stages.logged(snakemake.log[0]):
    settings = snakemake.params.settings
    model = ising.Model.of(settings)
    solved = theory.solve(
        model.rows,
        model.columns,
        model.coupling,
        boundary=model.boundary,
        field=model.field,
    )
    storage.write(
        snakemake.output.exact,
        "exact",
        solved,
        settings=settings,
        libraries=["scipy"],
    )
