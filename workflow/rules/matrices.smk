# Needs: nothing. Makes: results/matrices/<name>/convolutions.h5 and matrices.h5, and
# figure 6.


rule check_convolution:
    output:
        convolutions="results/matrices/{name}/convolutions.h5",
    log:
        "results/logs/check_convolution/{name}.log",
    benchmark:
        "results/benchmarks/check_convolution/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["matrices"]),
    conda:
        "../../envs/training.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(5),
    params:
        code=fingerprint("check_convolution", "training"),
        settings=settings_of("matrices", "rows", "columns", "filter", "draws"),
        seed=config["seed"],
    script:
        "../scripts/check_convolution.py"


rule measure_matrices:
    output:
        matrices="results/matrices/{name}/matrices.h5",
    log:
        "results/logs/measure_matrices/{name}.log",
    benchmark:
        "results/benchmarks/measure_matrices/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["matrices"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(matrices_gb),
        runtime=minutes(matrices_minutes),
    params:
        code=fingerprint("measure_matrices", "science"),
        settings=settings_of("matrices"),
        seed=config["seed"],
    script:
        "../scripts/measure_matrices.py"


rule draw_figure6:
    input:
        matrices=f"results/matrices/{PAPER['matrices']}/matrices.h5",
    output:
        svg=report(
            "results/figures/figure6.svg",
            caption="../report/figure6.rst",
            category="Figures",
            labels=labels("figure6"),
        ),
        png="results/figures/figure6.png",
        csv="results/figures/figure6.csv",
    log:
        "results/logs/draw_figure6.log",
    benchmark:
        "results/benchmarks/draw_figure6.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure6", "science"),
    script:
        "../scripts/draw_figure6.py"
