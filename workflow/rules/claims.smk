# Needs: results of the other stages. Makes: locality.h5 beside each autoencoder, the
# studies under results/studies, and the ledger, results/claims.json and claims.md.


rule measure_locality:
    input:
        reconstructions="results/autoencoders/{name}/reconstructions.h5",
    output:
        locality="results/autoencoders/{name}/locality.h5",
    log:
        "results/logs/measure_locality/{name}.log",
    benchmark:
        "results/benchmarks/measure_locality/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["autoencoders"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("measure_locality", "science"),
        settings={"permutations": PAPER["permutations"]},
        seed=config["seed"],
    script:
        "../scripts/measure_locality.py"


rule measure_recovery:
    input:
        samples="results/ising/{name}/samples.h5",
        exact="results/ising/{name}/exact.h5",
    output:
        recovery="results/studies/recovery/{name}.h5",
    log:
        "results/logs/measure_recovery/{name}.log",
    benchmark:
        "results/benchmarks/measure_recovery/{name}.tsv"
    wildcard_constraints:
        name=one_of(config["ising"]),
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(recovery_gb),
        runtime=minutes(3),
    params:
        code=fingerprint("measure_recovery", "science"),
        settings={"sizes": PAPER["recovery"]["sizes"]},
    script:
        "../scripts/measure_recovery.py"


rule measure_likeness:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        population=f"results/images/{PAPER['population']}/images.h5",
        stationary=f"results/graphs/{PAPER['digit']}/{DIGIT['cuts'][0]}/stationary.h5",
    output:
        likeness="results/studies/likeness.h5",
    log:
        "results/logs/measure_likeness.log",
    benchmark:
        "results/benchmarks/measure_likeness.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1),
        runtime=minutes(3),
    params:
        code=fingerprint("measure_likeness", "science"),
        settings={
            "weight": weight_settings(DIGIT),
            "cut": DIGIT["cuts"][0],
            "teleport": DIGIT["teleport"],
            "choices": PAPER["choices"],
        },
        seed=config["seed"],
    script:
        "../scripts/measure_likeness.py"


rule measure_fractions:
    input:
        images=f"results/images/{DIGIT['images']}/images.h5",
        population=f"results/images/{PAPER['population']}/images.h5",
    output:
        fractions="results/studies/fractions.h5",
    log:
        "results/logs/measure_fractions.log",
    benchmark:
        "results/benchmarks/measure_fractions.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1),
        runtime=minutes(5),
    params:
        code=fingerprint("measure_fractions", "science"),
        # Of its inputs Snakemake compares the set, not which is which.
        images=[DIGIT["images"], PAPER["population"]],
        settings={"choices": PAPER["choices"]},
        seed=config["seed"],
    script:
        "../scripts/measure_fractions.py"


rule read_digits:
    input:
        training=f"results/images/{PAPER['population']}/images.h5",
        test=f"results/images/{PAPER['test']}/images.h5",
        walks=expand(
            "results/graphs/{name}/{cut}/stationary.h5",
            name=PAPER["digit"],
            cut=DIGIT["cuts"],
        ),
    output:
        reading="results/studies/reading.h5",
    log:
        "results/logs/read_digits.log",
    benchmark:
        "results/benchmarks/read_digits.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(2),
        runtime=minutes(3),
    params:
        code=fingerprint("read_digits", "science"),
        # Of its inputs Snakemake compares the set, not which is which.
        images=[PAPER["population"], PAPER["test"]],
        settings={"cuts": DIGIT["cuts"]},
    script:
        "../scripts/read_digits.py"


rule measure_steps:
    input:
        graph=f"results/graphs/{PAPER['digit']}/{DIGIT['cuts'][0]}/graph.h5",
        stationary=f"results/graphs/{PAPER['digit']}/{DIGIT['cuts'][0]}/stationary.h5",
        test=f"results/images/{PAPER['test']}/images.h5",
    output:
        steps="results/studies/steps.h5",
    log:
        "results/logs/measure_steps.log",
    benchmark:
        "results/benchmarks/measure_steps.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1),
        runtime=minutes(3),
    params:
        code=fingerprint("measure_steps", "science"),
        settings={"teleport": DIGIT["teleport"]},
        seed=config["seed"],
    script:
        "../scripts/measure_steps.py"


rule write_ledger:
    input:
        histories=expand("results/autoencoders/{name}/history.h5", name=NETWORKS),
        reconstructions=expand(
            "results/autoencoders/{name}/reconstructions.h5", name=NETWORKS
        ),
        localities=expand("results/autoencoders/{name}/locality.h5", name=NETWORKS),
        recoveries=expand(
            "results/studies/recovery/{name}.h5",
            name=[PAPER["recovery"]["half"], PAPER["recovery"]["standard"]],
        ),
        likeness="results/studies/likeness.h5",
        fractions="results/studies/fractions.h5",
        reading="results/studies/reading.h5",
        steps="results/studies/steps.h5",
        convolutions=f"results/matrices/{PAPER['matrices']}/convolutions.h5",
        matrices=f"results/matrices/{PAPER['matrices']}/matrices.h5",
        linear_optima=expand("results/linear/{name}/optimum.h5", name=PAPER["linear"]),
        linear_trainings=expand(
            "results/linear/{name}/training.h5", name=PAPER["linear"]
        ),
        programme_networks=expand(
            "results/programme/{name}/networks.h5", name=PROGRAMME
        ),
        programme_optima=expand("results/programme/{name}/optimum.h5", name=PROGRAMME),
        patterns=expand("results/programme/{name}/patterns.h5", name=PROGRAMME),
        fixed_points="results/studies/fixed-points.h5",
    output:
        claims="results/claims.json",
        summary="results/claims.md",
    log:
        "results/logs/write_ledger.log",
    benchmark:
        "results/benchmarks/write_ledger.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(1),
        runtime=minutes(3),
    params:
        code=fingerprint("write_ledger", "science"),
        networks=NETWORKS,
        # Of its inputs Snakemake compares the set, not which is which.
        linear=PAPER["linear"],
        programme=PROGRAMME,
    script:
        "../scripts/write_ledger.py"
