# End of section 11. Needs: graphs, walks and images. Makes: networks.h5, optimum.h5,
# patterns.h5, averages.h5 and filters.h5 in results/programme/<name>, fixed-points.h5 in
# results/programme, figures 9 to 11, and the claims.


include: "common.smk"


rule train_programme:
    input:
        stationary=of_programme("stationary"),
        images=of_programme("images"),
        test=of_programme("test"),
    output:
        networks="results/programme/{name}/networks.h5",
    conda:
        "../../../envs/training.yaml"
    threads: 1  # the order of summation, and so the result, may depend on their number
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        settings=settings_of("programme", "kernels", "epochs", "batch", "learning_rate"),
        seed=config["seed"],
    script:
        "train_programme.py"


rule solve_programme:
    input:
        graph=of_programme("graph"),
        stationary=of_programme("stationary"),
        images=of_programme("images"),
        test=of_programme("test"),
        networks="results/programme/{name}/networks.h5",
    output:
        optimum="results/programme/{name}/optimum.h5",
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        settings=settings_of("programme", "sizes", "draws", "repeats"),
        teleport=lambda wildcards: graph_of_programme(wildcards)["teleport"],
        seed=config["seed"],
    script:
        "solve_programme.py"


rule measure_patterns:
    input:
        graph=of_programme("graph"),
        stationary=of_programme("stationary"),
        images=of_programme("images"),
        networks="results/programme/{name}/networks.h5",
        optimum="results/programme/{name}/optimum.h5",
    output:
        patterns="results/programme/{name}/patterns.h5",
    threads: 1  # liblinear has one generator for all threads
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        settings=settings_of("programme", "sizes", "regressed", "batches", "edges"),
        weight=lambda wildcards: weight_settings(graph_of_programme(wildcards)),
        teleport=lambda wildcards: graph_of_programme(wildcards)["teleport"],
        seed=config["seed"],
    script:
        "measure_patterns.py"


rule measure_averages:
    input:
        graph=of_programme("graph"),
        images=of_programme("images"),
    output:
        averages="results/programme/{name}/averages.h5",
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        weight=lambda wildcards: weight_settings(graph_of_programme(wildcards)),
        seed=config["seed"],
    script:
        "measure_averages.py"


rule measure_filters:
    input:
        graph=of_programme("graph"),
        images=of_programme("images"),
    output:
        filters="results/programme/{name}/filters.h5",
    resources:
        mem_mb=memory_mb(programme_gb),
        runtime=minutes(programme_minutes),
    params:
        seed=config["seed"],
    script:
        "measure_filters.py"


rule measure_fixed_points:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        population=f"results/images/{PAPER['population']}/images.h5",
        test=f"results/images/{PAPER['test']}/images.h5",
    output:
        fixed="results/programme/fixed-points.h5",
    resources:
        mem_mb=memory_mb(1.5),
        runtime=minutes(5),
    params:
        settings={
            "weight": weight_settings(DIGIT),
            "cut": DIGIT["cuts"][0],
            "teleport": DIGIT["teleport"],
        },
        seed=config["seed"],
    script:
        "measure_fixed_points.py"


rule draw_figure9:
    input:
        networks=expand("results/programme/{name}/networks.h5", name=PROGRAMME),
        optima=expand("results/programme/{name}/optimum.h5", name=PROGRAMME),
    output:
        svg=report(
            "results/figures/figure9.svg",
            caption="figure9.rst",
            category="Figures",
            labels={"figure": " 9", "what": "optimal weights and the walk's matrix"},
        ),
        png="results/figures/figure9.png",
        csv="results/figures/figure9.csv",
    resources:
        mem_mb=memory_mb(1.5),
    script:
        "figure9.py"


rule draw_figure10:
    input:
        lattice=f"results/programme/{PAPER['programme']['lattice']}/patterns.h5",
        images=f"results/programme/{PAPER['programme']['images']}/patterns.h5",
    output:
        svg=report(
            "results/figures/figure10.svg",
            caption="figure10.rst",
            category="Figures",
            labels={"figure": "10", "what": "patterns of weights, and edges found"},
        ),
        png="results/figures/figure10.png",
        csv="results/figures/figure10.csv",
    script:
        "figure10.py"


rule draw_figure11:
    input:
        networks=expand("results/programme/{name}/networks.h5", name=PROGRAMME),
        optima=expand("results/programme/{name}/optimum.h5", name=PROGRAMME),
        fixed="results/programme/fixed-points.h5",
    output:
        svg=report(
            "results/figures/figure11.svg",
            caption="figure11.rst",
            category="Figures",
            labels={"figure": "11", "what": "parameters and loss; fixed points"},
        ),
        png="results/figures/figure11.png",
        csv="results/figures/figure11.csv",
    resources:
        mem_mb=memory_mb(1.5),
    script:
        "figure11.py"


rule judge_programme:
    input:
        networks=expand("results/programme/{name}/networks.h5", name=PROGRAMME),
        optima=expand("results/programme/{name}/optimum.h5", name=PROGRAMME),
        patterns=expand("results/programme/{name}/patterns.h5", name=PROGRAMME),
        averages=expand("results/programme/{name}/averages.h5", name=PROGRAMME),
        filters=expand("results/programme/{name}/filters.h5", name=PROGRAMME),
        fixed="results/programme/fixed-points.h5",
    output:
        claims="results/claims/programme.json",
    resources:
        mem_mb=memory_mb(1),
    script:
        "claims.py"


rule programme:
    input:
        files=expand(
            "results/programme/{name}/{file}.h5",
            name=config["programme"],
            file=["networks", "optimum", "patterns", "averages", "filters"],
        ),
        figures=expand(
            "results/figures/{figure}.{suffix}",
            figure=["figure9", "figure10", "figure11"],
            suffix=["svg", "png", "csv"],
        ),
        claims="results/claims/programme.json",
    localrule: True
