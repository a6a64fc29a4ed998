# Needs: the ledger, its evidence, and the figures. Makes: results/summary.html.

with open(workflow.source_path("../report/workflow.rst"), encoding="utf-8") as file:
    QUESTION = file.read()


rule write_summary:
    input:
        claims="results/claims.json",
        pictures=expand(
            "results/figures/{figure}.png", figure=completion.figures_of(CHOSEN)
        ),
        evidence=completion.evidence_of(CHOSEN),
    output:
        page=report(
            "results/summary.html",
            caption="../report/summary.rst",
            category="At a glance",  # categories stand in alphabetical order
            labels={"what": "question, ledger, figures, configuration on one page"},
        ),
    group:
        "figures"
    params:
        question=QUESTION,
        figures=[
            completion.caption_of(figure) for figure in completion.figures_of(CHOSEN)
        ],
        settings=settings_of_results(),
        stand_ins=STAND_INS,
    script:
        "../scripts/write_summary.py"
