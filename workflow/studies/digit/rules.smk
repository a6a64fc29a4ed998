# Section 11. Needs: images, and the graph of one digit with its walks. Makes: likeness.h5,
# fractions.h5 and reading.h5 in results/digit, figures 4 and 5, and the claims.

# The graph that the figures and claims are about.
DIGIT = config["graphs"][PAPER["digit"]]


rule measure_likeness:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        population=f"results/images/{PAPER['population']}/images.h5",
    output:
        likeness="results/digit/likeness.h5",
    resources:
        mem_mb=memory_mb(1),
    params:
        settings={
            "weight": weight_settings(DIGIT),
            "cut": DIGIT["cuts"][0],
            "teleport": DIGIT["teleport"],
            "choices": PAPER["choices"],
        },
        seed=config["seed"],
    script:
        "measure_likeness.py"


rule measure_fractions:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        population=f"results/images/{PAPER['population']}/images.h5",
    output:
        fractions="results/digit/fractions.h5",
    resources:
        mem_mb=memory_mb(1),
        runtime=minutes(5),
    params:
        settings={"choices": PAPER["choices"]},
        seed=config["seed"],
    script:
        "measure_fractions.py"


rule read_digits:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        training=f"results/images/{PAPER['population']}/images.h5",
        test=f"results/images/{PAPER['test']}/images.h5",
        walks=expand(
            "results/graphs/{name}/{cut}/stationary.h5",
            name=PAPER["digit"],
            cut=DIGIT["cuts"],
        ),
    output:
        reading="results/digit/reading.h5",
    resources:
        mem_mb=memory_mb(2),
    params:
        settings={
            "cuts": DIGIT["cuts"],
            "weight": weight_settings(DIGIT),
            "teleport": DIGIT["teleport"],
        },
        seed=config["seed"],
    script:
        "read_digits.py"


rule draw_figure4:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        stationary=f"results/graphs/{PAPER['digit']}/{DIGIT['cuts'][0]}/stationary.h5",
    output:
        svg=report(
            "results/figures/figure4.svg",
            caption="figure4.rst",
            category="Figures",
            labels={"figure": " 4", "what": "stationary distribution and mean image"},
        ),
        png="results/figures/figure4.png",
        csv="results/figures/figure4.csv",
    script:
        "figure4.py"


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
            caption="figure5.rst",
            category="Figures",
            labels={
                "figure": " 5",
                "what": "stationary distributions of sparser graphs",
            },
        ),
        png="results/figures/figure5.png",
        csv="results/figures/figure5.csv",
    params:
        cuts=DIGIT["cuts"],
    script:
        "figure5.py"


rule judge_digit:
    input:
        likeness="results/digit/likeness.h5",
        fractions="results/digit/fractions.h5",
        reading="results/digit/reading.h5",
    output:
        claims="results/claims/digit.json",
    script:
        "claims.py"


rule digit:
    input:
        claims="results/claims/digit.json",
        figures=expand(
            "results/figures/{figure}.{suffix}",
            figure=["figure4", "figure5"],
            suffix=["svg", "png", "csv"],
        ),
    localrule: True
