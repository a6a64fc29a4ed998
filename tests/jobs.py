"""Jobs as scripts get them of Snakemake, as far as the library looks at them."""

from types import SimpleNamespace


def job(log="stage.log", *, params=None, inputs=None, output=()):
    """Make a job with a log; params and inputs are given by name."""
    return SimpleNamespace(
        log=[log], params=params or {}, input=inputs or {}, output=output
    )
