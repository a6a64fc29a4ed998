# Needs: samples.h5 or images.h5. Makes, under results/graphs/<name>: weights.h5, in one
# job or from shards/ (none for large graphs); for each cut <cut>/graph.h5 and
# <cut>/stationary.h5; on demand <cut>/graph.graphml, <cut>/graph.npz and
# results/figures/graph-<name>.

LARGE = [name for name in config["graphs"] if too_large(name)]
SMALL = [name for name in config["graphs"] if not too_large(name)]


rule average_pairs:
    input:
        pixels=pixels_of("graphs"),
    output:
        weights="results/graphs/{name}/weights.h5",
    wildcard_constraints:
        name=one_of(unsharded("graphs")),
    group:
        "graphs"
    resources:
        mem_mb=memory_mb(averaging_gb),
        runtime=minutes(5),
    params:
        weight=lambda wildcards: weight_settings(config["graphs"][wildcards.name]),
    script:
        "../scripts/average_pairs.py"


rule sum_pairs:
    input:
        pixels=pixels_of("graphs"),
    output:
        sums="results/graphs/{name}/shards/{shard}-of-{shards}.h5",
    wildcard_constraints:
        name=one_of(sharded("graphs")),
    group:
        "sums"
    resources:
        mem_mb=memory_mb(averaging_gb),
        runtime=minutes(5),
    params:
        sums=summed_settings,
    script:
        "../scripts/sum_pairs.py"


rule join_sums:
    input:
        pixels=pixels_of("graphs"),
        sums=shards_of("graphs"),
    output:
        weights="results/graphs/{name}/weights.h5",
    wildcard_constraints:
        name=one_of(sharded("graphs")),
    group:
        "graphs"
    resources:
        mem_mb=memory_mb(weighing_gb),
        runtime=minutes(5),
    params:
        weight=lambda wildcards: weight_settings(config["graphs"][wildcards.name]),
    script:
        "../scripts/join_sums.py"


rule sparsify_graph:
    input:
        weights="results/graphs/{name}/weights.h5",
    output:
        graph="results/graphs/{name}/{cut}/graph.h5",
    wildcard_constraints:
        name=one_of(SMALL),
    group:
        "graphs"
    resources:
        mem_mb=memory_mb(weighing_gb),
        runtime=minutes(2),
    script:
        "../scripts/sparsify_graph.py"


rule sparsify_pixels:
    input:
        pixels=pixels_of("graphs"),
    output:
        graph="results/graphs/{name}/{cut}/graph.h5",
    wildcard_constraints:
        name=one_of(LARGE),
    threads: 8
    resources:
        mem_mb=memory_mb(strips_gb),
        runtime=minutes(10),
    params:
        weight=lambda wildcards: weight_settings(config["graphs"][wildcards.name]),
    script:
        "../scripts/sparsify_pixels.py"


rule walk_graph:
    input:
        graph="results/graphs/{name}/{cut}/graph.h5",
    output:
        stationary="results/graphs/{name}/{cut}/stationary.h5",
    group:
        "graphs"
    resources:
        mem_mb=memory_mb(walking_gb),
        runtime=minutes(2),
    params:
        settings=settings_of("graphs", "teleport"),
    script:
        "../scripts/walk_graph.py"


rule export_graph:
    input:
        graph="results/graphs/{name}/{cut}/graph.h5",
    output:
        graph="results/graphs/{name}/{cut}/graph.{suffix}",
    wildcard_constraints:
        name=one_of(config["graphs"]),
        suffix="graphml|npz",
    group:
        "graphs"
    resources:
        mem_mb=memory_mb(exporting_gb),
        runtime=minutes(exporting_minutes),
    script:
        "../scripts/export_graph.py"


rule draw_graph:
    input:
        stationaries=walks_of_graph,
    output:
        svg=report(
            "results/figures/graph-{name}.svg",
            caption="../report/graph.rst",
            category="Figures",
            labels={
                "figure": "{name}",
                "what": "mean image, stationary distributions",
            },
        ),
        png="results/figures/graph-{name}.png",
        csv="results/figures/graph-{name}.csv",
    wildcard_constraints:
        name=one_of(config["graphs"]),
    group:
        "figures"
    params:
        cuts=lambda wildcards: config["graphs"][wildcards.name]["cuts"],
    script:
        "../scripts/draw_graph.py"
