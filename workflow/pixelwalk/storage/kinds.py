"""What each kind of HDF5 file holds."""

from pixelwalk.storage.studies import STUDIES

#: What each kind of file holds: unit, shape and meaning of every dataset.
KINDS = {
    "samples": {
        "training": ("spin, a bit", "(rows, columns, n / 64)", "configurations"),
        "test": ("spin, a bit", "(rows, columns, n / 64)", "configurations, held out"),
    },
    "shard": {
        "samples": ("spin, a bit", "(rows, columns, n / 64)", "configurations"),
        "measured": ("per site", "(2, n)", "energy, size of the magnetisation"),
        "burned": ("sweeps", "(blocks,)", "of burn-in, or back into the past"),
    },
    "diagnostics": {
        "quantities": ("name", "(2,)", "energy and size of the magnetisation, by site"),
        "mean": ("per site", "(2,)", "mean over the ensemble"),
        "error": ("per site", "(2,)", "its standard error"),
        "exact": ("per site", "(2,)", "exact mean; nan where none is known"),
        "z": ("standard errors", "(2,)", "distance of the mean from the exact one"),
        "effective_samples": ("samples", "(2,)", "effective size of the ensemble"),
        "autocorrelation_time": ("sweeps", "(2,)", "integrated, of the chains"),
        "r_hat": ("ratio", "(2,)", "R-hat over the chains; 1 if they agree"),
        "traces": ("per site", "(2, chains, sweeps)", "the chains going on"),
        "burned": ("sweeps", "(blocks,)", "of burn-in, or back into the past"),
    },
    "exact": {
        "energy": ("per site", "()", "mean; nan where none is known"),
        "correlations": ("-1 to 1", "(N, N)", "of every two spins; (0, 0) if unknown"),
    },
    "images": {
        "images": ("grey value, 0 to 255", "(n, rows, columns)", "the images"),
        "labels": ("number", "(n,)", "what each image shows"),
        "label_names": ("name", "(labels,)", "of the labels; empty if just numbers"),
        "positions": ("index", "(n,)", "where each stood in its part"),
    },
    "weights": {
        "weights": ("mean over images", "(N, N)", "weight of each pair"),
        "mean": ("grey value or spin", "(rows, columns)", "mean image"),
    },
    "sums": {
        "count": ("images", "()", "images of the shard"),
        "singles": ("sum over images", "(N,)", "value of a pixel, or 1 where it is on"),
        "pairs": ("sum over images", "(N (N + 1) / 2,)", "of pairs, from the diagonal"),
        "total": ("sum over images", "(rows, columns)", "value of a pixel"),
    },
    "graph": {
        "adjacency": ("mean over images", "(N, N)", "the weights that stay"),
        "mean": ("grey value or spin", "(rows, columns)", "mean image"),
        "active_fraction": ("fraction of N x N", "()", "entries that stay"),
    },
    "stationary": {
        "distribution": ("probability", "(rows, columns)", "stationary distribution"),
        "row_sums": ("probability", "(rows, columns)", "row sums, normalised"),
        "mean": ("grey value or spin", "(rows, columns)", "mean image"),
        "active_fraction": ("fraction of N x N", "()", "entries of the graph"),
        "residual": ("probability", "()", "L1 distance from its own next step"),
        "steps": ("products", "()", "of the weights with a vector that it took"),
    },
    "history": {
        "loss": ("nat per pixel", "(epochs,)", "binary cross-entropy, training"),
        "val_loss": ("nat per pixel", "(epochs,)", "binary cross-entropy, held out"),
    },
    "reconstructions": {
        "originals": ("0 to 1", "(n, rows, columns)", "held-out images"),
        "reconstructions": ("0 to 1", "(n, rows, columns)", "what came back"),
        "fields": ("weight", "(hidden, rows, columns)", "receptive fields"),
    },
    "locality": {
        "spreads": ("lattice spacing", "(hidden,)", "spread of each receptive field"),
        "null_spread": ("lattice spacing", "(permutations,)", "mean, pixels permuted"),
        "p_spread": ("probability", "()", "of a null as small as the mean"),
        "clustering": ("correlation", "(hidden,)", "Moran's I of each receptive field"),
        "null_clustering": ("correlation", "(permutations,)", "mean, pixels permuted"),
        "p_clustering": ("probability", "()", "of a null as large as the mean"),
    },
    "recovery": {
        "sizes": ("samples", "(sizes,)", "samples that were averaged"),
        "precision": ("0 to 1", "(sizes,)", "area under the precision-recall curve"),
        "error": ("0 to 1", "(sizes,)", "its standard error; nan for a single batch"),
        "batches": ("count", "(sizes,)", "disjoint batches behind the mean"),
        "off_lattice": ("fraction", "(sizes,)", "weight that joins no neighbours"),
        "deviation": (
            "standard errors",
            "(sizes,)",
            "from the exact correlations, root mean square; nan if unknown",
        ),
        "exact_precision": (
            "0 to 1",
            "()",
            "of the exact correlations; nan if unknown",
        ),
    },
    "transition": {
        "field": ("correlation", "(rows, columns)", "of a site with those around it"),
        "correlation": ("correlation", "(distances,)", "of sites 0, 1, ... apart"),
        "levels": ("share of the largest", "(levels,)", "at which weights are cut"),
        "active": ("fraction of N x N", "(levels,)", "entries that stay"),
        "precision": ("0 to 1", "()", "area under the precision-recall curve"),
    },
    "likeness": {
        "first": (
            "correlation",
            "(3,)",
            "with the mean image: walk, row sums, partial",
        ),
        "choices": ("correlation", "(choices, 3)", "the same, random choices"),
        "digits": ("correlation", "(10,)", "walk with the mean image of each digit"),
    },
    "fractions": {
        "kinds": ("name", "(kinds,)", "kinds of weight"),
        "cuts": ("name", "(cuts,)", "cuts"),
        "first": ("percent of N x N", "(kinds, cuts)", "entries that stay"),
        "choices": ("percent of N x N", "(choices, kinds, cuts)", "random choices"),
    },
    "reading": {
        "cuts": ("name", "(cuts,)", "cuts of the graph"),
        "active": ("fraction of N x N", "(cuts,)", "entries that stay"),
        "probabilities": ("probability", "(cuts, 10)", "of each digit, by cut"),
        "mean_probabilities": ("probability", "(10,)", "the same for the mean image"),
        "accuracy": ("fraction", "()", "test images that are read rightly"),
        "tested": ("count", "()", "test images"),
    },
    "steps": {
        "nearness": ("total variation", "(distances,)", "of x from the distribution"),
        "moved": ("total variation", "(distances, targets)", "of x from its next step"),
        "image_nearness": ("total variation", "(n,)", "nearness of real images"),
        "image_moved": ("total variation", "(n,)", "moved, for real images"),
        "image_labels": ("digit", "(n,)", "what the real images show"),
    },
} | STUDIES
