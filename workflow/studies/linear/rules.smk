# Section 10. Needs: samples.h5 or images.h5. Makes: optimum.h5 and training.h5 in
# results/linear/<name>, figures 7 and 8, and the claims.


include: "common.smk"


rule solve_linear:
    input:
        images=pixels_of("linear"),
    output:
        optimum="results/linear/{name}/optimum.h5",
    resources:
        mem_mb=memory_mb(dense_gb),
        runtime=minutes(dense_minutes),
    params:
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
        "solve_linear.py"


rule train_linear:
    input:
        images=pixels_of("linear"),
    output:
        training="results/linear/{name}/training.h5",
    conda:
        "../../../envs/training.yaml"
    threads: 1  # the order of summation, and so the result, may depend on their number
    resources:
        mem_mb=memory_mb(dense_gb),
        runtime=minutes(dense_minutes),
    params:
        settings=settings_of(
            "linear", "input", "target", "shifts", "reduce", "band", "layers", "steps"
        ),
        seed=config["seed"],
    script:
        "train_linear.py"


rule judge_linear:
    input:
        optima=expand("results/linear/{name}/optimum.h5", name=PAPER["linear"]),
        trainings=expand("results/linear/{name}/training.h5", name=PAPER["linear"]),
    output:
        claims="results/claims/linear.json",
    script:
        "claims.py"


rule draw_figure7:
    input:
        optima=expand("results/linear/{name}/optimum.h5", name=PAPER["linear"]),
        trainings=expand("results/linear/{name}/training.h5", name=PAPER["linear"]),
    output:
        svg=report(
            "results/figures/figure7.svg",
            caption="figure7.rst",
            category="Figures",
            labels={"figure": " 7", "what": "linear networks become circulant"},
        ),
        png="results/figures/figure7.png",
        csv="results/figures/figure7.csv",
    params:
        names=PAPER["linear"],
    script:
        "figure7.py"


rule draw_figure8:
    input:
        optima=expand("results/linear/{name}/optimum.h5", name=PAPER["linear"]),
        trainings=expand("results/linear/{name}/training.h5", name=PAPER["linear"]),
    output:
        svg=report(
            "results/figures/figure8.svg",
            caption="figure8.rst",
            category="Figures",
            labels={"figure": " 8", "what": "layers, shifts needed, and filters"},
        ),
        png="results/figures/figure8.png",
        csv="results/figures/figure8.csv",
    params:
        names=PAPER["linear"],
    script:
        "figure8.py"


rule linear:
    input:
        files=expand(
            "results/linear/{name}/{file}.h5",
            name=config["linear"],
            file=["optimum", "training"],
        ),
        figures=expand(
            "results/figures/{figure}.{suffix}",
            figure=["figure7", "figure8"],
            suffix=["svg", "png", "csv"],
        ),
        claims="results/claims/linear.json",
    localrule: True
