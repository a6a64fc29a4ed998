"""Heat-bath sampling of the Ising model on a periodic lattice, E = -sum s s'."""

from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

from pixelwalk.ising import lattice


def bonds(side, kind="rectangular"):
    """Pairs of neighbouring sites: int64, shape (2 or 3 side^2, 2), each bond once."""
    sites = np.arange(side * side).reshape(side, side)
    right, below = np.roll(sites, -1, axis=1), np.roll(sites, -1, axis=0)
    beside = [right, below]
    if kind == "triangular":
        beside.append(np.roll(right, -1, axis=0))
    pairs = [np.stack([sites, other], axis=-1) for other in beside]
    return np.concatenate(pairs).reshape(-1, 2)


def energy_per_site(spins, kind="rectangular"):
    """Mean energy per site of spins, -1 or +1, shape (n, sites)."""
    ends = bonds(int(np.sqrt(spins.shape[1])), kind)
    first, second = (spins[:, end].astype(np.int8) for end in ends.T)
    return float(-np.mean(np.sum(first * second, axis=1)) / spins.shape[1])


def thrml(side, coupling, chains, sweeps):
    """Make a sampler of thrml: two-colour block Gibbs, chains by vmap, one jit.

    Parameters
    ----------
    side : int
        Of the lattice; even, so that two colours suffice.
    coupling : float
        Inverse temperature times the energy of a bond.
    chains, sweeps : int
        Chains, each from a random start, and sweeps of each.

    Returns
    -------
    callable
        Draws; returns spins as int8, shape (chains, sites).
    """
    import jax
    import jax.numpy as jnp
    from thrml import Block, SamplingSchedule, SpinNode, sample_states
    from thrml.models import IsingEBM, IsingSamplingProgram, hinton_init

    nodes = [SpinNode() for _ in range(side * side)]
    edges = [(nodes[i], nodes[j]) for i, j in bonds(side).tolist()]
    model = IsingEBM(
        nodes,
        edges,
        jnp.zeros(len(nodes)),
        jnp.ones(len(edges)),
        jnp.array(coupling),
    )
    colour = np.indices((side, side)).sum(axis=0).ravel() % 2
    blocks = [
        Block([node for node, own in zip(nodes, colour, strict=True) if own == one])
        for one in (0, 1)
    ]
    program = IsingSamplingProgram(model, blocks, clamped_blocks=[])
    schedule = SamplingSchedule(n_warmup=sweeps, n_samples=1, steps_per_sample=1)

    @jax.jit
    def draw(key):
        start_key, run_key = jax.random.split(key)
        starts = hinton_init(start_key, model, blocks, (chains,))
        return jax.vmap(
            lambda one, start: sample_states(
                one, program, schedule, start, [], [Block(nodes)]
            )
        )(jax.random.split(run_key, chains), starts)

    keys = iter(jax.random.split(jax.random.key(1), 10_000))

    def run():
        states = jax.block_until_ready(draw(next(keys)))[0]
        return 2 * np.asarray(states).reshape(chains, -1).astype(np.int8) - 1

    return run


def dwave(side, coupling, chains, sweeps, threads, kind="rectangular"):
    """Make a sampler of dwave-samplers: its annealer held at one temperature.

    It accepts by the Gibbs criterion, in the order of the sites. It uses one thread,
    so the chains are divided among as many calls as there are threads.

    Parameters
    ----------
    side, coupling, chains, sweeps
        As for `thrml`; any side.
    threads : int
        Threads to use.
    kind : {"rectangular", "triangular"}
        Of the lattice.

    Returns
    -------
    callable
        Draws; returns spins as int8, shape (chains, sites).
    """
    import dimod
    from dwave.samplers import SimulatedAnnealingSampler

    sampler = SimulatedAnnealingSampler()
    couplings = {(i, j): -1.0 for i, j in bonds(side, kind).tolist()}
    fields = dict.fromkeys(range(side * side), 0.0)
    model = dimod.BinaryQuadraticModel.from_ising(fields, couplings)
    shares = [len(part) for part in np.array_split(np.arange(chains), threads)]
    seeds = np.random.default_rng(1)

    def draw(reads):
        found = sampler.sample(
            model,
            num_reads=reads,
            beta_schedule_type="custom",
            beta_schedule=[coupling],
            num_sweeps_per_beta=sweeps,
            proposal_acceptance_criteria="Gibbs",
            seed=int(seeds.integers(2**31)),
        )
        return dimod.as_samples(found)[0]

    def run():
        with ThreadPoolExecutor(threads) as pool:
            return np.concatenate(list(pool.map(draw, filter(None, shares))))

    return run


def plain_loop(side, coupling, chains, sweeps, threads, kind="rectangular"):
    """Make a sampler as one writes it by hand: a loop over sites, compiled by numba.

    Parameters
    ----------
    side, coupling, chains, sweeps, threads, kind
        As for `dwave`.

    Returns
    -------
    callable
        Draws; returns spins as int8, shape (chains, sites).
    """
    adjacency = lattice.adjacency(side, side, "periodic", kind)
    around = adjacency.indices.reshape(side * side, -1).astype(np.int64)
    sums = np.arange(-float(around.shape[1]), around.shape[1] + 1)
    chances = 1 / (1 + np.exp(-2 * coupling * sums))
    spins = np.empty((chains, side * side), np.int8)
    parts = np.array_split(spins, threads)
    streams = [np.random.default_rng(number) for number in range(threads)]

    def run():
        with ThreadPoolExecutor(threads) as pool:
            list(
                pool.map(
                    lambda part, stream: _sweep(part, around, chances, sweeps, stream),
                    parts,
                    streams,
                )
            )
        return spins

    return run


@numba.njit(nogil=True)
def _sweep(spins, around, chances, sweeps, stream):
    for state in spins:
        for site in range(len(state)):
            state[site] = 1 if stream.random() < 0.5 else -1
        for _ in range(sweeps):
            for site in range(len(state)):
                field = around.shape[1]
                for side in range(around.shape[1]):
                    field += state[around[site, side]]
                state[site] = 1 if stream.random() < chances[field] else -1
