# Needs: weights.h5 of all graphs that have one, and reconstructions.h5 of the networks
# that see such images. Makes: results/explorer.html.

EXPLORED = {name: explored(name) for name in sorted(SMALL)}
SEEING = sorted({name for entry in EXPLORED.values() for name in entry["networks"]})


rule draw_explorer:
    input:
        weights=expand("results/graphs/{name}/weights.h5", name=EXPLORED),
        reconstructions=expand(
            "results/autoencoders/{name}/reconstructions.h5", name=SEEING
        ),
    output:
        page="results/explorer.html",
    log:
        "results/logs/draw_explorer.log",
    benchmark:
        "results/benchmarks/draw_explorer.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(exploring_gb),
        runtime=minutes(exploring_minutes),
    params:
        code=fingerprint("draw_explorer", "science"),
        settings=EXPLORED,
        # Of its inputs Snakemake compares the set, not which is which.
        networks=SEEING,
        first=PAPER["digit"],
        left_out=sorted(LARGE),
    script:
        "../scripts/draw_explorer.py"
