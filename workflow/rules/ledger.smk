# Needs: results/claims/<study>.json of all studies that judge claims. Makes: the ledger,
# results/claims.json and claims.md.


rule write_ledger:
    input:
        claims=completion.judged(CHOSEN),
    output:
        claims="results/claims.json",
        summary="results/claims.md",
    group:
        "figures"
    script:
        "../scripts/write_ledger.py"
