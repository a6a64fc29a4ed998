"""Judge whether averaging Ising samples recovers their lattice (section 11)."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.lattice.kinds import Recovery

import numpy as np


def judge_recovery(recoveries):
    """Judge whether averaging Ising samples recovers the lattice.

    Parameters
    ----------
    recoveries : sequence of Recovery
        One for each way of counting bonds.

    Returns
    -------
    Claim
    """
    least = 0.99
    unordered = {_bonds(one): one for one in recoveries}
    by_bonds = {bonds: unordered[bonds] for bonds in ledger.BONDS}
    off = {bonds: float(one.off_lattice[-1]) for bonds, one in by_bonds.items()}
    away = {bonds: float(one.deviation[-1]) for bonds, one in by_bonds.items()}
    # The lower of the two, where the second is known.
    scores = [
        np.fmin(one.precision[-1], one.exact_precision) for one in by_bonds.values()
    ]
    measured = {
        bonds: _precision_by_size(one)
        | {
            "exact correlations": float(one.exact_precision),
            "standard errors from the exact correlations": away[bonds],
            "weight off the lattice": off[bonds],
        }
        for bonds, one in by_bonds.items()
    }
    return ledger.claim(
        "ising-adjacency",
        "11, figure 3",
        "The matrix of pair weights averaged over Ising samples tends to one that "
        "singles out the edges of the lattice, its adjacency matrix.",
        None,
        measured,
        "supported if the area under the precision-recall curve for the lattice's "
        f"edges is at least {least} at the largest number of samples, and for the "
        "exact correlations of the spins if they are known, under at least one way of "
        "counting bonds; else refuted",
        ledger.supported(bool(max(scores) >= least)),
        "The claim is judged by the order of the weights only: "
        f"{off['half']:.1%} (half) and {off['standard']:.1%} (standard) of the weight "
        "join sites that are no neighbours. The weights of the largest number of "
        f"samples lie {away['half']:.2f} and {away['standard']:.2f} standard errors "
        "from their exact limit (root mean square; 1 is expected).",
        evidence=recoveries,
        figures=["figure3"],
    )


def _bonds(recovery):
    """Give the way in which bonds count for the samples."""
    return storage.origin(recovery.attributes)["settings"]["bonds"]


def _precision_by_size(recovery):
    """Give the average precision and its standard error for each number of samples."""
    columns = (recovery.sizes, recovery.precision, recovery.error)
    return {
        f"{size} samples": {
            "value": value,
            "standard_error": error if np.isfinite(error) else None,
        }
        for size, value, error in zip(
            *(column.tolist() for column in columns), strict=True
        )
    }


if __name__ == "__main__":
    with stages.logged(snakemake):
        recoveries = [storage.read(p, Recovery) for p in snakemake.input.recoveries]
        ledger.save(snakemake.output.claims, "lattice", [judge_recovery(recoveries)])
