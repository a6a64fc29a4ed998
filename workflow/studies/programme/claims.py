"""Judge the programme at the end of section 11, which the paper proposes to others.

Runs are named `lattice` (over Ising samples) and `images`.
"""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.programme import claims_optimum, claims_patterns, claims_steps
from studies.programme.kinds import (
    Averages,
    Filters,
    FixedPoints,
    Networks,
    Optimum,
    Patterns,
)


def judge_all(networks, optima, patterns, averages, filters, fixed):
    """Judge every claim of the study.

    Parameters
    ----------
    networks, optima, patterns, averages, filters : dict of str to Kind
        Of the runs `lattice` and `images`, as `storage.read` gives them.
    fixed : FixedPoints

    Returns
    -------
    list of ledger.Claim
    """
    return [
        claims_patterns.judge_filters(filters),
        claims_steps.judge_step_bound(fixed),
        claims_steps.judge_low_loss(fixed),
        claims_optimum.judge_expected_loss(networks),
        claims_optimum.judge_rank_one(optima),
        claims_optimum.judge_training(optima),
        claims_optimum.judge_stochastic_matrix(optima),
        claims_patterns.judge_sparsity(averages),
        claims_patterns.judge_trained_weights(patterns),
        claims_patterns.judge_pseudo_likelihood(patterns["lattice"]),
    ]


def _by_run(paths, kind):
    """Read a file of the run over the lattice, and one of that over images."""
    names = "lattice", "images"
    return {n: storage.read(path, kind) for n, path in zip(names, paths, strict=True)}


if __name__ == "__main__":
    with stages.logged(snakemake):
        claims = judge_all(
            _by_run(snakemake.input.networks, Networks),
            _by_run(snakemake.input.optima, Optimum),
            _by_run(snakemake.input.patterns, Patterns),
            _by_run(snakemake.input.averages, Averages),
            _by_run(snakemake.input.filters, Filters),
            storage.read(snakemake.input.fixed, FixedPoints),
        )
        ledger.save(snakemake.output.claims, "programme", claims)
