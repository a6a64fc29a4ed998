# Needs: nothing but settings. Makes, under results/ising/<name>: samples.h5 and
# diagnostics.h5.


rule sample_ising:
    output:
        samples="results/ising/{name}/samples.h5",
        diagnostics="results/ising/{name}/diagnostics.h5",
    log:
        "results/logs/sample_ising/{name}.log",
    benchmark:
        "results/benchmarks/sample_ising/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["ising"]),
    conda:
        "../../envs/science.yaml"
    threads: 2
    resources:
        mem_mb=memory_mb(1),
        runtime=30,
    params:
        settings=settings_of("ising"),
        seed=config["seed"],
    script:
        "../scripts/sample_ising.py"
