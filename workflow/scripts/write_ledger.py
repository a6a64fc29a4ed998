"""Write the claims of all studies as the ledger."""

from pixelwalk import ledger, storage
from pixelwalk.jobs import stages

with stages.logged(snakemake):
    claims = [claim for path in snakemake.input.claims for claim in ledger.read(path)]
    storage.write_text(snakemake.output.claims, ledger.to_json(claims))
    storage.write_text(snakemake.output.summary, ledger.to_markdown(claims))
