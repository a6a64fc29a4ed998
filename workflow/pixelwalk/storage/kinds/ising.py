"""Files of Ising ensembles."""

from pixelwalk.storage.kind import Array, Kind, dataset


class Samples(Kind, kind="samples", file="ising/<name>/samples.h5"):
    """Spin configurations of an ensemble."""

    training: Array = dataset(
        "spin, a bit", "(rows, columns, n / 64)", "configurations"
    )
    test: Array = dataset(
        "spin, a bit", "(rows, columns, m / 64)", "configurations, held out"
    )


class Shard(Kind, kind="shard", file="ising/<name>/shards/<shard>-of-<shards>.h5"):
    """Spin configurations of one shard of an ensemble."""

    samples: Array = dataset("spin, a bit", "(rows, columns, n / 64)", "configurations")
    measured: Array = dataset("per site", "(2, n)", "energy, size of the magnetisation")
    burned: Array = dataset("sweeps", "(blocks,)", "of burn-in, or back into the past")


class Diagnostics(Kind, kind="diagnostics", file="ising/<name>/diagnostics.h5"):
    """Energy and magnetisation of an ensemble beside exact means."""

    quantities: Array = dataset(
        "name", "(2,)", "energy and size of the magnetisation, by site"
    )
    mean: Array = dataset("per site", "(2,)", "mean over the ensemble")
    error: Array = dataset("per site", "(2,)", "its standard error")
    exact: Array = dataset("per site", "(2,)", "exact mean; nan where none is known")
    z: Array = dataset(
        "standard errors", "(2,)", "distance of the mean from the exact one"
    )
    effective_samples: Array = dataset(
        "samples", "(2,)", "effective size of the ensemble"
    )
    autocorrelation_time: Array = dataset("sweeps", "(2,)", "integrated, of the chains")
    r_hat: Array = dataset("ratio", "(2,)", "R-hat over the chains; 1 if they agree")
    traces: Array = dataset("per site", "(2, chains, sweeps)", "the chains going on")
    burned: Array = dataset("sweeps", "(blocks,)", "of burn-in, or back into the past")


class Exact(Kind, kind="exact", file="ising/<name>/exact.h5"):
    """Exact energy and correlations of an Ising model."""

    energy: float = dataset("per site", "()", "mean; nan where none is known")
    correlations: Array = dataset(
        "-1 to 1", "(N, N)", "of every two spins; (0, 0) if unknown"
    )
