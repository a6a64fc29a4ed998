"""Run the workflow for `make`: on all cores, with other digits if MNIST is unavailable.

Arguments are passed on to snakemake.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import platformdirs

import products
from pixelwalk.config.text import check, one_line
from products import RESULTS

NO_MNIST = """
************************************************************************************
  MNIST could not be had, so the figures and the ledger show OTHER DATA: the 8 x 8
  digits that scikit-learn ships. The claims about MNIST are not measured.
  Why: {reason}
  The next `make` tries MNIST again.
************************************************************************************"""


def main(arguments):
    """Run, with scikit-learn's digits if MNIST fails; report and list the results."""
    check_configs(arguments)
    started = time.time()
    status = snakemake("--cores", "all", *arguments)
    reason = why_no_mnist(since=started)
    if status and reason:
        print("\nMNIST could not be had; going on with scikit-learn's digits.\n")
        arguments = with_fallback(arguments)
        status = snakemake("--cores", "all", *arguments)
    if status:
        if any(Path(".snakemake/locks").glob("*")):
            print("If no other run is under way here, free the folder: make unlock")
        return status
    ledger, report = products.LEDGER, RESULTS / "report.html"
    pages = [*RESULTS.glob("*.html"), *RESULTS.glob("figures/*.png")]
    if not ledger.exists():  # the arguments named other targets
        print(*products.told(pages), sep="\n")
        return status
    try:
        lines = products.told([ledger, *pages])
    except ValueError as error:
        sys.exit(f"error: {error}")
    shown = [ledger, *RESULTS.glob("summary.html"), *RESULTS.glob("figures/*")]
    newest = max(map(modified, shown))
    if not report.exists() or modified(report) < newest:
        status = snakemake("--report", str(report), *arguments)
    print("", *lines, sep="\n")
    print(f"Report   {report}: the summary, the figures in full, and run times")
    print('Own data . .venv/bin/activate, then README.md, "Your own pictures"')
    begun = float(os.getenv("PIXELWALK_STARTED", started))  # with the installation
    print(f"Done in {time.time() - begun:.0f} s")
    if reason:
        print(NO_MNIST.format(reason=reason))
    return status


def check_configs(arguments):
    """Exit with one line if a config file among the arguments cannot be read.

    Snakemake reads these files before the Snakefile, and its messages are unclear.
    """
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    option = {"nargs": "*", "default": []}
    parser.add_argument("--configfile", "--configfiles", **option)
    try:
        for path in parser.parse_known_args(arguments)[0].configfile:
            check(path)
    except ValueError as error:
        sys.exit(f"error in the configuration: {one_line(error)}")


def modified(path):
    """Return the time at which a file was last written."""
    return path.stat().st_mtime


def snakemake(*arguments):
    """Run snakemake in this folder and return its exit status."""
    process = subprocess.Popen(
        [sys.executable, "-m", "snakemake", *arguments],
        env=os.environ | {"PIXELWALK_MAKE": "1"} | cache_folder(),
    )
    interrupted = False
    while True:
        try:
            process.wait()
            break
        except KeyboardInterrupt:  # snakemake received it too and cleans up
            interrupted = True
    if interrupted:
        sys.exit("Interrupted. What is finished is kept: run make again.")
    return process.returncode


def cache_folder():
    """Return the environment of a cache folder if the user's cannot be written."""
    try:
        usual = platformdirs.user_cache_path("snakemake")
        usual.mkdir(parents=True, exist_ok=True)
        if os.access(usual, os.W_OK):
            return {}
    except (OSError, RuntimeError):  # no home folder, or an unknown one
        pass
    return {"XDG_CACHE_HOME": str(Path(".snakemake", "cache").resolve())}


def with_fallback(arguments):
    """Add `fallback=digits` to arguments, after a --config that they may have."""
    for position, argument in enumerate(arguments, start=1):
        if argument in ("--config", "-C"):
            return [*arguments[:position], "fallback=digits", *arguments[position:]]
    return [*arguments, "--config", "fallback=digits"]


def why_no_mnist(since):
    """Return the error of a download that failed since a time, or None."""
    for log in sorted((RESULTS / "logs" / "fetch_mnist" / "mnist").glob("*.log")):
        if modified(log) >= since:
            for line in log.read_text().splitlines():
                if line.startswith("error: ") and "from any mirror" in line:
                    return line.removeprefix("error: ").partition(" Either put")[0]
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
