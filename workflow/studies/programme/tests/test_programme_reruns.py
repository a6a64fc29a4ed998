"""Which jobs of the study another run of the programme reruns."""

from edits import compare, setting


def test_another_run_reruns_nothing_of_the_others(rerun, config):
    entry = {"graph": "periodic", "kernels": [3], "sizes": [10]}
    change = setting("programme", "again", to=entry)
    rules = ("train_programme", "measure_averages", "measure_filters")
    table = {"again": (change, " again, ".join((*rules, "write_summary")))}
    expected, seen = compare(rerun, config, table, "again")
    assert seen == expected
