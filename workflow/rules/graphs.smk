# Needs: samples.h5 or images.h5. Makes, under results/graphs/<name>: weights.h5, and for
# each cut <cut>/graph.h5 and <cut>/stationary.h5.


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
        name=one_of(config["graphs"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1),
        runtime=30,
    params:
        weight=lambda wildcards: weight_settings(config["graphs"][wildcards.name]),
    script:
        "../scripts/average_pairs.py"


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
        name=one_of(config["graphs"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=10,
    script:
        "../scripts/sparsify_graph.py"


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
        mem_mb=memory_mb(0.5),
        runtime=30,
    params:
        settings=settings_of("graphs", "teleport"),
    script:
        "../scripts/walk_graph.py"
