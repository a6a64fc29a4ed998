"""What stands on top of the ledger, and which figures show a claim."""

from collections import Counter

#: The figures in which to look for a claim; none where it is in numbers alone.
FIGURES = {
    "ae-loss": (),
    "ae-reconstruction": (1,),
    "ae-local-weights": (2,),
    "ising-adjacency": (3,),
    "stationary-mean": (4,),
    "edge-fractions": (5,),
    "sparse-still-five": (5,),
    "step-invariance": (11,),
    "convolution-is-toeplitz": (6,),
    "lattice-adjacency-circulant": (6,),
    "circulant-product": (),
    "circulant-inverse": (),
    "toeplitz-product": (6,),
    "toeplitz-to-circulant": (6,),
    "circulant-invertible": (),
    "linear-optimum-circulant": (7,),
    "deep-linear-product-circulant": (8,),
    "circulant-factorisation": (),
    "shifts-needed": (8,),
    "programme-optimum": (9, 11),
    "programme-stochastic-matrix": (9,),
    "programme-sparsity": (10,),
    "pseudo-likelihood-recovers-lattice": (10,),
    "fixed-point": (11,),
}

#: What each verdict means.
MEANINGS = {
    "reproduced": "a number of the paper came out again, within the criterion",
    "not reproduced": "a number of the paper did not come out again",
    "supported": "what was measured meets the criterion of the statement",
    "refuted": "what was measured fails the criterion of the statement",
    "not measured": "this run used other data or settings than the claim is about",
}


def overview(entries):
    """Say in Markdown how many claims have which verdict, and which ones do not hold.

    Parameters
    ----------
    entries : sequence of dict
        Of the ledger.

    Returns
    -------
    list of str
        Lines.
    """
    counts = Counter(entry["verdict"] for entry in entries)
    told = [f"{counts[verdict]} {verdict}" for verdict in MEANINGS if counts[verdict]]
    lines = [f"Of {len(entries)} claims: {', '.join(told)}.", ""]
    for verdict, meaning in MEANINGS.items():
        names = [entry["id"] for entry in entries if entry["verdict"] == verdict]
        if names:
            lines.append(f"- **{verdict}**: {meaning}. {', '.join(names)}.")
    return [*lines, ""]
