# Needs: weights.h5 of graphs over Ising ensembles, and their diagnostics.h5. Makes:
# results/studies/transition/<graph>.h5 and results/figures/transition-<name>.svg, .png.


rule measure_transition:
    input:
        weights="results/graphs/{name}/weights.h5",
    output:
        transition="results/studies/transition/{name}.h5",
    log:
        "results/logs/measure_transition/{name}.log",
    benchmark:
        "results/benchmarks/measure_transition/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["graphs"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(5),
    params:
        code=fingerprint("measure_transition", "science"),
    script:
        "../scripts/measure_transition.py"


rule draw_transition:
    input:
        transitions=in_transition("results/studies/transition/{name}.h5"),
        diagnostics=in_transition("results/ising/{name}/diagnostics.h5", over="ising"),
    output:
        svg=report(
            "results/figures/transition-{name}.svg",
            caption="../report/transition.rst",
            category="Figures",
            labels={"figure": "{name}", "what": TITLES["transition"]},
        ),
        png="results/figures/transition-{name}.png",
        csv="results/figures/transition-{name}.csv",
    log:
        "results/logs/draw_transition/{name}.log",
    benchmark:
        "results/benchmarks/draw_transition/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["transitions"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_transition", "science"),
        # Of its inputs Snakemake compares the set, not the order.
        graphs=lambda wildcards: config["transitions"][wildcards.name]["graphs"],
    script:
        "../scripts/draw_transition.py"
