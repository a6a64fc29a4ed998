# Fills in the directives that are the same in every rule; see workflow/completion.py. A
# rule's own directives take precedence.

from completion import Completion

completion = Completion(
    workflow,
    BASE,
    sections={section: one_of(config[section]) for section in schema.titles()},
    fingerprint=fingerprint,
    resources={"mem_mb": memory_mb(0.5), "runtime": minutes(3)},
)

# The studies that the configuration selects, in the order of the ledger.
CHOSEN = STUDIES
if config["studies"] != "all":
    CHOSEN = [study for study in STUDIES if study in config["studies"]]
