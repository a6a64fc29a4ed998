"""Fetch one of the four official MNIST files."""

from pathlib import Path

from pixelwalk import images, stages

# The mirrors are no params on purpose: the file is the same from all of them, so that
# a new list of mirrors reruns nothing.
mnist = snakemake.config["mnist"]

with stages.logged(snakemake.log[0]) as terminal:
    images.fetch(
        snakemake.wildcards.file,
        Path(snakemake.output.file).parent,
        mnist["mirrors"],
        timeout=mnist["timeout"],
        retries=mnist["retries"],
        terminal=terminal,
    )
