# Needs: the checked configuration. Makes: what is the same in every rule, said once; see
# workflow/completion.py. What a rule says itself comes first.

from completion import Completion

completion = Completion(
    workflow,
    BASE,
    sections={section: one_of(config[section]) for section in schema.titles()},
    fingerprint=fingerprint,
    resources={"mem_mb": memory_mb(0.5), "runtime": minutes(3)},
)

# The studies that the configuration asks for, in the order of the ledger.
CHOSEN = [study for study in STUDIES if study in config["studies"]]
