"""Draw figure 6: convolutions and lattices as matrices, and what becomes of these."""

from pixelwalk import stages, storage
from pixelwalk.figures import matrices, style

with stages.logged(snakemake):
    found = storage.read(snakemake.input.matrices, "matrices")
    style.save(matrices.figure6(found), **dict(snakemake.output.items()))
