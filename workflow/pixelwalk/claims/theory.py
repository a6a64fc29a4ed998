"""The claims of sections 2, 9 and 10 and of the programme of 11, judged together."""

from pixelwalk.claims import linear, matrices, programme


def judge(convolutions, growing, linear_found, lattice, images, fixed):
    """Judge every such claim from files that `storage.read` gave.

    Parameters
    ----------
    convolutions, growing
        Of kinds `convolutions` and `matrices`.
    linear_found : sequence of (optimum, training)
        Of kinds `linear-optimum` and `linear-training`, for each network.
    lattice, images : types.SimpleNamespace
        Of a run of the programme over a lattice and over images: its `networks`,
        `optimum` and `patterns`.
    fixed
        Of kind `fixed-points`.

    Returns
    -------
    list of dict
        Entries of the ledger, in the order of the paper.
    """
    optima, trainings = map(list, zip(*linear_found, strict=True))
    solved = [lattice.optimum, images.optimum]
    entries = [
        *matrices.judge(convolutions, growing),
        *linear.judge(optima, trainings),
        *programme.judge(lattice, images, fixed),
    ]
    evidence = {
        "convolution-is-toeplitz": [convolutions, growing],
        "linear-optimum-circulant": [*optima, *trainings],
        "deep-linear-product-circulant": trainings,
        "circulant-factorisation": optima,
        "shifts-needed": optima,
        "programme-optimum": [lattice.networks, images.networks, *solved],
        "programme-stochastic-matrix": solved,
        "programme-sparsity": [lattice.patterns, images.patterns],
        "pseudo-likelihood-recovers-lattice": [lattice.patterns],
        "fixed-point": [fixed],
    }
    return [
        entry
        | {"evidence": [file.path for file in evidence.get(entry["id"], [growing])]}
        for entry in entries
    ]
