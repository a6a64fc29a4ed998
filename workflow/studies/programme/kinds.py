"""Files of the study `programme`."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Networks(Kind, kind="programme-networks", file="programme/<name>/networks.h5"):
    """Networks trained to return the stationary distribution."""

    kinds: Array = dataset("name", "(networks,)", "dense, local or convolution")
    activations: Array = dataset(
        "name", "(networks,)", "linear (one layer) or relu (two)"
    )
    kernels: Array = dataset("pixels", "(networks,)", "side of the filters; 0 if dense")
    biases: Array = dataset("0 or 1", "(networks,)", "1 with a bias")
    parameters: Array = dataset("count", "(networks,)", "weights of the network")
    training_loss: Array = dataset(
        "share of the target's mean square",
        "(networks,)",
        "mean squared error at the end, training",
    )
    test_loss: Array = dataset(
        "share of the target's mean square",
        "(networks,)",
        "mean squared error at the end, held out",
    )
    block_losses: Array = dataset(
        "share of the target's mean square",
        "(networks, blocks)",
        "mean squared error at the end, disjoint blocks of held-out images",
    )
    shuffled_losses: Array = dataset(
        "share of the target's mean square",
        "(networks, blocks)",
        "the same, each pixel shuffled among the held-out images",
    )
    target: Array = dataset("mean of 1", "(N,)", "stationary distribution times N")
    matrices: Array = dataset(
        "weight", "(linear, N, N)", "of the first, linear networks"
    )
    repeats: Array = dataset(
        "weight",
        "(seeds - 1, N, N)",
        "of dense, linear networks with other initial weights",
    )


class Optimum(Kind, kind="programme-optimum", file="programme/<name>/optimum.h5"):
    """Best linear layer beside the transition matrix."""

    names: Array = dataset("name", "(matrices,)", "closed form, trained, single steps")
    chain: Array = dataset(
        "probability", "(N, N)", "of the walk: column i after pixel i"
    )
    closed_form: Array = dataset("weight", "(N, N)", "best linear layer")
    one_step: Array = dataset("probability", "(N, N)", "learned from most single steps")
    target: Array = dataset("mean of 1", "(N,)", "stationary distribution times N")
    distances: Array = dataset(
        "of the chain's norm", "(matrices,)", "Frobenius, from the chain"
    )
    scaled_distances: Array = dataset(
        "of the chain's norm", "(matrices,)", "the same, each matrix in its best scale"
    )
    singular_values: Array = dataset("weight", "(matrices, N)", "descending")
    chain_singular_values: Array = dataset("weight", "(N,)", "of the chain, descending")
    eigenvalue_sizes: Array = dataset("weight", "(matrices, 2)", "of the two largest")
    chain_eigenvalue_sizes: Array = dataset("weight", "(2,)", "the same, of the chain")
    stationaries: Array = dataset(
        "probability", "(matrices, N)", "columns scaled to sum to 1"
    )
    stationary_distances: Array = dataset(
        "total variation",
        "(matrices,)",
        "of these from the chain's; nan for entries below 0",
    )
    leading_distances: Array = dataset(
        "total variation",
        "(matrices,)",
        "of the first left singular vector, which most of an output is, from it",
    )
    cutoffs: Array = dataset(
        "of the largest eigenvalue",
        "(cutoffs,)",
        "below which eigenvalues of the second moments are left out",
    )
    cutoff_ranks: Array = dataset("count", "(cutoffs,)", "eigenvalues that are kept")
    cutoff_losses: Array = dataset(
        "share of the target's mean square", "(cutoffs,)", "training"
    )
    cutoff_choice_losses: Array = dataset(
        "share of the target's mean square",
        "(cutoffs,)",
        "first half of the held-out images, by which the cutoff is chosen",
    )
    cutoff_test_losses: Array = dataset(
        "share of the target's mean square",
        "(cutoffs,)",
        "second half of the held-out images",
    )
    cutoff: float = dataset(
        "of the largest eigenvalue", "()", "chosen, of the closed form"
    )
    loss: float = dataset(
        "share of the target's mean square", "()", "closed form, training"
    )
    test_loss: float = dataset(
        "share of the target's mean square",
        "()",
        "closed form, second half of the held-out images",
    )
    least_loss: float = dataset(
        "share of the target's mean square",
        "()",
        "training, without a cutoff: the exact minimum",
    )
    seed_losses: Array = dataset(
        "share of the target's mean square", "(seeds,)", "training, trained layers"
    )
    seed_gradients: Array = dataset(
        "of that of weights of 0",
        "(seeds,)",
        "Frobenius norm of the loss's gradient at trained layers",
    )
    seed_distances: Array = dataset(
        "of the chain's norm",
        "(seeds,)",
        "Frobenius, of trained layers in their best scale from the chain",
    )
    batch_distances: Array = dataset(
        "of the chain's norm",
        "(batches,)",
        "the same, closed forms of disjoint batches of images",
    )
    null_distance: float = dataset(
        "of the chain's norm", "()", "the same, walk on independent pixels"
    )
    checked: float = dataset("images", "()", "that the closed form is checked on")
    check_distance: float = dataset(
        "of the closed form's norm",
        "()",
        "Frobenius, of dense least squares on these from the closed form",
    )
    check_singular_values: Array = dataset("weight", "(N,)", "of dense least squares")
    trained_distance: float = dataset(
        "of the closed form's norm",
        "()",
        "Frobenius, of the trained layer from the closed form",
    )
    loss_sizes: Array = dataset(
        "images", "(sizes,)", "that a closed form is learned from"
    )
    losses: Array = dataset(
        "share of the target's mean square", "(sizes,)", "for these images"
    )
    test_losses: Array = dataset(
        "share of the target's mean square", "(sizes,)", "for held-out images"
    )
    draws: Array = dataset("steps", "(draws,)", "single steps of the chain")
    one_step_distances: Array = dataset(
        "of the chain's norm",
        "(draws, repeats)",
        "Frobenius, of what is learned from them",
    )
    rate: float = dataset("power", "()", "of the steps with which this falls")
    rate_error: float = dataset("power", "()", "its standard error")


class Patterns(Kind, kind="patterns", file="programme/<name>/patterns.h5"):
    """Which edges the weights show that are learned in each way."""

    kinds: Array = dataset("name", "(kinds,)", "ways to learn weights")
    sizes: Array = dataset("images", "(sizes,)", "images that were learned from")
    batches: Array = dataset("count", "(sizes,)", "disjoint batches behind a mean")
    precision: Array = dataset(
        "0 to 1",
        "(sizes, kinds)",
        "area under the precision-recall curve; nan if not learned",
    )
    error: Array = dataset(
        "0 to 1", "(sizes, kinds)", "its standard error; nan for one batch"
    )
    learned_from: Array = dataset(
        "images",
        "(kinds,)",
        "behind the following; 0: those of the graph, or of the networks",
    )
    final_precision: Array = dataset("0 to 1", "(kinds,)", "area under the curve")
    levels: Array = dataset(
        "share of the largest", "(levels,)", "that weights are held to"
    )
    shares: Array = dataset(
        "fraction of pairs",
        "(kinds, levels)",
        "weights of at least this size; at 0 those that are not 0",
    )
    distances: Array = dataset("pixels", "(distances,)", "between two pixels")
    profiles: Array = dataset(
        "share of the largest",
        "(kinds, distances)",
        "mean size of weights so far apart",
    )
    batch_areas: Array = dataset(
        "0 to 1",
        "(judged batches, kinds)",
        "area under the curve of each of the disjoint batches that are judged",
    )
    batch_shares: Array = dataset(
        "fraction of pairs",
        "(judged batches, kinds)",
        "weights of at least a tenth of the largest, of the same batches",
    )
    judged_size: float = dataset("images", "()", "in each of the judged batches")
    seed_areas: Array = dataset(
        "0 to 1", "(seeds,)", "area under the curve, dense linear layers"
    )
    seed_shares: Array = dataset(
        "fraction of pairs",
        "(seeds,)",
        "weights of at least a tenth of the largest, of the same layers",
    )
    edges: float = dataset("count", "()", "edges that are to be found")
    chance: float = dataset("0 to 1", "()", "share of pairs that are edges")
    coupling: float = dataset("1", "()", "true coupling of the spins; nan for images")
    methods: Array = dataset(
        "name", "(methods,)", "ways to tell edges from other pairs"
    )
    recovered: Array = dataset(
        "fraction", "(sizes, methods)", "batches without a wrong edge"
    )
    missing: Array = dataset(
        "edges", "(sizes, methods)", "not found, mean over batches"
    )
    missing_error: Array = dataset("edges", "(sizes, methods)", "its standard error")
    false: Array = dataset(
        "edges", "(sizes, methods)", "wrongly found, mean over batches"
    )
    false_error: Array = dataset("edges", "(sizes, methods)", "its standard error")
    coupling_found: Array = dataset("1", "(sizes,)", "mean over the edges found")
    coupling_found_error: Array = dataset(
        "1", "(sizes,)", "its standard error over batches"
    )
    coupling_rms: Array = dataset("1", "(sizes,)", "error on an edge, root mean square")
    coupling_rms_error: Array = dataset("1", "(sizes,)", "its standard error")
    succeeded: Array = dataset(
        "fraction",
        "(sizes,)",
        "batches without a wrong edge and with the mean coupling, pseudo-likelihood",
    )
    null_recovered: float = dataset(
        "fraction",
        "()",
        "batches of independent spins without a wrong edge, pseudo-likelihood",
    )
    null_batches: float = dataset("count", "()", "of these; 0 if not measured")
    null_size: float = dataset("samples", "()", "in each of them")


class FixedPoints(Kind, kind="fixed-points", file="programme/fixed-points.h5"):
    """Distance and loss of images for the walk on the graph of each digit."""

    digits: Array = dataset("digit", "(digits,)", "whose graphs are walked on")
    graphs: Array = dataset(
        "name", "(graphs,)", "of the images, and of independent pixels"
    )
    image_labels: Array = dataset("digit", "(n,)", "what the test images show")
    teleport: float = dataset("probability", "()", "of a jump")
    distances: Array = dataset(
        "probability", "(digits, graphs, n)", "||y - x||, Euclidean, of test images x"
    )
    losses: Array = dataset(
        "probability", "(digits, graphs, n)", "||y - T x||, Euclidean"
    )
    overlaps: Array = dataset(
        "0 to 1",
        "(digits, graphs, samples)",
        "images of lowest loss among the nearest; all images, then bootstrap samples",
    )
    ranks: Array = dataset(
        "-1 to 1",
        "(digits, graphs, samples)",
        "rank correlation of loss and distance; samples as before",
    )
    variation_overlaps: Array = dataset(
        "0 to 1", "(digits, graphs)", "overlap of all images, in total variation"
    )
    variation_ranks: Array = dataset(
        "-1 to 1", "(digits, graphs)", "rank correlation, in total variation"
    )
    farthest: Array = dataset(
        "distances",
        "(digits,)",
        "largest movement of an x in a step, over its total variation from y",
    )
    attained: Array = dataset(
        "distances", "(digits,)", "the same, of one such x after one step"
    )


class Averages(Kind, kind="averages", file="programme/<name>/averages.h5"):
    """Sparsity pattern of the averaged weights of two different pixels."""

    data: Array = dataset("name", "(data,)", "images, and independent pixels")
    images: float = dataset("count", "()", "images that are averaged over")
    levels: Array = dataset(
        "share of the largest", "(levels,)", "that weights are held to"
    )
    shares: Array = dataset(
        "fraction of pairs", "(data, levels)", "weights of at least this size"
    )
    batch_shares: Array = dataset(
        "fraction of pairs", "(data, batches, levels)", "the same, disjoint batches"
    )
    degrees: Array = dataset(
        "pixels",
        "(data, 2)",
        "with a weight of at least a tenth, of a pixel: mean and largest",
    )
    reaches: Array = dataset(
        "pixels", "(data, 2)", "distance between such pixels: mean and largest"
    )
    exact_shares: Array = dataset(
        "fraction of pairs", "(levels,)", "infinitely many samples; nan if not known"
    )
    exact_degree: float = dataset("pixels", "()", "the same, mean of degrees")
    exact_distance: float = dataset(
        "of the limit's norm", "()", "Frobenius, of the weights from those of the limit"
    )


class Filters(Kind, kind="filters", file="programme/<name>/filters.h5"):
    """Locality of the best circulant matrices from shifts of one image to another's."""

    side: float = dataset("pixels", "()", "of the small window")
    pixels: float = dataset("count", "()", "of an image, and taps of a filter")
    shares: Array = dataset(
        "0 to 1",
        "(2, pairs)",
        "absolute weight in the best window; pairs of images, and permuted pixels",
    )
