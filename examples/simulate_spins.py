"""Simulate Ising spins on a honeycomb lattice, as an example of another program.

    python examples/simulate_spins.py spins

Writes 4,000 configurations into spins/honeycomb.npy, and the edges of the lattice into
spins/honeycomb.edges.
"""

import sys
from pathlib import Path

import numpy as np

ROWS, COLUMNS, BETA, COUNT, SWEEPS = 12, 12, 0.5, 4000, 200


def lattice():
    """List the edges: along each row, and between rows at every second site."""
    edges = []
    for row in range(ROWS):
        for column in range(COLUMNS):
            site = row * COLUMNS + column
            if column + 1 < COLUMNS:
                edges.append((site, site + 1))
            if row + 1 < ROWS and (row + column) % 2 == 0:
                edges.append((site, site + COLUMNS))
    return edges


def main(folder):
    """Run a Metropolis chain for each configuration, from a random start."""
    edges, random = lattice(), np.random.default_rng(1)
    adjacency = np.zeros((ROWS * COLUMNS, ROWS * COLUMNS), np.float32)
    for tail, head in edges:
        adjacency[tail, head] = adjacency[head, tail] = 1
    spins = random.choice(np.float32([-1, 1]), (COUNT, ROWS * COLUMNS))
    row, column = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    for _ in range(SWEEPS):
        for colour in (0, 1):  # no two sites of a colour are neighbours
            sites = np.flatnonzero((row + column) % 2 == colour)
            change = 2 * spins[:, sites] * (spins @ adjacency[:, sites])
            flip = random.random(change.shape) < np.exp(-BETA * change)
            spins[:, sites] = np.where(flip, -spins[:, sites], spins[:, sites])
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    spins = spins.reshape(COUNT, ROWS, COLUMNS).astype(np.int8)
    np.save(folder / "honeycomb.npy", spins)
    np.savetxt(folder / "honeycomb.edges", edges, fmt="%d")


if __name__ == "__main__":
    main(*sys.argv[1:])
