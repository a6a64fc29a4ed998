# Needs: graphs, walks and images. Makes: results/programme/<name>, with networks.h5,
# optimum.h5 and patterns.h5; fixed-points.h5 under results/studies; and figures 9 to 11.


rule train_programme:
    input:
        stationary=of_programme("stationary"),
        images=of_programme("images"),
        test=of_programme("test"),
    output:
        networks="results/programme/{name}/networks.h5",
    log:
        "results/logs/train_programme/{name}.log",
    benchmark:
        "results/benchmarks/train_programme/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["programme"]),
    conda:
        "../../envs/training.yaml"
    threads: 1  # the order of summation, and so the result, may depend on their number
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        code=fingerprint("train_programme", "training"),
        # Of its inputs Snakemake compares the set, not which is which.
        images=images_of_programme,
        settings=settings_of("programme", "kernels", "epochs", "batch", "learning_rate"),
        seed=config["seed"],
    script:
        "../scripts/train_programme.py"


rule solve_programme:
    input:
        graph=of_programme("graph"),
        stationary=of_programme("stationary"),
        images=of_programme("images"),
        test=of_programme("test"),
        networks="results/programme/{name}/networks.h5",
    output:
        optimum="results/programme/{name}/optimum.h5",
    log:
        "results/logs/solve_programme/{name}.log",
    benchmark:
        "results/benchmarks/solve_programme/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["programme"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        code=fingerprint("solve_programme", "science"),
        images=images_of_programme,
        settings=settings_of("programme", "sizes", "draws", "repeats"),
        teleport=lambda wildcards: graph_of_programme(wildcards)["teleport"],
        seed=config["seed"],
    script:
        "../scripts/solve_programme.py"


rule measure_patterns:
    input:
        graph=of_programme("graph"),
        stationary=of_programme("stationary"),
        images=of_programme("images"),
        networks="results/programme/{name}/networks.h5",
    output:
        patterns="results/programme/{name}/patterns.h5",
    log:
        "results/logs/measure_patterns/{name}.log",
    benchmark:
        "results/benchmarks/measure_patterns/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["programme"]),
    conda:
        "../../envs/science.yaml"
    threads: 1  # liblinear has one generator for all threads
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        code=fingerprint("measure_patterns", "science"),
        settings=settings_of("programme", "sizes", "regressed", "batches", "edges"),
        weight=lambda wildcards: weight_settings(graph_of_programme(wildcards)),
        teleport=lambda wildcards: graph_of_programme(wildcards)["teleport"],
        seed=config["seed"],
    script:
        "../scripts/measure_patterns.py"


rule measure_fixed_points:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        population=f"results/images/{PAPER['population']}/images.h5",
        test=f"results/images/{PAPER['test']}/images.h5",
    output:
        fixed="results/studies/fixed-points.h5",
    log:
        "results/logs/measure_fixed_points.log",
    benchmark:
        "results/benchmarks/measure_fixed_points.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(5),
    params:
        code=fingerprint("measure_fixed_points", "science"),
        # Of its inputs Snakemake compares the set, not which is which.
        images=[DIGIT["images"], PAPER["population"], PAPER["test"]],
        settings={
            "weight": weight_settings(DIGIT),
            "cut": DIGIT["cuts"][0],
            "teleport": DIGIT["teleport"],
        },
        seed=config["seed"],
    script:
        "../scripts/measure_fixed_points.py"


rule draw_figure9:
    input:
        networks=of_paper_programme("networks"),
        optima=of_paper_programme("optimum"),
    output:
        svg=report(
            "results/figures/figure9.svg",
            caption="../report/figure9.rst",
            category="Figures",
            labels=labels("figure9"),
        ),
        png="results/figures/figure9.png",
        csv="results/figures/figure9.csv",
    log:
        "results/logs/draw_figure9.log",
    benchmark:
        "results/benchmarks/draw_figure9.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure9", "science"),
        # Of its inputs Snakemake compares the set, not the order.
        programme=PAPER["programme"],
    script:
        "../scripts/draw_figure9.py"


rule draw_figure10:
    input:
        lattice=f"results/programme/{PAPER['programme']['lattice']}/patterns.h5",
        images=f"results/programme/{PAPER['programme']['images']}/patterns.h5",
    output:
        svg=report(
            "results/figures/figure10.svg",
            caption="../report/figure10.rst",
            category="Figures",
            labels=labels("figure10"),
        ),
        png="results/figures/figure10.png",
        csv="results/figures/figure10.csv",
    log:
        "results/logs/draw_figure10.log",
    benchmark:
        "results/benchmarks/draw_figure10.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure10", "science"),
        # Of its inputs Snakemake compares the set, not which is which.
        programme=PAPER["programme"],
    script:
        "../scripts/draw_figure10.py"


rule draw_figure11:
    input:
        networks=of_paper_programme("networks"),
        optima=of_paper_programme("optimum"),
        fixed="results/studies/fixed-points.h5",
    output:
        svg=report(
            "results/figures/figure11.svg",
            caption="../report/figure11.rst",
            category="Figures",
            labels=labels("figure11"),
        ),
        png="results/figures/figure11.png",
        csv="results/figures/figure11.csv",
    log:
        "results/logs/draw_figure11.log",
    benchmark:
        "results/benchmarks/draw_figure11.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure11", "science"),
        # Of its inputs Snakemake compares the set, not the order.
        programme=PAPER["programme"],
    script:
        "../scripts/draw_figure11.py"
