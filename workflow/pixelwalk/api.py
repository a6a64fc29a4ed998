"""What notebooks call: the functions of the stages, from arrays to arrays."""

from pixelwalk import ising, seeds
from pixelwalk.exports import to_igraph, to_networkx
from pixelwalk.graph import sparsify
from pixelwalk.lattice import adjacency as lattice_graph
from pixelwalk.pairs import mean_image, pair_weights
from pixelwalk.walk import stationary_distribution, transition_matrix

__all__ = [
    "lattice_graph",
    "mean_image",
    "pair_weights",
    "sample_ising",
    "sparsify",
    "stationary_distribution",
    "to_igraph",
    "to_networkx",
    "transition_matrix",
]


def sample_ising(
    rows,
    columns,
    beta,
    count,
    *,
    boundary="free",
    bonds="standard",
    field=0.0,
    method="gibbs",
    sweeps=1000,
    seed=0,
):
    """Draw independent configurations of the Ising model.

    Parameters
    ----------
    rows, columns : int
        Size of the lattice.
    beta : float
        Inverse temperature; below 0, neighbours repel.
    count : int
        How many configurations, at least 0.
    boundary : {"free", "periodic"}
        Whether opposite edges are joined.
    bonds : {"standard", "half"}
        How a bond counts.
    field : float
        External field, in units of a bond.
    method : {"gibbs", "exact", "swendsen-wang"}
        How they are drawn.
    sweeps : int
        Sweeps of burn-in; for ``exact``, the most to go back into the past.
    seed : int
        0 to 2**32 - 1; equal seeds give equal configurations.

    Returns
    -------
    ndarray of int8, shape (count, rows, columns)
        Spins, -1 or +1.

    Raises
    ------
    ValueError
        If a value lies outside of its range.

    Examples
    --------
    In a field this strong all spins point along it:

    >>> import pixelwalk
    >>> pixelwalk.sample_ising(2, 2, beta=1.0, count=1, field=100.0)
    array([[[1, 1],
            [1, 1]]], dtype=int8)
    """
    model = ising.Model(rows, columns, ising.coupling(beta, bonds), boundary, field)
    packed, _ = ising.sample(
        count, model, method=method, sweeps=sweeps, seeds=seeds.seed_sequence(seed)
    )
    return ising.spins(packed)
