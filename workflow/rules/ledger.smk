# Needs: what the claims are judged by. Makes: the ledger, results/claims.json and claims.md.


rule write_ledger:
    input:
        histories=expand("results/autoencoders/{name}/history.h5", name=NETWORKS),
        reconstructions=expand(
            "results/autoencoders/{name}/reconstructions.h5", name=NETWORKS
        ),
        localities=expand("results/autoencoders/{name}/locality.h5", name=NETWORKS),
        recoveries=expand(
            "results/ising/{name}/recovery.h5",
            name=[PAPER["recovery"]["half"], PAPER["recovery"]["standard"]],
        ),
        likeness="results/digit/likeness.h5",
        fractions="results/digit/fractions.h5",
        reading="results/digit/reading.h5",
        steps="results/digit/steps.h5",
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
        fixed_points="results/programme/fixed-points.h5",
    output:
        claims="results/claims.json",
        summary="results/claims.md",
    resources:
        mem_mb=memory_mb(1),
    params:
        networks=NETWORKS,
        # Of its inputs Snakemake compares the set, not which is which.
        linear=PAPER["linear"],
        programme=PROGRAMME,
    script:
        "../scripts/write_ledger.py"
