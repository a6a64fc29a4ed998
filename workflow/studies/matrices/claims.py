"""Judge the claims of sections 2, 9 and 10 on convolutions, lattices and circulants."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages
from studies.matrices import convergence, kinds

import numpy as np

# Largest relative difference of single and double precision, over a few layers.
_SINGLE = 1e-5

# Rounding of a distance that is zero, and the required agreement of dense and FFT.
_ROUNDING, _AGREED = 1e-12, 1e-8

# Grids of circulant matrices, in the order of the datasets.
_GRIDS = ("line", "image")


def judge_matrices(convolutions, matrices):
    """Judge all claims of the study.

    Parameters
    ----------
    convolutions : kinds.Convolutions
    matrices : kinds.Matrices

    Returns
    -------
    list of Claim
        In the order of the paper.
    """
    return [
        judge_convolution(convolutions, matrices),
        judge_lattice(matrices),
        judge_product(matrices),
        judge_inverse(matrices),
        convergence.judge_toeplitz_product(matrices),
        convergence.judge_toeplitz_limit(matrices),
        judge_bias(matrices),
        judge_invertible(matrices),
    ]


def judge_convolution(convolutions, matrices):
    """Judge whether convolutional layers multiply by Toeplitz matrices."""
    distances = dict(
        zip(matrices.layers, matrices.toeplitz_distance.tolist(), strict=True)
    )
    plain = [value for name, value in distances.items() if name.endswith("stride 1")]
    strided = [value for name, value in distances.items() if name.endswith("stride 2")]
    differences = convolutions.difference.tolist()
    dead = np.equal(convolutions.active, 0)
    measured = {
        "relative difference from Keras": dict(
            zip(convolutions.networks, differences, strict=True)
        ),
        "distance from Toeplitz, stride 1": max(plain),
        "distance from Toeplitz, stride 2": max(strided),
        "distance from Toeplitz, two channels": float(matrices.channels_distance),
    }
    claim = ledger.claim(
        "convolution-is-toeplitz",
        "2",
        "A convolutional layer multiplies its input by a banded Toeplitz matrix, adds "
        "a bias and applies an activation.",
        None,
        measured,
        "supported if networks of convolutional layers with ReLU in Keras and through "
        f"matrices differ by at most {_SINGLE:g} of the largest output in every case "
        "(not measured if one gives only zeros), and every matrix of one channel and "
        "stride 1 is Toeplitz (on images: doubly block Toeplitz) exactly; else refuted",
        ledger.supported(max(differences) <= _SINGLE and max(plain) == 0),
        "With a stride above 1 the matrix has some of the rows of a Toeplitz matrix. "
        "With several channels it has a Toeplitz matrix for every pair of them.",
        nature="theorem",
        evidence=[convolutions, matrices],
        figures=["figure6"],
    )
    if dead.any() and claim["verdict"] == "supported":
        names = ", ".join(np.array(convolutions.networks)[dead])
        reason = (
            f"All outputs are zero, with Keras and with matrices, of: {names}. "
            "Set more draws, or another seed."
        )
        return ledger.not_measured(claim, reason)
    return claim


def judge_lattice(matrices):
    """Judge whether a periodic lattice has a circulant adjacency matrix."""
    sides = [f"{rows} x {columns}" for rows, columns in matrices.sides]
    cyclic = (matrices.longest_cycle == matrices.sides.prod(axis=1)) & (
        matrices.numbered_distance <= _ROUNDING
    )
    distances = matrices.lattice_distance.tolist()
    measured = {
        f"{name}, sites row by row: distance from {what}": value
        for name, pair in zip(matrices.lattices, distances, strict=True)
        for what, value in zip(("circulant", "block-circulant"), pair, strict=True)
    } | {
        name: {
            "automorphisms": int(matrices.automorphisms[i]),
            "sites on the longest cycle of one": int(matrices.longest_cycle[i]),
            "distance from circulant along it, if it has all sites": float(
                matrices.numbered_distance[i]
            ),
        }
        for i, name in enumerate(sides)
    }
    listed = {
        is_cyclic: ", ".join(np.array(sides)[cyclic == is_cyclic]) or "none"
        for is_cyclic in (True, False)
    }
    return ledger.claim(
        "lattice-adjacency-circulant",
        "9",
        "The adjacency matrix of a square lattice with periodic boundaries is a "
        "circulant matrix, if its sites are numbered suitably.",
        None,
        measured,
        "supported if for every lattice here some automorphism moves all sites along "
        "one cycle, and the matrix, sites in the order of that cycle, is at a relative "
        f"distance (Frobenius) of at most {_ROUNDING:g} from circulant; else refuted. "
        "A matrix is circulant in some numbering if and only if there is such an "
        "automorphism, and all automorphisms are searched",
        ledger.supported(bool(cyclic.all())),
        f"Circulant in some numbering: {listed[True]}. In none: {listed[False]}. The "
        "matrix is so exactly if the numbers of rows and columns are coprime (then, "
        "with sites numbered along the diagonal). Row by row it is block-circulant "
        "with circulant blocks.",
        nature="theorem",
        evidence=[matrices],
        figures=["figure6"],
    )


def judge_product(matrices):
    """Judge whether the product of circulant matrices is circulant."""
    return ledger.claim(
        "circulant-product",
        "9",
        "The product of circulant matrices is circulant.",
        None,
        _largest(matrices, "multiplied"),
        _algebra_criterion("product"),
        ledger.supported(_agrees(matrices, "multiplied")),
        "A theorem: all circulant matrices have the Fourier vectors as eigenvectors.",
        nature="theorem",
        evidence=[matrices],
    )


def judge_inverse(matrices):
    """Judge whether the inverse of a circulant matrix is circulant."""
    pseudo = {
        f"{grid}: pseudo-inverse, dense and by FFT apart": float(np.max(values))
        for grid, values in zip(_GRIDS, matrices.pseudo_inverted_apart, strict=True)
    }
    return ledger.claim(
        "circulant-inverse",
        "9",
        "The inverse of a circulant matrix is circulant.",
        None,
        _largest(matrices, "inverted") | pseudo,
        _algebra_criterion("inverse"),
        ledger.supported(_agrees(matrices, "inverted")),
        "A theorem, where there is an inverse (see circulant-invertible). Where there "
        "is none, the pseudo-inverse is circulant.",
        nature="theorem",
        evidence=[matrices],
    )


def _largest(matrices, name):
    """Largest distances of products or inverses, for lines and images."""
    return {
        f"{grid}: {what}": float(np.max(values))
        for key, what in (
            (name, "distance from circulant"),
            (f"{name}_apart", "dense and by FFT apart"),
        )
        for grid, values in zip(_GRIDS, getattr(matrices, key), strict=True)
    }


def _algebra_criterion(what):
    return (
        f"supported if for every random matrix the dense {what} is at a relative "
        f"distance (Frobenius) of at most {_AGREED:g} from the nearest circulant "
        f"matrix, and from the {what} by FFT, on lines and images; else refuted"
    )


def _agrees(matrices, name):
    both = [getattr(matrices, name), getattr(matrices, f"{name}_apart")]
    return bool(np.max(both) <= _AGREED)


def judge_bias(matrices):
    """Judge the sign of the bias of a linear network."""
    by_sign = {
        "Q as printed, with a minus": matrices.bias_printed,
        "Q with a plus": matrices.bias_plus,
    }
    measured = {
        f"{depth} layers": {
            f"difference, {sign}, largest": float(np.max(values[i]))
            for sign, values in by_sign.items()
        }
        for i, depth in enumerate(matrices.bias_depths)
    }
    return ledger.claim(
        "bias-sign",
        "10",
        "A linear network of layers T_j h - b_j computes T x - Q, where T is the "
        "product of all T_j and Q is minus the sum over j of the product of all layers "
        "after the j-th, times b_j.",
        None,
        measured,
        "supported if for every random network of Toeplitz matrices T x - Q differs "
        f"from the output, layer by layer, by at most {_AGREED:g} of its norm; else "
        "refuted",
        ledger.supported(bool(np.max(matrices.bias_printed) <= _AGREED)),
        "With a plus sign T x - Q differs from the output by at most "
        f"{np.max(matrices.bias_plus):.0e} of its norm.",
        nature="theorem",
        evidence=[matrices],
    )


def judge_invertible(matrices):
    """Judge whether every square circulant matrix has an inverse."""
    share = matrices.singular / matrices.searched
    mismatched, searched = int(matrices.mismatched.sum()), int(matrices.searched.sum())
    without = matrices.orders[matrices.singular > 0]
    measured = {
        "n of the smallest without inverse": int(without[0]) if len(without) else None,
        "first column of the smallest without inverse, zeros aside": (
            matrices.counterexample.tolist()
        ),
        "matrices": searched,
        "with rank other than by the zero Fourier coefficients": mismatched,
        "share without inverse": {
            f"n = {order}": float(part)
            for order, part in zip(matrices.orders, share, strict=True)
        },
    }
    return ledger.claim(
        "circulant-invertible",
        "10",
        "Any square circulant matrix is invertible.",
        None,
        measured,
        "refuted if any of all circulant matrices with entries -1, 0 and 1, up to "
        f"n = {matrices.orders[-1]}, has less than full rank; else supported",
        ledger.supported(not matrices.singular.any()),
        "A circulant matrix has an inverse if and only if no Fourier coefficient of "
        "its first column is zero. Its rank is the number of those that are not zero, "
        f"as for {searched - mismatched} of the {searched} matrices here.",
        nature="theorem",
        evidence=[matrices],
    )


if __name__ == "__main__":
    with stages.logged(snakemake):
        claims = judge_matrices(
            storage.read(snakemake.input.convolutions, kinds.Convolutions),
            storage.read(snakemake.input.matrices, kinds.Matrices),
        )
        ledger.save(snakemake.output.claims, "matrices", claims)
