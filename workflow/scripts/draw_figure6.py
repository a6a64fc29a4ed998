"""Draw figure 6: convolutions and lattices as matrices, and what becomes of these."""

from pixelwalk import storage
from pixelwalk.figures import matrices, style
from pixelwalk.jobs import stages
from studies.matrices.kinds import Matrices

with stages.logged(snakemake):
    found = storage.read(snakemake.input.matrices, Matrices)
    style.save(matrices.figure6(found), **dict(snakemake.output.items()))
