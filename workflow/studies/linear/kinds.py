"""Files of the study `linear`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Optimum(Kind, kind="linear-optimum", file="linear/<name>/optimum.h5"):
    """Closed-form best linear layers between shifts of two images."""

    input: Array = dataset("grey value, 0 to 1, or spin", "(...)", "input")
    target: Array = dataset("grey value, 0 to 1, or spin", "(...)", "target")
    spectrum: Array = dataset(
        "share of the largest", "(...)", "size of the input's Fourier"
    )
    seen: float = dataset("count", "()", "frequencies that are not zero")
    condition: float = dataset(
        "ratio", "()", "largest over smallest of these; nan if none"
    )
    filter: Array = dataset("weight", "(...)", "of the least-squares map, by FFT")
    dense: Array = dataset("weight", "(n, n)", "the map by dense least squares")
    dense_distance: float = dataset(
        "fraction", "()", "from the nearest circulant matrix"
    )
    agreement: float = dataset("fraction", "()", "difference of the two maps")
    residual: float = dataset("fraction", "()", "error of the map, of the targets")
    spread: float = dataset("fraction", "()", "of minimisers from random starts")
    spread_distance: float = dataset("fraction", "()", "theirs from circulant, largest")
    searched: float = dataset("count", "()", "images")
    lacking: float = dataset("count", "()", "of these, that lack a frequency")
    lacking_spread: float = dataset(
        "fraction", "()", "of minimisers for the first; nan if none"
    )
    lacking_distance: float = dataset("fraction", "()", "theirs from circulant")
    formula_shifts: Array = dataset("count", "(2,)", "images of Y (Z^T Z)^-1 Z^T")
    formula_condition: Array = dataset("ratio", "(2,)", "of Z; infinite if singular")
    formula_errors: Array = dataset(
        "fraction", "(2,)", "of the formula; nan if not defined"
    )
    negative: Array = dataset(
        "fraction", "(2, pairs)", "of the absolute weight; images, permuted pixels"
    )
    row_spread: Array = dataset("fraction", "(2, pairs)", "of sums over rows")
    column_spread: Array = dataset("fraction", "(2, pairs)", "of sums over columns")
    layers: Array = dataset("count", "(depths,)", "circulant factors")
    factors: Array = dataset("weight", "(depths, 2, ...)", "the first, and any other")
    factor_distances: Array = dataset(
        "fraction", "(depths,)", "from circulant, largest"
    )
    factor_errors: Array = dataset(
        "fraction", "(depths,)", "of the product of the factors"
    )
    imaginary: Array = dataset("fraction", "(depths,)", "of the factors, dropped")
    root_imaginary: Array = dataset(
        "fraction", "(depths,)", "of plain roots, imaginary"
    )
    radii: Array = dataset("pixel", "(radii,)", "distances from the filter's centre")
    within: Array = dataset(
        "fraction", "(radii,)", "squared weight so near to one pixel"
    )
    within_permuted: Array = dataset(
        "fraction", "(radii,)", "the same, weights permuted, mean"
    )
    within_uniform: Array = dataset("fraction", "(radii,)", "the same, equal weights")
    taps: float = dataset("count", "()", "weights with 90 % of the squared weight")
    radius: float = dataset("pixel", "()", "of the squared weight, root mean square")
    permuted_radius: float = dataset("pixel", "()", "the same, weights permuted, mean")
    uniform_radius: float = dataset("pixel", "()", "the same, equal weights")
    shifts: Array = dataset("count", "(counts,)", "shifts that are learned from")
    noise: Array = dataset(
        "root mean square", "(levels,)", "standard deviation, on the pixels"
    )
    distances: Array = dataset(
        "fraction", "(levels, counts)", "from the nearest circulant"
    )
    distance_errors: Array = dataset(
        "fraction", "(levels, counts)", "their standard errors"
    )
    unseen: Array = dataset(
        "fraction", "(levels, counts)", "error on others; nan if none"
    )
    unseen_errors: Array = dataset(
        "fraction", "(levels, counts)", "their standard errors"
    )
    law_sizes: Array = dataset("pixels", "(sizes,)", "n, each with other images")
    law_tenth: Array = dataset(
        "fraction", "(sizes, choices)", "from circulant, a tenth of the shifts left out"
    )
    law_permuted: Array = dataset(
        "fraction", "(sizes, choices)", "the same, pixels permuted"
    )
    law_one: Array = dataset("fraction", "(sizes, choices)", "one shift left out")
    law_none: Array = dataset("fraction", "(sizes, choices)", "none left out")


class Training(Kind, kind="linear-training", file="linear/<name>/training.h5"):
    """Trained deep linear networks, by marks of the training."""

    runs: Array = dataset("name", "(runs,)", "first weights, and input")
    marks: Array = dataset("steps", "(marks,)", "of training")
    distances: Array = dataset(
        "fraction", "(runs, marks)", "from the nearest circulant matrix"
    )
    predicted: Array = dataset(
        "fraction", "(runs, marks)", "the same, from the spectrum"
    )
    remaining: Array = dataset(
        "fraction", "(runs, marks)", "from the map of least norm"
    )
    deviation: Array = dataset("fraction", "(runs,)", "of weights from the closed form")
    ahead: Array = dataset("steps", "(ahead,)", "beyond those of training")
    predicted_ahead: Array = dataset(
        "fraction", "(runs, ahead)", "distances predicted there"
    )
    limit: Array = dataset(
        "fraction", "(runs,)", "distance after infinitely many steps"
    )
    needed: Array = dataset("steps", "(runs,)", "for a distance of 1 %; nan if never")
    forgotten: float = dataset(
        "fraction", "()", "of the start, at frequencies out of the band"
    )
    band_seen: float = dataset("count", "()", "frequencies of the band-limited input")
    start: Array = dataset("weight", "(n, n)", "random first weights")
    learned: Array = dataset("weight", "(n, n)", "from these, whole input")
    learned_band: Array = dataset("weight", "(n, n)", "from these, band-limited input")
    depths: Array = dataset("count", "(depths,)", "layers")
    product: Array = dataset(
        "fraction", "(depths, marks)", "of the layers, from circulant"
    )
    product_seen: Array = dataset(
        "fraction", "(depths, marks)", "on the input's frequencies"
    )
    factors: Array = dataset(
        "fraction", "(depths, marks)", "of the layer nearest to one"
    )
    excess: Array = dataset(
        "fraction of that of zero", "(depths, marks)", "loss above the least"
    )
    from_identity: Array = dataset(
        "fraction", "(depths,)", "of any layer, from identities"
    )
    product_end: Array = dataset(
        "fraction", "(depths,)", "of the layers, from circulant, converged"
    )
    product_seen_end: Array = dataset(
        "fraction", "(depths,)", "on the input's frequencies"
    )
    factors_end: Array = dataset("fraction", "(depths,)", "of the layer nearest to one")
    gradient_end: Array = dataset("fraction of the first", "(depths,)", "its norm")
    second_order_steps: Array = dataset("steps", "(depths,)", "after those of Adam")
    shuffled: Array = dataset(
        "fraction", "(depths,)", "product from circulant, targets in random order"
    )
    shuffled_gradient: Array = dataset(
        "fraction of the first", "(depths,)", "its norm, targets in random order"
    )
