"""Files of the study `matrices`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Convolutions(Kind, kind="convolutions", file="matrices/<name>/convolutions.h5"):
    """Convolutional layers of Keras beside their matrices."""

    networks: Array = dataset(
        "name", "(networks,)", "padding and stride of each network"
    )
    depth: Array = dataset("count", "(networks,)", "layers")
    difference: Array = dataset(
        "share of the largest", "(networks,)", "Keras from matrices"
    )
    active: Array = dataset("fraction", "(networks,)", "outputs above zero")


class Matrices(Kind, kind="matrices", file="matrices/<name>/matrices.h5"):
    """Products, inverses and distances of Toeplitz and circulant matrices."""

    sizes: Array = dataset("n", "(sizes,)", "of the growing matrices")
    valid: Array = dataset(
        "tap", "(n - taps + 1, n)", "matrix of a filter, by tap from 1"
    )
    same: Array = dataset("tap", "(n, n)", "the same, zeros around the line")
    circular: Array = dataset("tap", "(n, n)", "the same, ends joined")
    image: Array = dataset("tap", "(N, N)", "the same on an image, zeros around it")
    layers: Array = dataset("name", "(layers,)", "padding and stride of each matrix")
    toeplitz_distance: Array = dataset(
        "relative", "(layers,)", "largest, from Toeplitz"
    )
    channels_distance: float = dataset("relative", "()", "the same, two channels")
    lattices: Array = dataset("name", "(3,)", "periodic and helical lattice, ring")
    adjacency: Array = dataset("count", "(3, N, N)", "their adjacency matrices")
    lattice_distance: Array = dataset(
        "relative", "(3, 2)", "from circulant, block-circulant"
    )
    sides: Array = dataset("sites", "(lattices, 2)", "periodic: rows, columns")
    automorphisms: Array = dataset("count", "(lattices,)", "of each of them")
    longest_cycle: Array = dataset(
        "sites", "(lattices,)", "on one cycle of an automorphism"
    )
    numbered_distance: Array = dataset(
        "relative", "(lattices,)", "from circulant, along that cycle; nan if not all"
    )
    multiplied: Array = dataset("relative", "(2, draws)", "product from circulant")
    inverted: Array = dataset("relative", "(2, draws)", "inverse from circulant")
    multiplied_apart: Array = dataset(
        "relative", "(2, draws)", "product from that by FFT"
    )
    inverted_apart: Array = dataset(
        "relative", "(2, draws)", "inverse from that by FFT"
    )
    pseudo_inverted_apart: Array = dataset(
        "relative", "(2, draws)", "the same, no inverse"
    )
    bias_depths: Array = dataset("count", "(depths,)", "layers of linear networks")
    bias_printed: Array = dataset(
        "relative", "(depths, draws)", "T x - Q from the output, Q as printed"
    )
    bias_plus: Array = dataset("relative", "(depths, draws)", "the same, Q with a plus")
    orders: Array = dataset("n", "(orders,)", "of the small matrices")
    searched: Array = dataset("count", "(orders,)", "circulant, of entries -1, 0 and 1")
    singular: Array = dataset("count", "(orders,)", "of these, without inverse")
    mismatched: Array = dataset(
        "count", "(orders,)", "rank not by the Fourier coefficients"
    )
    counterexample: Array = dataset(
        "entry", "(order,)", "first column of the first, not all zero"
    )
    product_nearest: Array = dataset(
        "relative", "(draws, sizes)", "product from Toeplitz"
    )
    product_limit: Array = dataset(
        "relative", "(draws, sizes)", "product from T_n(f g)"
    )
    product_operator: Array = dataset(
        "relative", "(draws, sizes)", "the same, operator norm"
    )
    product_triangular: Array = dataset(
        "relative", "(draws, sizes)", "both lower triangular"
    )
    circulant_nearest: Array = dataset(
        "relative", "(draws, sizes)", "T_n(f) from circulant"
    )
    circulant_limit: Array = dataset("relative", "(draws, sizes)", "T_n(f) from C_n(f)")
    circulant_operator: Array = dataset(
        "relative", "(draws, sizes)", "the same, operator norm"
    )
    eigenvalues_apart: Array = dataset(
        "relative", "(draws, sizes)", "from the symbol, mean"
    )
    fitted: Array = dataset("name", "(fitted,)", "distances over n")
    exponents: Array = dataset("power of n", "(fitted, draws)", "of these distances")
    local_exponents: Array = dataset(
        "power of n", "(fitted, draws)", "between the last two sizes"
    )
    limit_exponents: Array = dataset(
        "power of n", "(fitted, draws)", "extrapolated to infinite n"
    )
    special: Array = dataset("name", "(2,)", "symbols that are no random filters")
    special_product: Array = dataset("relative", "(2, sizes)", "product from T_n(f g)")
    special_circulant: Array = dataset("relative", "(2, sizes)", "T_n(f) from C_n(f)")
    special_exponents: Array = dataset(
        "power of n", "(2, 2)", "of the one and the other"
    )
    eigenvalues: Array = dataset(
        "eigenvalue", "(m,)", "of a Hermitian matrix, smallest size"
    )
    values: Array = dataset(
        "eigenvalue", "(largest,)", "of its symbol, as many as the largest size"
    )
