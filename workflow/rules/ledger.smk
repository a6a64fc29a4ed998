# Needs: results/claims/<study>.json of every selected study with claims. Makes: the
# ledger, results/claims.json and claims.md.


rule write_ledger:
    input:
        claims=completion.claims_of(CHOSEN),
    output:
        claims="results/claims.json",
        summary="results/claims.md",
    group:
        "figures"
    script:
        "../scripts/write_ledger.py"
