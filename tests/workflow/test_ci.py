"""What .ci/run is made of: a mirror beside a command, and the check of the results."""

import re
import subprocess
import sys

from ci import check_results, with_mirror

FETCH = """
import os, sys, urllib.request
mirror = os.environ["PIXELWALK_MNIST_MIRRORS"]
body = urllib.request.urlopen(f"{mirror}file").read()
sys.exit(3 if body == b"whole" else 4)
"""
OF_MNIST = ["edge-fractions"]


def test_a_command_finds_the_folder_on_the_loopback_and_its_status_is_given(tmp_path):
    (tmp_path / "file").write_bytes(b"whole")
    assert with_mirror.run_with_mirror(tmp_path, [sys.executable, "-c", FETCH]) == 3


def test_a_run_over_other_data_lacks_the_report_and_what_is_about_mnist(finished):
    of_small = [*OF_MNIST, "ae-loss", "ae-loss-stabilised", "shifts-needed"]
    assert sorted(check_results.faults(finished)) == sorted(
        ["results/report.html is missing or empty"]
        + [f"{name} is not measured" for name in of_small]
    )


def test_what_is_lost_is_named(rerun):
    before = check_results.faults(rerun)
    (rerun / "results/figures/figure3.svg").unlink()
    rerun.own("results/figures/figure4.png").write_bytes(b"")
    ledger = rerun.own("results/claims.json")
    ledger.write_text(ledger.read_text().replace('"ae-loss"', '"ae-lost"'))
    new = set(check_results.faults(rerun)) - set(before)
    assert {
        "results/figures/figure3.svg is missing or empty",
        "results/figures/figure4.png is missing or empty",
        "ae-loss is judged, but not in the ledger",
    } <= new
    assert [fault for fault in new if fault.endswith("is still to be done")]


def test_two_workers_keep_a_group_together(tmp_path):
    # They did not, without a word, where pytest and pytest-xdist do not fit each other.
    names = [f"{group}{number}" for number in range(6) for group in "ab"]
    tests = "".join(
        f"@pytest.mark.xdist_group('{name[0]}')\n"
        f"def test_{name}(worker_id):\n    print('{name[0]}', worker_id)\n"
        for name in names
    )
    (tmp_path / "test_groups.py").write_text(f"import pytest\n{tests}")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    options = ("-n", "2", "--dist", "loadgroup", "-rP", "-p", "no:cacheprovider")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    pairs = re.findall(r"^([ab]) (gw\d)$", run.stdout, re.MULTILINE)
    assert len(pairs) == len(names), run.stdout + run.stderr
    assert len(set(pairs)) == 2
