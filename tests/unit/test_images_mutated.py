"""Mutated files of every format: one line each, little time and memory, no crash."""

import pytest

import mutated
from reports import report_of


def mutate(ending, count, folder):
    return report_of(mutated, ending, count, 1, folder)


def check(told, count):
    assert told["wrong"] == []
    assert told["read"] + told["refused"] == count
    assert told["refused"] > 0
    assert told["megabytes"] < 1000
    assert told["seconds"] < 10


@pytest.mark.parametrize("ending", mutated.FORMATS)
def test_some_mutated_files(ending, tmp_path):
    check(mutate(ending, 100, tmp_path), 100)


@pytest.mark.nightly
@pytest.mark.parametrize("ending", mutated.FORMATS)
def test_many_mutated_files(ending, tmp_path):
    check(mutate(ending, 3000, tmp_path), 3000)
