# Needs: samples.h5 or images.h5. Makes, under results/graphs/<name>: weights.h5, at once
# or from shards/, unless there are too many pixels; and for each cut <cut>/graph.h5 and
# <cut>/stationary.h5, and on demand <cut>/graph.graphml and <cut>/graph.npz.

LARGE = [name for name in config["graphs"] if too_large(name)]
SMALL = [name for name in config["graphs"] if not too_large(name)]


rule average_pairs:
    input:
        pixels=pixels_of("graphs"),
    output:
        weights="results/graphs/{name}/weights.h5",
    log:
        "results/logs/average_pairs/{name}.log",
    benchmark:
        "results/benchmarks/average_pairs/{name}.tsv"
    wildcard_constraints:
        name=one_of(in_one("graphs")),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(averaging_gb),
        runtime=minutes(5),
    params:
        code=fingerprint("average_pairs", "science"),
        weight=lambda wildcards: weight_settings(config["graphs"][wildcards.name]),
    script:
        "../scripts/average_pairs.py"


rule sum_pairs:
    input:
        pixels=pixels_of("graphs"),
    output:
        sums="results/graphs/{name}/shards/{shard}-of-{shards}.h5",
    log:
        "results/logs/sum_pairs/{name}/{shard}-of-{shards}.log",
    benchmark:
        "results/benchmarks/sum_pairs/{name}/{shard}-of-{shards}.tsv"
    wildcard_constraints:
        name=one_of(in_shards("graphs")),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(averaging_gb),
        runtime=minutes(5),
    params:
        code=fingerprint("sum_pairs", "science"),
        sums=summed_settings,
    script:
        "../scripts/sum_pairs.py"


rule join_sums:
    input:
        pixels=pixels_of("graphs"),
        sums=shards_of("graphs"),
    output:
        weights="results/graphs/{name}/weights.h5",
    log:
        "results/logs/join_sums/{name}.log",
    benchmark:
        "results/benchmarks/join_sums/{name}.tsv"
    wildcard_constraints:
        name=one_of(in_shards("graphs")),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(weighing_gb),
        runtime=minutes(5),
    params:
        code=fingerprint("join_sums", "science"),
        weight=lambda wildcards: weight_settings(config["graphs"][wildcards.name]),
    script:
        "../scripts/join_sums.py"


rule sparsify_graph:
    input:
        weights="results/graphs/{name}/weights.h5",
    output:
        graph="results/graphs/{name}/{cut}/graph.h5",
    log:
        "results/logs/sparsify_graph/{name}/{cut}.log",
    benchmark:
        "results/benchmarks/sparsify_graph/{name}/{cut}.tsv"
    wildcard_constraints:
        name=one_of(SMALL),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(weighing_gb),
        runtime=minutes(2),
    params:
        code=fingerprint("sparsify_graph", "science"),
    script:
        "../scripts/sparsify_graph.py"


rule sparsify_pixels:
    input:
        pixels=pixels_of("graphs"),
    output:
        graph="results/graphs/{name}/{cut}/graph.h5",
    log:
        "results/logs/sparsify_pixels/{name}/{cut}.log",
    benchmark:
        "results/benchmarks/sparsify_pixels/{name}/{cut}.tsv"
    wildcard_constraints:
        name=one_of(LARGE),
    conda:
        "../../envs/science.yaml"
    threads: 8
    resources:
        mem_mb=memory_mb(strips_gb),
        runtime=minutes(10),
    params:
        code=fingerprint("sparsify_pixels", "science"),
        weight=lambda wildcards: weight_settings(config["graphs"][wildcards.name]),
    script:
        "../scripts/sparsify_pixels.py"


rule walk_graph:
    input:
        graph="results/graphs/{name}/{cut}/graph.h5",
    output:
        stationary="results/graphs/{name}/{cut}/stationary.h5",
    log:
        "results/logs/walk_graph/{name}/{cut}.log",
    benchmark:
        "results/benchmarks/walk_graph/{name}/{cut}.tsv"
    wildcard_constraints:
        name=one_of(config["graphs"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(walking_gb),
        runtime=minutes(2),
    params:
        code=fingerprint("walk_graph", "science"),
        settings=settings_of("graphs", "teleport"),
    script:
        "../scripts/walk_graph.py"


rule export_graph:
    input:
        graph="results/graphs/{name}/{cut}/graph.h5",
    output:
        graph="results/graphs/{name}/{cut}/graph.{suffix}",
    log:
        "results/logs/export_graph/{name}/{cut}/{suffix}.log",
    benchmark:
        "results/benchmarks/export_graph/{name}/{cut}/{suffix}.tsv"
    wildcard_constraints:
        name=one_of(config["graphs"]),
        suffix="graphml|npz",
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(exporting_gb),
        runtime=minutes(exporting_minutes),
    params:
        code=fingerprint("export_graph", "science"),
    script:
        "../scripts/export_graph.py"
