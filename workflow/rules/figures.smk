# Needs: finished numbers. Makes: results/figures/figure<N>.svg, .png and .csv; of any graph,
# on demand, graph-<name>.


rule draw_figure1:
    input:
        reconstructions=f"results/autoencoders/{NETWORKS[0]}/reconstructions.h5",
    output:
        svg=report(
            "results/figures/figure1.svg",
            caption="../report/figure1.rst",
            category="Figures",
            labels=labels("figure1"),
        ),
        png="results/figures/figure1.png",
        csv="results/figures/figure1.csv",
    log:
        "results/logs/draw_figure1.log",
    benchmark:
        "results/benchmarks/draw_figure1.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure1", "science"),
    script:
        "../scripts/draw_figure1.py"


rule draw_figure2:
    input:
        reconstructions=f"results/autoencoders/{NETWORKS[0]}/reconstructions.h5",
        locality=f"results/autoencoders/{NETWORKS[0]}/locality.h5",
    output:
        svg=report(
            "results/figures/figure2.svg",
            caption="../report/figure2.rst",
            category="Figures",
            labels=labels("figure2"),
        ),
        png="results/figures/figure2.png",
        csv="results/figures/figure2.csv",
    log:
        "results/logs/draw_figure2.log",
    benchmark:
        "results/benchmarks/draw_figure2.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure2", "science"),
    script:
        "../scripts/draw_figure2.py"


rule draw_figure3:
    input:
        half=f"results/graphs/{PAPER['lattices']['half']}/weights.h5",
        standard=f"results/graphs/{PAPER['lattices']['standard']}/weights.h5",
        exact_half=f"results/ising/{LATTICES['half']}/exact.h5",
        exact_standard=f"results/ising/{LATTICES['standard']}/exact.h5",
        digit=f"results/graphs/{PAPER['digit']}/weights.h5",
    output:
        svg=report(
            "results/figures/figure3.svg",
            caption="../report/figure3.rst",
            category="Figures",
            labels=labels("figure3"),
        ),
        png="results/figures/figure3.png",
        csv="results/figures/figure3.csv",
    log:
        "results/logs/draw_figure3.log",
    benchmark:
        "results/benchmarks/draw_figure3.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(lattices_gb),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure3", "science"),
    script:
        "../scripts/draw_figure3.py"


rule draw_figure4:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        stationary=f"results/graphs/{PAPER['digit']}/{DIGIT['cuts'][0]}/stationary.h5",
    output:
        svg=report(
            "results/figures/figure4.svg",
            caption="../report/figure4.rst",
            category="Figures",
            labels=labels("figure4"),
        ),
        png="results/figures/figure4.png",
        csv="results/figures/figure4.csv",
    log:
        "results/logs/draw_figure4.log",
    benchmark:
        "results/benchmarks/draw_figure4.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure4", "science"),
    script:
        "../scripts/draw_figure4.py"


rule draw_figure5:
    input:
        walks=expand(
            "results/graphs/{name}/{cut}/stationary.h5",
            name=PAPER["digit"],
            cut=DIGIT["cuts"],
        ),
    output:
        svg=report(
            "results/figures/figure5.svg",
            caption="../report/figure5.rst",
            category="Figures",
            labels=labels("figure5"),
        ),
        png="results/figures/figure5.png",
        csv="results/figures/figure5.csv",
    log:
        "results/logs/draw_figure5.log",
    benchmark:
        "results/benchmarks/draw_figure5.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_figure5", "science"),
        cuts=DIGIT["cuts"],
    script:
        "../scripts/draw_figure5.py"


rule draw_graph:
    input:
        stationaries=walks_of_graph,
    output:
        svg=report(
            "results/figures/graph-{name}.svg",
            caption="../report/graph.rst",
            category="Figures",
            labels={
                "figure": "{name}",
                "what": "mean image, stationary distributions",
            },
        ),
        png="results/figures/graph-{name}.png",
        csv="results/figures/graph-{name}.csv",
    log:
        "results/logs/draw_graph/{name}.log",
    benchmark:
        "results/benchmarks/draw_graph/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["graphs"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("draw_graph", "science"),
        # Of its inputs Snakemake compares the set, not the order.
        cuts=lambda wildcards: config["graphs"][wildcards.name]["cuts"],
    script:
        "../scripts/draw_graph.py"
