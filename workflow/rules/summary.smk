# Needs: the ledger, what it rests on, and the figures. Makes: results/summary.html.


rule write_summary:
    input:
        claims="results/claims.json",
        pictures=expand(
            "results/figures/{figure}.png", figure=figures_of(config["studies"])
        ),
        evidence=completion.inputs["write_ledger"],
    output:
        page=report(
            "results/summary.html",
            caption="../report/summary.rst",
            category="At a glance",  # categories stand in alphabetical order
            labels={"what": "question, ledger, figures, configuration on one page"},
        ),
    params:
        question=report_text(f"{WORKFLOW}/report/workflow.rst"),
        figures=[shown(figure) for figure in figures_of(config["studies"])],
        settings=configured(),
        stand_ins=STAND_INS,
    script:
        "../scripts/write_summary.py"
