# Sections 2 and 9. Needs: settings alone. Makes: convolutions.h5 and matrices.h5 in
# results/matrices/<name>, figure 6, and the claims.


include: "common.smk"


rule check_convolution:
    output:
        convolutions="results/matrices/{name}/convolutions.h5",
    conda:
        "../../../envs/training.yaml"
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(5),
    params:
        settings=settings_of("matrices", "rows", "columns", "filter", "draws"),
        seed=config["seed"],
    script:
        "check_convolution.py"


rule measure_matrices:
    output:
        matrices="results/matrices/{name}/matrices.h5",
    resources:
        mem_mb=memory_mb(matrices_gb),
        runtime=minutes(matrices_minutes),
    params:
        settings=settings_of("matrices"),
        seed=config["seed"],
    script:
        "measure_matrices.py"


rule judge_matrices:
    input:
        convolutions=f"results/matrices/{PAPER['matrices']}/convolutions.h5",
        matrices=f"results/matrices/{PAPER['matrices']}/matrices.h5",
    output:
        claims="results/claims/matrices.json",
    script:
        "claims.py"


rule draw_figure6:
    input:
        matrices=f"results/matrices/{PAPER['matrices']}/matrices.h5",
    output:
        svg=report(
            "results/figures/figure6.svg",
            caption="figure6.rst",
            category="Figures",
            labels={"figure": " 6", "what": "convolutions and lattices as matrices"},
        ),
        png="results/figures/figure6.png",
        csv="results/figures/figure6.csv",
    script:
        "figure6.py"


rule matrices:
    input:
        files=expand(
            "results/matrices/{name}/{file}.h5",
            name=config["matrices"],
            file=["convolutions", "matrices"],
        ),
        figures=expand(
            "results/figures/{figure}.{suffix}",
            figure=["figure6"],
            suffix=["svg", "png", "csv"],
        ),
        claims="results/claims/matrices.json",
    localrule: True
