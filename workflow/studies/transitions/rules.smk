# Section 11. Needs: weights.h5 of graphs over Ising ensembles, and their diagnostics.h5.
# Makes: transition.h5 in the folder of the weights, and results/figures/transition-<name>.


include: "common.smk"


rule measure_transition:
    input:
        weights="results/graphs/{name}/weights.h5",
    output:
        transition="results/graphs/{name}/transition.h5",
    wildcard_constraints:
        name=one_of(config["graphs"]),
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(5),
    script:
        "measure_transition.py"


rule draw_transition:
    input:
        transitions=in_transition("results/graphs/{name}/transition.h5"),
        diagnostics=in_transition("results/ising/{name}/diagnostics.h5", over="ising"),
    output:
        svg=report(
            "results/figures/transition-{name}.svg",
            caption="transition.rst",
            category="Figures",
            labels={"figure": "{name}", "what": "through the critical point"},
        ),
        png="results/figures/transition-{name}.png",
        csv="results/figures/transition-{name}.csv",
    wildcard_constraints:
        name=one_of(config["transitions"]),
    script:
        "transition.py"


rule transitions:
    input:
        figures=expand(
            "results/figures/transition-{name}.{suffix}",
            name=config["transitions"],
            suffix=["svg", "png", "csv"],
        ),
    localrule: True
