"""Solve the heat-bath (Glauber) dynamics of a small lattice exactly (section 11).

In one update of site i its spin takes the mean tanh(K (h_i + field)), where h_i is the
sum of its neighbours and K the coupling. The best linear prediction of all spins one
update ahead is C(1) C(0)^-1, with C(0) the covariances of the spins and C(1) those of
the updated spins with the spins before (Glauber, J. Math. Phys. 4, 294, 1963). This is
the matrix of the process that generates the samples, with pixels as its states.
"""

from pixelwalk import storage
from pixelwalk.ising.model import Model
from pixelwalk.ising.theory import enumeration
from pixelwalk.jobs import stages
from pixelwalk.storage.kinds.ising import Exact
from studies.lattice.kinds import Glauber

import numpy as np
from scipy import linalg, special

#: Longest side of the small lattice; all of its states are added up.
SIDE = 4


def solve_glauber(model):
    """Return the exact matrices of updates and of averaged pair weights.

    Parameters
    ----------
    model : Model
        At most 16 sites.

    Returns
    -------
    Glauber
        Where the covariances are singular, `updates` is by their pseudo-inverse.
    """
    states = enumeration.spin_states(model.sites)
    chances = special.softmax(
        -model.coupling * model.energy(states.reshape(-1, model.rows, model.columns))
    )
    heads = states @ model.adjacency + model.field
    updated = np.tanh(model.coupling * heads)
    mean = chances @ states
    correlations = (states.T * chances) @ states
    ahead = (updated.T * chances) @ states - np.outer(mean, mean)
    before = correlations - np.outer(mean, mean)
    return Glauber(
        shape=np.array([model.rows, model.columns]),
        updates=ahead @ linalg.pinvh(before),
        averaged=(1 + correlations) / 2,
    )


if __name__ == "__main__":
    with stages.logged(snakemake):
        exact = storage.read(snakemake.input.exact, Exact)
        settings = dict(exact.attributes["settings"])
        for side in ("rows", "columns"):
            settings[side] = min(settings[side], SIDE)
        storage.write(
            snakemake.output.glauber,
            solve_glauber(Model.of(settings)),
            settings={"rows": settings["rows"], "columns": settings["columns"]},
            source=exact.attributes,
            libraries=["scipy"],
        )
