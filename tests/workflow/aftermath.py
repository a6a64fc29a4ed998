"""What is asked after every fault: what was seen, and whether anything was lost."""


def errors(run):
    """The lines with which a run ended badly, without a traceback."""
    assert run.returncode not in (0, -11), run.stderr
    told = run.stdout + run.stderr
    assert "Traceback" not in told and "Exception ignored" not in told, told
    found = [x for x in run.stderr.splitlines() if x.startswith("error")]
    assert found, run.stderr
    return found


def unfinished(place):
    """Files that a writer began and did not finish."""
    return [path for path in place.files() if "/." in path]


def assert_whole(place, finished):
    """What looks finished is; what is unfinished or set aside has another name."""
    whole = {
        path: digest
        for path, digest in place.sums().items()
        if ".broken" not in path and "/." not in path
    }
    assert whole.items() <= finished.sums().items()
    return whole


def assert_heals(place, finished, *targets):
    """The next run makes what was missing, of the same bytes, and cleans up."""
    run = place.snakemake(*targets)
    assert run.returncode == 0, run.stderr
    assert set(targets) <= assert_whole(place, finished).keys()
    assert not unfinished(place)
