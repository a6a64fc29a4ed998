"""Check that a run is complete: every target, every claim, and nothing left to do.

    python tests/ci/check_results.py

What must be there is asked of the workflow and of the claims, not listed here.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "workflow")]

import dag  # noqa: E402
from places import Place  # noqa: E402


def faults(place):
    """List what is wrong with the results of a place.

    Parameters
    ----------
    place : Place
        A folder in which the whole workflow has been run.

    Returns
    -------
    list of str
        A line for each fault; empty if all is well.
    """
    workflow = dag.load(place)
    wrong = sorted(f"{job} is still to be done" for job in workflow.dag.needrun_jobs())
    targets = sorted(map(str, workflow.get_rule("all").input))
    for path in [*targets, "results/report.html"]:
        if not ((place / path).is_file() and (place / path).stat().st_size):
            wrong.append(f"{path} is missing or empty")
    verdicts = verdicts_of(place)
    judged = claims_of(place, "results/claims/*.json")
    for claim in judged:
        if claim["id"] not in verdicts:
            wrong.append(f"{claim['id']} is judged, but not in the ledger")
    if len(verdicts) != len(judged) or not judged:
        wrong.append(f"{len(judged)} claims are judged, {len(verdicts)} in the ledger")
    for name, verdict in verdicts.items():
        if verdict == "not measured":
            wrong.append(f"{name} is not measured")
    return wrong


def verdicts_of(place):
    """Read the verdict of each claim from the ledger; none if there is no ledger."""
    claims = claims_of(place, "results/claims.json")
    return {claim["id"]: claim["verdict"] for claim in claims}


def claims_of(place, pattern):
    """Read the claims of all files of a pattern."""
    paths = sorted(place.folder.glob(pattern))
    return [claim for path in paths for claim in json.loads(path.read_text("utf-8"))]


if __name__ == "__main__":
    here = Place(Path.cwd())
    for name, verdict in verdicts_of(here).items():
        print(f"{name:34} {verdict}")
    found = faults(here)
    print(*found, sep="\n")
    sys.exit(f"{len(found)} faults in the results" if found else 0)
