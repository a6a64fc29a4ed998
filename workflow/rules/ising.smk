# Needs: settings; for the user's own spins or lattices their files. Makes, under
# results/ising/<name>: samples.h5 and diagnostics.h5, in one job or from shards/ (only
# samples.h5 of spins from a file); and exact.h5 for the studies that read it.

SAMPLED = [name for name, entry in config["ising"].items() if "source" not in entry]
READ = [name for name, entry in config["ising"].items() if "source" in entry]


rule read_spins:
    output:
        samples="results/ising/{name}/samples.h5",
    wildcard_constraints:
        name=one_of(READ),
    group:
        "ising"
    resources:
        mem_mb=memory_mb(reading_gb),
        runtime=minutes(5),
    params:
        settings=reading_settings,
        content=content_of_ising,
    script:
        "../scripts/read_spins.py"


rule sample_ising:
    output:
        samples="results/ising/{name}/samples.h5",
        diagnostics="results/ising/{name}/diagnostics.h5",
    wildcard_constraints:
        name=one_of(unsharded("ising")),
    group:
        "ising"
    threads: sampling_threads
    resources:
        mem_mb=memory_mb(sampling_gb),
        runtime=minutes(sampling_minutes),
    params:
        settings=sampling_settings,
        content=content_of_ising,
        seed=config["seed"],
    script:
        "../scripts/sample_ising.py"


rule sample_shard:
    output:
        shard="results/ising/{name}/shards/{shard}-of-{shards}.h5",
    wildcard_constraints:
        name=one_of(sharded("ising")),
    resources:
        mem_mb=memory_mb(sampling_gb),
        runtime=minutes(sampling_minutes),
    params:
        settings=sampling_settings,
        content=content_of_ising,
        seed=config["seed"],
    script:
        "../scripts/sample_shard.py"


rule join_samples:
    input:
        shards=shards_of("ising"),
    output:
        samples="results/ising/{name}/samples.h5",
        diagnostics="results/ising/{name}/diagnostics.h5",
    wildcard_constraints:
        name=one_of(sharded("ising")),
    group:
        "ising"
    resources:
        mem_mb=memory_mb(sampling_gb),
        runtime=minutes(10),
    params:
        settings=sampling_settings,
        content=content_of_ising,
        seed=config["seed"],
    script:
        "../scripts/join_samples.py"


rule solve_ising:
    output:
        exact="results/ising/{name}/exact.h5",
    wildcard_constraints:
        name=one_of(SAMPLED),
    group:
        "ising"
    resources:
        mem_mb=memory_mb(solving_gb),
        runtime=minutes(5),
    params:
        settings=settings_of("ising", *MODEL),
        content=content_of_ising,
    script:
        "../scripts/solve_ising.py"
