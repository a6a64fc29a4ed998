# Needs: the ledger, what it rests on, and the figures. Makes: results/summary.html.


rule write_summary:
    input:
        claims="results/claims.json",
        pictures=expand("results/figures/{figure}.png", figure=FIGURES),
        evidence=rules.write_ledger.input,
    output:
        page=report(
            "results/summary.html",
            caption="../report/summary.rst",
            category="At a glance",  # categories stand in alphabetical order
            labels={"what": "question, ledger, figures, configuration on one page"},
        ),
    log:
        "results/logs/write_summary.log",
    benchmark:
        "results/benchmarks/write_summary.tsv"
    conda:
        "../../envs/science.yaml"
    threads: 1
    resources:
        mem_mb=memory_mb(0.5),
        runtime=minutes(3),
    params:
        code=fingerprint("write_summary", "science"),
        question=told("workflow"),
        figures=captioned(),
        settings=summarised(),
        stand_ins=STAND_INS,
    script:
        "../scripts/write_summary.py"
