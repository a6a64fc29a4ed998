"""The claims of sections 2, 9 and 10 and of the programme of 11, judged together."""

from pixelwalk.claims import linear, matrices, programme


def judge(matrices_found, linear_found, lattice, images, fixed):
    """Judge every such claim from files that `storage.read` gave.

    Parameters
    ----------
    matrices_found : (convolutions, matrices)
        Of the kinds of these names.
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
    optima, trainings = zip(*linear_found, strict=True)
    of_programme = [*vars(lattice).values(), *vars(images).values(), fixed]
    judged = [
        (matrices.judge(*matrices_found), matrices_found),
        (linear.judge(optima, trainings), [*optima, *trainings]),
        (programme.judge(lattice, images, fixed), of_programme),
    ]
    return [
        entry | {"evidence": [file.path for file in files]}
        for entries, files in judged
        for entry in entries
    ]
