"""Judge whether averaging Ising samples recovers their lattice (section 11)."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.lattice.kinds import LEVEL, Glauber, Recovery

import numpy as np

#: Least area under the precision-recall curve at which the edges count as recovered.
PRECISION = 0.99

#: Largest share of pairs above `LEVEL` in a matrix that counts as sparse.
SPARSE = 0.1

#: Largest relative distance at which one matrix counts as another.
NEAR = 0.1

# The paper does not say which of the two it used.
_EITHER = "under at least one way of counting bonds"
_NULL = "after each site's spins are permuted over the samples"


def judge_adjacency(recoveries):
    """Judge whether the edges of the lattice are the heaviest pairs.

    Parameters
    ----------
    recoveries : sequence of Recovery
        One for each way of counting bonds.

    Returns
    -------
    Claim
    """
    measured, null, decisions = {}, {}, []
    for bonds, one in _by_bonds(recoveries).items():
        exact = float(one.exact_precision)
        largest, permuted, gain = _compare(one.precision_by_batch)
        limits = [] if np.isnan(exact) else [exact >= PRECISION]
        decisions.append(
            ledger.every(
                [
                    ledger.above(_ends(largest), PRECISION),
                    ledger.above(_ends(gain), 0),
                    *limits,
                ]
            )
        )
        measured[bonds] = _precision_by_size(one) | {
            f"{one.sizes[-1]} samples": largest,
            "exact correlations": exact,
            "standard errors from the exact correlations": float(one.deviation[-1]),
            "weight off the lattice": float(one.off_lattice[-1]),
        }
        null[bonds] = permuted
    return ledger.claim(
        "ising-adjacency",
        "11, figure 3",
        "In the matrix of pair weights averaged over Ising samples, the edges of the "
        "lattice are the heaviest pairs. (This is the order of the weights alone, the "
        "weakest sense in which the matrix tends to the adjacency matrix.)",
        None,
        measured,
        f"supported if {_EITHER} the area under the precision-recall curve for the "
        f"lattice's edges is above {PRECISION} at the largest number of samples (95 % "
        f"interval over batches), at least {PRECISION} for the exact correlations if "
        f"they are known, and larger than {_NULL}; else refuted, or undecided if an "
        "interval includes a threshold",
        ledger.supported(ledger.some(decisions)),
        _of_samples(recoveries),
        null=null,
        evidence=recoveries,
        figures=["figure3"],
    )


def judge_sparse(recoveries):
    """Judge whether the averaged matrix is sparse; arguments as `judge_adjacency`."""
    measured, null, decisions = {}, {}, []
    for bonds, one in _by_bonds(recoveries).items():
        largest, permuted, gain = _compare(one.share_by_batch)
        exact = float(one.exact_share)
        limits = [] if np.isnan(exact) else [exact < SPARSE]
        decisions.append(
            ledger.every(
                [
                    ledger.below(_ends(largest), SPARSE),
                    ledger.below(_ends(gain), 0),
                    *limits,
                ]
            )
        )
        measured[bonds] = {
            "share of pairs": largest,
            "exact": exact,
            "of the exact correlations alone": float(one.correlated_share),
        }
        null[bonds] = permuted
    return ledger.claim(
        "averaged-matrix-sparse",
        "11",
        "The matrix of pair weights averaged over Ising samples converges to a sparse "
        "matrix.",
        None,
        measured,
        f"supported if {_EITHER} fewer than {SPARSE:.0%} of the pairs of different "
        f"sites weigh at least {LEVEL:g} times the heaviest pair, at the largest "
        "number of samples (95 % interval over batches) and in the exact matrix if it "
        f"is known, and fewer than {_NULL}; else refuted, or undecided if an interval "
        "includes a threshold",
        ledger.supported(ledger.some(decisions)),
        f"{_of_samples(recoveries)} A pair weighs (1 + c) / 2, where c is the "
        "correlation of its spins.",
        null=null,
        evidence=recoveries,
        figures=["figure3"],
    )


def judge_circulant_lattice(recoveries):
    """Judge whether the averaged matrix is the circulant adjacency matrix.

    Parameters and result are those of `judge_adjacency`.
    """
    measured, null, decisions = {}, {}, []
    for bonds, one in _by_bonds(recoveries).items():
        compared = {
            "adjacency matrix": _compare(one.lattice_distance_by_batch),
            "circulant matrices": _compare(one.circulant_distance_by_batch),
        }
        exact = {
            "adjacency matrix": float(one.exact_lattice_distance),
            "circulant matrices": float(one.exact_circulant_distance),
        }
        measured[bonds] = {
            f"distance from {name}": largest | {"exact": exact[name]}
            for name, (largest, _, _) in compared.items()
        }
        null[bonds] = {
            f"distance from {name}": permuted
            for name, (_, permuted, _) in compared.items()
        }
        gain = compared["adjacency matrix"][2]
        decisions.append(
            ledger.every(
                [
                    ledger.below(_ends(largest), NEAR)
                    for largest, _, _ in compared.values()
                ]
                + [ledger.below(_ends(gain), 0)]
                + [value < NEAR for value in exact.values() if not np.isnan(value)]
            )
        )
    return ledger.claim(
        "averaged-matrix-circulant-lattice",
        "11, figure 3",
        "The matrix of pair weights averaged over Ising samples tends to the circulant "
        "matrix that is the adjacency matrix of the lattice, up to a scale.",
        None,
        measured,
        f"supported if {_EITHER} the relative distance (Frobenius norm, without the "
        "diagonal) of the averaged matrix from the adjacency matrix in its best scale "
        f"and that from the circulant matrices are below {NEAR:g}, at the largest "
        "number of samples (95 % interval over batches) and for the exact matrix if it "
        f"is known, and the first is smaller than {_NULL}; else refuted, or undecided "
        "if an interval includes a threshold",
        ledger.supported(ledger.some(decisions)),
        _of_samples(recoveries),
        null=null,
        evidence=recoveries,
        figures=["figure3"],
    )


def judge_stochastic_matrix(glauber):
    """Judge whether averaging recovers the matrix of the process behind the samples.

    Parameters
    ----------
    glauber : sequence of Glauber
        One for each way of counting bonds.

    Returns
    -------
    Claim
    """
    measured, null, decisions = {}, {}, []
    for bonds, one in _by_bonds(glauber).items():
        process, averaged = _stochastic(one.updates), _stochastic(one.averaged)
        uniform = _stochastic(np.ones_like(process))
        away, nothing = _distance(averaged, process), _distance(uniform, process)
        correlations = _distance(_stochastic(2 * one.averaged - 1), process)
        if np.isfinite(away):
            decisions.append(bool(away < NEAR and away < nothing))
        measured[bonds] = {
            "distance": away,
            "distance of the correlations alone": correlations,
            "smallest entry of the process": float(process.min()),
        }
        null[bonds] = {"distance": nothing}
    rows, columns = glauber[0].shape
    claim = ledger.claim(
        "recover-stochastic-matrix",
        "11",
        "Averaging the correlations of pixels recovers the stochastic matrix of the "
        "process that generates the images. (For the Ising model under heat-bath "
        "dynamics, exactly, with infinitely many samples.)",
        None,
        measured,
        "supported if the relative distance (Frobenius norm) of the averaged matrix "
        f"from that of the process is below {NEAR:g} and below that of independent "
        f"pixels, {_EITHER}; both without their diagonals, and with rows that add up "
        "to 1; else refuted. The numbers are exact.",
        ledger.supported(ledger.some(decisions)),
        f"Exact for a lattice of {rows} x {columns} sites with the coupling and the "
        "boundary of the samples. The process is C(1) C(0)^-1, the best linear "
        "prediction of the spins one update ahead.",
        null=null,
        evidence=glauber,
    )
    if decisions:
        return claim
    reason = "At infinite temperature no update depends on the spins before it."
    return ledger.not_measured(claim, reason)


def _by_bonds(files):
    """Return files by the way of counting bonds of their ensembles."""
    unordered = {
        storage.origin(one.attributes)["settings"]["bonds"]: one for one in files
    }
    return {bonds: unordered[bonds] for bonds in ledger.BONDS}


def _compare(by_batch):
    """Estimate the means of both rows of a table of batches and of their difference."""
    observed, permuted = by_batch
    return [
        ledger.mean_and_error(row)
        for row in (observed, permuted, np.subtract(observed, permuted))
    ]


def _ends(estimate):
    """Return the interval of an estimate; nan for one from a single batch."""
    return estimate.get("interval", (np.nan, np.nan))


def _precision_by_size(recovery):
    """Return the average precision, with its standard error, by number of samples."""
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


def _of_samples(recoveries):
    """Return the sentence that says of which samples the numbers are."""
    parts = []
    for bonds, one in _by_bonds(recoveries).items():
        beta = storage.origin(one.attributes)["settings"]["beta"]
        batches = f"{len(one.precision_by_batch[0])} x {one.sizes[-1]} samples"
        parts.append(f"{bonds}: {batches} at an inverse temperature of {beta:g}")
    return f"{'; '.join(parts)}."


def _stochastic(matrix):
    """Return a matrix without its diagonal, its rows scaled to add up to 1.

    All nan if a row has no weight but for rounding.
    """
    rows = matrix - np.diag(np.diag(matrix))
    sums = rows.sum(axis=1, keepdims=True)
    if np.any(np.abs(sums) < 1e-9):
        return np.full(matrix.shape, np.nan)
    return rows / sums


def _distance(matrix, other):
    """Return the distance of a matrix from another, relative to the other."""
    return float(np.linalg.norm(matrix - other) / np.linalg.norm(other))


if __name__ == "__main__":
    with stages.logged(snakemake):
        recoveries = [storage.read(p, Recovery) for p in snakemake.input.recoveries]
        glauber = [storage.read(path, Glauber) for path in snakemake.input.glauber]
        claims = [
            judge_adjacency(recoveries),
            judge_sparse(recoveries),
            judge_circulant_lattice(recoveries),
            judge_stochastic_matrix(glauber),
        ]
        ledger.save(snakemake.output.claims, "lattice", claims)
