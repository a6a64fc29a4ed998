# Needs: samples.h5 or images.h5. Makes: results/linear/<name>/optimum.h5 and training.h5,
# results/figures/figure7 and figure8.


rule solve_linear:
    input:
        images=pixels_of("linear"),
    output:
        optimum="results/linear/{name}/optimum.h5",
    log:
        "results/logs/solve_linear/{name}.log",
    benchmark:
        "results/benchmarks/solve_linear/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["linear"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(dense_gb),
        runtime=minutes(dense_minutes),
    params:
        code=fingerprint("solve_linear", "science"),
        settings=settings_of(
            "linear",
            "input",
            "target",
            "shifts",
            "reduce",
            "layers",
            "noise",
            "repeats",
        ),
        seed=config["seed"],
    script:
        "../scripts/solve_linear.py"


rule train_linear:
    input:
        images=pixels_of("linear"),
    output:
        training="results/linear/{name}/training.h5",
    log:
        "results/logs/train_linear/{name}.log",
    benchmark:
        "results/benchmarks/train_linear/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["linear"]),
    conda:
        "../../envs/training.yaml"
    threads: 1  # the order of summation, and so the result, may depend on their number
    resources:
        mem_mb=memory_mb(dense_gb),
        runtime=minutes(dense_minutes),
    params:
        code=fingerprint("train_linear", "training"),
        settings=settings_of(
            "linear", "input", "target", "shifts", "reduce", "band", "layers", "steps"
        ),
        seed=config["seed"],
    script:
        "../scripts/train_linear.py"


rule draw_figure7:
    input:
        optima=expand("results/linear/{name}/optimum.h5", name=PAPER["linear"]),
        trainings=expand("results/linear/{name}/training.h5", name=PAPER["linear"]),
    output:
        svg=report(
            "results/figures/figure7.svg",
            caption="../report/figure7.rst",
            category="Figures",
            labels=labels("figure7"),
        ),
        png="results/figures/figure7.png",
        csv="results/figures/figure7.csv",
    log:
        "results/logs/draw_figure7.log",
    benchmark:
        "results/benchmarks/draw_figure7.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure7", "science"),
        # Of its inputs Snakemake compares the set, not the order.
        names=PAPER["linear"],
    script:
        "../scripts/draw_figure7.py"


rule draw_figure8:
    input:
        optima=expand("results/linear/{name}/optimum.h5", name=PAPER["linear"]),
        trainings=expand("results/linear/{name}/training.h5", name=PAPER["linear"]),
    output:
        svg=report(
            "results/figures/figure8.svg",
            caption="../report/figure8.rst",
            category="Figures",
            labels=labels("figure8"),
        ),
        png="results/figures/figure8.png",
        csv="results/figures/figure8.csv",
    log:
        "results/logs/draw_figure8.log",
    benchmark:
        "results/benchmarks/draw_figure8.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure8", "science"),
        # Of its inputs Snakemake compares the set, not the order.
        names=PAPER["linear"],
    script:
        "../scripts/draw_figure8.py"
