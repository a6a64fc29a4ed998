# Section 8. Needs: samples.h5 of ensembles, reconstructions.h5 of an autoencoder. Makes:
# replicas.h5 and learned.h5 in the folder of the samples, locality.h5 in that of the
# autoencoder, figures 1 and 2, and the claims.


include: "common.smk"


rule train_replicas:
    input:
        samples="results/ising/{name}/samples.h5",
    output:
        replicas="results/ising/{name}/replicas.h5",
    wildcard_constraints:
        name=one_of(REPLICAS),
    conda:
        "../../../envs/training.yaml"
    threads: 1  # the order of summation, and so the result, may depend on their number
    resources:
        mem_mb=memory_mb(replicas_gb),
        runtime=minutes(replicas_minutes),
    params:
        settings=replica_settings(),
        seed=config["seed"],
    script:
        "train_replicas.py"


rule measure_replicas:
    input:
        samples="results/ising/{name}/samples.h5",
        replicas="results/ising/{name}/replicas.h5",
        reference=f"results/ising/{INFINITE}/replicas.h5",
    output:
        learned="results/ising/{name}/learned.h5",
    wildcard_constraints:
        name=one_of(REPLICAS),
    conda:
        "../../../envs/training.yaml"
    threads: 1  # the order of summation, and so the result, may depend on their number
    resources:
        mem_mb=memory_mb(replicas_gb),
    params:
        settings={"permutations": PAPER["permutations"]},
        seed=config["seed"],
    script:
        "measure_replicas.py"


rule measure_locality:
    input:
        reconstructions="results/autoencoders/{name}/reconstructions.h5",
    output:
        locality="results/autoencoders/{name}/locality.h5",
    params:
        settings={"permutations": PAPER["permutations"]},
        seed=config["seed"],
    script:
        "measure_locality.py"


rule draw_figure1:
    input:
        reconstructions=f"results/autoencoders/{FIRST}/reconstructions.h5",
    output:
        svg=report(
            "results/figures/figure1.svg",
            caption="figure1.rst",
            category="Figures",
            labels={"figure": " 1", "what": "originals and reconstructions"},
        ),
        png="results/figures/figure1.png",
        csv="results/figures/figure1.csv",
    script:
        "figure1.py"


rule draw_figure2:
    input:
        reconstructions=f"results/autoencoders/{FIRST}/reconstructions.h5",
        locality=f"results/autoencoders/{FIRST}/locality.h5",
    output:
        svg=report(
            "results/figures/figure2.svg",
            caption="figure2.rst",
            category="Figures",
            labels={"figure": " 2", "what": "receptive fields"},
        ),
        png="results/figures/figure2.png",
        csv="results/figures/figure2.csv",
    script:
        "figure2.py"


rule judge_autoencoder:
    input:
        replicas=expand("results/ising/{name}/replicas.h5", name=REPLICAS),
        learned=expand("results/ising/{name}/learned.h5", name=REPLICAS),
    output:
        claims="results/claims/autoencoder.json",
    params:
        roles=ROLES,
    script:
        "claims.py"


rule autoencoder:
    input:
        claims="results/claims/autoencoder.json",
        localities=expand("results/autoencoders/{name}/locality.h5", name=NETWORKS),
        figures=expand(
            "results/figures/{figure}.{suffix}",
            figure=["figure1", "figure2"],
            suffix=["svg", "png", "csv"],
        ),
    localrule: True
