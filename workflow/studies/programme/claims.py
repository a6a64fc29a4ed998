"""Judge the programme at the end of section 11, which the paper proposes to others."""

import numpy as np

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.programme import claims_edges, claims_steps
from studies.programme.kinds import FixedPoints, Networks, Optimum, Patterns

# How far above the best loss a trained layer may end, and how far below by rounding.
_MOST_ABOVE, _ROUNDING = 1.25, 0.999
# Share of the first singular value from which on a matrix has further ones; distance of
# a closed form from another method's (by second moments, it has half of the digits).
_RANK, _AGREE = 1e-9, 1e-3
# Relative distance up to which matrices are called equal.
_EQUAL = 0.1


def judge_optimum(networks, optima):
    """Judge whether the best linear layer has rank one, and training reaches its loss.

    Parameters
    ----------
    networks : dict of str to Networks
        Of the runs over the `lattice` and over `images`, as in the following.
    optima : dict of str to Optimum

    Returns
    -------
    ledger.Claim
    """
    holds = True
    for name, solved in optima.items():
        best, trained = float(solved.loss), float(networks[name].training_loss[0])
        second = _second(solved.check_singular_values)
        holds &= bool(_ROUNDING * best <= trained <= _MOST_ABOVE * best)
        holds &= bool(second <= _RANK and float(solved.check_distance) <= _AGREE)
    return ledger.claim(
        "programme-optimum",
        "11",
        "Of all linear layers without bias the best at giving the stationary "
        "distribution y for every image is W = y v^T, of rank one: all that it keeps "
        "of an image is one number, v x. Training comes to its loss.",
        None,
        {
            name: _of_optimum(solved) | _of_networks(networks[name])
            for name, solved in optima.items()
        },
        "supported if, on the lattice's samples and on images, dense least squares "
        "from the images to y, which is told nothing of a rank, gives a matrix whose "
        f"second singular value is at most {_RANK:g} of its first and that lies within "
        f"{_AGREE:g} of y v^T (Frobenius norm, over that of y v^T), and the training "
        "loss of the trained dense linear layer is no lower than that of y v^T (but "
        f"for {1 - _ROUNDING:.1%}) and at most {_MOST_ABOVE - 1:.0%} higher; else "
        "refuted",
        ledger.supported(holds),
        _note_on_optimum(networks, optima),
        evidence=[*networks.values(), *optima.values()],
        figures=["figure9", "figure11"],
    )


def _of_optimum(solved):
    """Collect what was measured of the closed form and of the trained layer."""
    powers = solved.singular_values[1] ** 2
    return {
        "closed form, loss": float(solved.loss),
        "closed form, held-out loss": float(solved.test_loss),
        "dense least squares, images": int(solved.checked),
        "dense least squares, second singular value over first": _second(
            solved.check_singular_values
        ),
        "dense least squares, distance from closed form": float(solved.check_distance),
        "trained, distance from closed form": float(solved.trained_distance),
        "trained, share of squared weight in its first singular value": float(
            powers[0] / (powers.sum() or 1)
        ),
        "closed form of the fewest images, loss": {
            "value": float(solved.losses[0]) if len(solved.losses) else np.nan,
            "images": int(solved.loss_sizes[0]) if len(solved.losses) else 0,
        },
    }


def _of_networks(trained):
    """Collect parameters and losses of all networks, by what they are."""
    names = [
        " ".join(
            [kind, *([f"{side} x {side}"] if side else []), activation]
            + (["with bias"] if bias else [])
        )
        for kind, activation, side, bias in zip(
            trained.kinds,
            trained.activations,
            trained.kernels,
            trained.biases,
            strict=True,
        )
    ]
    return {
        name: {
            "parameters": int(trained.parameters[row]),
            "training loss": float(trained.training_loss[row]),
            "held-out loss": float(trained.test_loss[row]),
        }
        for row, name in enumerate(names)
    }


def _note_on_optimum(networks, optima):
    """Say how far training ends from the closed form, and the losses of both."""
    away = _and(f"{solved.trained_distance:.2g}" for solved in optima.values())
    ratio = _and(
        f"{networks[name].training_loss[0] / solved.loss:.3g}"
        if solved.loss > 0
        else "not defined"
        for name, solved in optima.items()
    )
    best = _and(f"{solved.test_loss:.3g}" for solved in optima.values())
    trained = _and(f"{networks[name].test_loss[0]:.3g}" for name in optima)
    return (
        f"The trained W differs from y v^T by {away} of its norm ({_and(optima)}); the "
        f"ratio of their training losses is {ratio}. On held-out images the loss of "
        f"y v^T is {best}, that of the trained W {trained}."
    )


def judge_stochastic_matrix(optima):
    """Judge whether the optimal matrix is the transition matrix of the walk.

    Parameters
    ----------
    optima : dict of str to Optimum
        Of the runs over the `lattice` and over `images`.

    Returns
    -------
    ledger.Claim
    """
    equal, distances = True, {name: [] for name in ("closed form", "trained")}
    for solved in optima.values():
        away = dict(zip(solved.names, solved.scaled_distances.tolist(), strict=True))
        equal &= min(away["closed form"], away["trained"]) <= _EQUAL
        for name, values in distances.items():
            values.append(f"{away[name]:.3f}")
    rates = _and(f"{solved.rate:.3f}" for solved in optima.values())
    last = _and(f"{solved.scaled_distances[-1]:.3f}" for solved in optima.values())
    return ledger.claim(
        "programme-stochastic-matrix",
        "11",
        "The optimal W of a network that is trained to give the stationary "
        "distribution is equal to the stochastic matrix of the averaged graph.",
        None,
        {name: _of_matrices(solved) for name, solved in optima.items()},
        "supported if the closed form or the trained dense linear layer, in its best "
        f"scale, lies within {_EQUAL:.0%} of the chain's matrix (Frobenius norm, over "
        "that of the chain's), on the lattice's samples and on images; else refuted",
        ledger.supported(bool(equal)),
        f"In the best scale the closed form is {_and(distances['closed form'])} from "
        f"the chain's matrix ({_and(optima)}), the trained layer "
        f"{_and(distances['trained'])}. An estimate from single steps of the chain is "
        f"{last} from it, and its distance falls as their number to the power {rates}.",
        evidence=optima.values(),
        figures=["figure9"],
    )


def _of_matrices(solved):
    """Collect what was measured of each matrix that is compared with the chain."""
    return {
        matrix: {
            "distance": float(solved.distances[row]),
            "distance in the best scale": float(solved.scaled_distances[row]),
            "singular values of at least 1 % of the first": _rank(
                solved.singular_values[row]
            ),
            "eigenvalues, largest in size": float(solved.eigenvalue_sizes[row][0]),
            "eigenvalues, second over first in size": _second(
                solved.eigenvalue_sizes[row]
            ),
            "distance of its stationary distribution": float(
                solved.stationary_distances[row]
            ),
            "distance of its first singular vector from the distribution": float(
                solved.leading_distances[row]
            ),
        }
        for row, matrix in enumerate(solved.names)
    } | {
        "singular values of the chain of at least 1 % of the first": _rank(
            solved.chain_singular_values
        ),
        "eigenvalues of the chain, second over first in size": _second(
            solved.chain_eigenvalue_sizes
        ),
        "single steps that are learned from": int(solved.draws[-1]),
        "power of the steps": {
            "value": float(solved.rate),
            "standard_error": float(solved.rate_error),
        },
    }


def _and(texts):
    return " and ".join(texts)


def _second(values):
    """Share of the second value in the first, of those in descending order."""
    return float(values[1:2].sum() / (values[0] or 1))


def _rank(values):
    """Count the values of at least 1 % of the first."""
    return int(np.sum(values >= 0.01 * values[0]))


if __name__ == "__main__":

    def read(paths, kind):
        """Read a file of the run over the lattice, and one of that over images."""
        return {
            name: storage.read(path, kind)
            for name, path in zip(("lattice", "images"), paths, strict=True)
        }

    with stages.logged(snakemake):
        networks = read(snakemake.input.networks, Networks)
        optima = read(snakemake.input.optima, Optimum)
        patterns = read(snakemake.input.patterns, Patterns)
        fixed = storage.read(snakemake.input.fixed, FixedPoints)
        claims = [
            judge_optimum(networks, optima),
            judge_stochastic_matrix(optima),
            claims_edges.judge_sparsity(patterns),
            claims_edges.judge_pseudo_likelihood(patterns["lattice"]),
            claims_steps.judge_fixed_points(fixed),
        ]
        ledger.save(snakemake.output.claims, "programme", claims)
