# Section 11. Needs: samples.h5, exact.h5 and weights.h5 of lattices. Makes: recovery.h5 and
# glauber.h5 in the folder of the samples, figure 3, and the claims.


include: "common.smk"


rule measure_recovery:
    input:
        samples="results/ising/{name}/samples.h5",
        exact="results/ising/{name}/exact.h5",
    output:
        recovery="results/ising/{name}/recovery.h5",
    wildcard_constraints:
        name=one_of(config["ising"]),
    resources:
        mem_mb=memory_mb(recovery_gb),
    params:
        settings={"sizes": PAPER["recovery"]["sizes"]},
        seed=config["seed"],
    script:
        "measure_recovery.py"


rule solve_glauber:
    input:
        exact="results/ising/{name}/exact.h5",
    output:
        glauber="results/ising/{name}/glauber.h5",
    wildcard_constraints:
        name=one_of(config["ising"]),
    script:
        "solve_glauber.py"


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
            caption="figure3.rst",
            category="Figures",
            labels={"figure": " 3", "what": "averaged pair weights"},
        ),
        png="results/figures/figure3.png",
        csv="results/figures/figure3.csv",
    resources:
        mem_mb=memory_mb(lattices_gb),
    script:
        "figure3.py"


rule judge_lattice:
    input:
        recoveries=[
            f"results/ising/{PAPER['recovery']['half']}/recovery.h5",
            f"results/ising/{PAPER['recovery']['standard']}/recovery.h5",
        ],
        glauber=[
            f"results/ising/{PAPER['recovery']['half']}/glauber.h5",
            f"results/ising/{PAPER['recovery']['standard']}/glauber.h5",
        ],
    output:
        claims="results/claims/lattice.json",
    script:
        "claims.py"


rule lattice:
    input:
        claims="results/claims/lattice.json",
        figures=expand(
            "results/figures/{figure}.{suffix}",
            figure=["figure3"],
            suffix=["svg", "png", "csv"],
        ),
    localrule: True
