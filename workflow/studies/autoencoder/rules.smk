# Section 8. Needs: history.h5 and reconstructions.h5 of autoencoders. Makes: locality.h5 in
# the same folder, figures 1 and 2, and the claims.

NETWORKS = PAPER["autoencoders"]["half"] + PAPER["autoencoders"]["standard"]


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
        reconstructions=f"results/autoencoders/{NETWORKS[0]}/reconstructions.h5",
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
        reconstructions=f"results/autoencoders/{NETWORKS[0]}/reconstructions.h5",
        locality=f"results/autoencoders/{NETWORKS[0]}/locality.h5",
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
        histories=expand("results/autoencoders/{name}/history.h5", name=NETWORKS),
        reconstructions=expand(
            "results/autoencoders/{name}/reconstructions.h5", name=NETWORKS
        ),
        localities=expand("results/autoencoders/{name}/locality.h5", name=NETWORKS),
    output:
        claims="results/claims/autoencoder.json",
    resources:
        mem_mb=memory_mb(1),
    params:
        networks=NETWORKS,
    script:
        "claims.py"


rule autoencoder:
    input:
        claims="results/claims/autoencoder.json",
        figures=expand(
            "results/figures/{figure}.{suffix}",
            figure=["figure1", "figure2"],
            suffix=["svg", "png", "csv"],
        ),
    localrule: True
