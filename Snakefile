# The whole workflow at a glance:
#
#   solve_ising --> figure 3, measure_recovery
#   sample_ising ---------------+--> average_pairs --> sparsify_graph --> walk_graph
#                               |    (or, in shards, sample_shard -> join_samples, and
#                               |     sum_pairs -> join_sums)             |
#   fetch_mnist -> select_images|--> sparsify_pixels (large graphs) ------> |
#                               |     figures 3 to 5, measure_transition <--+
#                               +--> train_autoencoder --> figures 1 and 2  |
#                               |            |                              |
#                               +------------+--> measure_* -> write_ledger-+
#
# The claims of each study are judged by judge_<study>, which write_ledger reads. The
# studies of sections 2, 9, 10 and of the programme of section 11:
#
#   check_convolution, measure_matrices --> figure 6
#   sample_ising or select_images --> solve_linear, train_linear --> figures 7 and 8
#   walk_graph --> train_programme --> solve_programme, measure_patterns --+
#   select_images --> measure_fixed_points --------------------------------+--> 9 to 11
#
# write_summary reads the ledger and all figures, draw_explorer all graphs.
#
# Settings are in config.yaml, the library in workflow/pixelwalk. The graph of all rules is
# docs/rules.md, the files of results/ are described in docs/files.md.

import os
import sys

from snakemake.utils import min_version

min_version("9.27")

# The folder of this file, also where it is a module of another workflow.
BASE = workflow.current_basedir.get_path_or_uri(secret_free=True)
WORKFLOW = os.path.join(BASE, "workflow")
sys.path.insert(0, WORKFLOW)
# Scripts import the package of this checkout, not an installed one.
path = [WORKFLOW, *filter(None, [os.getenv("PYTHONPATH")])]
os.environ |= {"PYTHONPATH": os.pathsep.join(path)}


# A working folder without a configuration uses the one next to this file.
CONFIG = "config.yaml" if os.path.exists("config.yaml") else f"{BASE}/config.yaml"


# The studies, in the order of the ledger. Each is a folder of workflow/studies with a
# target rule of its name.
STUDIES = [
    "autoencoder",
    "lattice",
    "digit",
    "matrices",
    "linear",
    "programme",
    "transitions",
]


include: "workflow/rules/start.smk"


configfile: CONFIG


include: "workflow/rules/common.smk"
include: "workflow/rules/sources.smk"
include: "workflow/rules/resources.smk"
include: "workflow/rules/defaults.smk"
include: "workflow/rules/ising.smk"
include: "workflow/rules/images.smk"
include: "workflow/rules/graphs.smk"
include: "workflow/rules/networks.smk"


for study in STUDIES:

    include: f"workflow/studies/{study}/rules.smk"


include: "workflow/rules/ledger.smk"
include: "workflow/rules/explorer.smk"
include: "workflow/rules/summary.smk"
include: "workflow/rules/outdated.smk"


report: "workflow/report/workflow.rst"


rule all:
    default_target: True
    input:
        claims="results/claims.json",
        ledger="results/claims.md",
        summary="results/summary.html",
        explorer="results/explorer.html",
        studies=completion.targets_of(CHOSEN),
        walks=[
            f"results/graphs/{name}/{cut}/stationary.h5"
            for name, graph in config["graphs"].items()
            for cut in graph["cuts"]
        ],
        samples=expand("results/ising/{name}/samples.h5", name=config["ising"]),
        images=expand("results/images/{name}/images.h5", name=config["images"]),
        networks=expand(
            "results/autoencoders/{name}/{file}",
            name=config["autoencoders"],
            file=["model.keras", "history.h5", "reconstructions.h5"],
        ),
    localrule: True
