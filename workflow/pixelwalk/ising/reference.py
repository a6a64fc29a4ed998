"""Exact energies and correlations of a model, where they are known."""

import numpy as np

from pixelwalk.ising import theory


def exact_energy(model):
    """Return the exact mean energy of a configuration, in units of a bond.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        On a rectangular lattice that `theory.exact_energy` supports, or with at most
        16 sites.

    Returns
    -------
    float or None
        None if no exact value is known.
    """
    if model.plain:
        return theory.exact_energy(*_size(model), **_conditions(model))
    solved = theory.solve_graph(model.adjacency, model.coupling, model.field)
    return solved and solved["energy"]


def solve(model):
    """Return the exact energy and correlations of a model.

    Parameters
    ----------
    model : pixelwalk.ising.model.Model
        As for `exact_energy`.

    Returns
    -------
    dict
        `energy`, per site, nan if unknown, and `correlations`, shape (N, N), or (0, 0)
        if unknown.
    """
    if model.plain:
        return theory.solve(*_size(model), **_conditions(model))
    solved = theory.solve_graph(model.adjacency, model.coupling, model.field)
    if solved is None:
        return {"energy": np.nan, "correlations": np.empty((0, 0))}
    return solved | {"energy": solved["energy"] / model.sites}


def _size(model):
    return model.rows, model.columns, model.coupling


def _conditions(model):
    return {"boundary": model.boundary, "field": model.field}
