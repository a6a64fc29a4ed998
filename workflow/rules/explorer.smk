# Needs: weights.h5 of all graphs that have one, and reconstructions.h5 of the networks
# over the same images or lattice. Makes: results/explorer.html; on demand
# explorer-<graph>.html, restricted to graphs over the same source or lattice.

EXPLORERS = ["explorer", *(f"explorer-{name}" for name in SMALL)]


rule draw_explorer:
    input:
        weights=lambda wildcards: expand(
            "results/graphs/{name}/weights.h5", name=explored(wildcards)
        ),
        reconstructions=lambda wildcards: expand(
            "results/autoencoders/{name}/reconstructions.h5",
            name=explored_networks(wildcards),
        ),
    output:
        page="results/{explorer}.html",
    wildcard_constraints:
        explorer=one_of(EXPLORERS),
    group:
        "figures"
    resources:
        mem_mb=memory_mb(exploring_gb),
        runtime=minutes(exploring_minutes),
    params:
        settings=explored,
        networks=explored_networks,
        first=explored_first,
        left_out=lambda wildcards: (
            sorted(LARGE) if wildcards.explorer == "explorer" else []
        ),
    script:
        "../scripts/draw_explorer.py"
