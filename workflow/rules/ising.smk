# Needs: nothing but settings, and files for spins or lattices of one's own. Makes, under
# results/ising/<name>: samples.h5 and diagnostics.h5, at once or from shards/ (of spins
# from a file, samples.h5 alone); and exact.h5 where the figures or claims ask for it.

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
        name=one_of(in_one("ising")),
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
        name=one_of(in_shards("ising")),
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
        name=one_of(in_shards("ising")),
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
