"""A classifier of digits on the digits that scikit-learn ships, and its verdict."""

from pixelwalk import images
from studies.digit import kinds, read_digits
from studies.digit.claims import judge_reading

import numpy as np
import pytest


@pytest.fixture(scope="module")
def training():
    return images.embedded_digits("train")


@pytest.fixture(scope="module")
def unseen():
    return images.embedded_digits("test")


@pytest.fixture(scope="module")
def reader(training):
    return read_digits.train_reader(*training)


def test_it_reads_what_it_learned_and_what_it_never_saw(reader, training, unseen):
    assert read_digits.accuracy(reader, *training) > 0.98
    assert read_digits.accuracy(reader, *unseen) > 0.93


def test_accuracy_is_the_share_read_rightly(reader, unseen):
    pixels, labels = unseen
    read = read_digits.votes(reader, pixels).argmax(axis=1)
    assert read_digits.accuracy(reader, pixels, labels) == pytest.approx(
        np.mean(read == labels)
    )
    assert read_digits.accuracy(reader, pixels, read) == 1
    assert read_digits.accuracy(reader, pixels, (read + 1) % 10) == 0


def test_votes_are_shares_that_sum_to_1(reader, unseen):
    votes = read_digits.votes(reader, unseen[0])
    assert votes.shape == (len(unseen[0]), 10)
    assert np.allclose(votes.sum(axis=1), 1) and votes.min() >= 0
    shares = votes * read_digits.VOTES
    assert np.allclose(shares, np.round(shares))


@pytest.mark.parametrize("factor", [1e-9, 1 / 255, 40])
def test_brightness_does_not_matter(factor, reader, unseen):
    pixels = unseen[0][:50].astype(float)
    assert np.array_equal(
        read_digits.votes(reader, pixels * factor), read_digits.votes(reader, pixels)
    )


def test_mean_images_are_read(reader, training):
    pixels, labels = training
    means = [pixels[labels == digit].mean(axis=0) for digit in range(10)]
    assert read_digits.votes(reader, means).argmax(axis=1).tolist() == list(range(10))


def test_a_digit_that_was_never_seen_gets_no_votes(training, unseen):
    pixels, labels = training
    known = np.isin(labels, [3, 5])
    few = read_digits.train_reader(pixels[known], labels[known])
    votes = read_digits.votes(few, unseen[0])
    assert votes.shape[1] == 10
    assert not votes[:, [0, 1, 2, 4, 6, 7, 8, 9]].any()
    fives = votes[unseen[1] == 5]
    assert np.mean(fives[:, 5] > 0.5) > 0.9


def test_the_seed_gives_the_same_reader(reader, training, unseen):
    again = read_digits.train_reader(*training)
    assert np.array_equal(
        read_digits.votes(again, unseen[0]), read_digits.votes(reader, unseen[0])
    )


def found(*digits, accuracy=0.97):
    votes = np.full((len(digits), 10), 0.05)
    votes[np.arange(len(digits)), digits] = 0.55
    return kinds.Reading(
        cuts=[f"at-0.{i}" for i in range(len(digits))],
        active=np.linspace(0.3, 0.01, len(digits)),
        probabilities=votes,
        mean_probabilities=votes[0],
        accuracy=accuracy,
        tested=10_000,
    )


@pytest.mark.parametrize(
    ("digits", "label", "expected"),
    [
        ([5, 5, 5], 5, "supported"),
        ([5, 5, 3], 5, "refuted"),
        ([3, 5, 5], 5, "refuted"),
        ([3, 3, 3], 5, "refuted"),
        ([3, 3, 3], 3, "supported"),
        ([0], 0, "supported"),
    ],
)
def test_the_digit_must_be_read_in_every_cut(digits, label, expected):
    assert judge_reading(found(*digits), label)["verdict"] == expected


@pytest.mark.parametrize(
    ("accuracy", "expected"),
    [(1, "supported"), (0.95, "supported"), (0.9499, "refuted"), (0.1, "refuted")],
)
def test_a_reader_that_reads_badly_is_no_witness(accuracy, expected):
    assert judge_reading(found(5, 5, accuracy=accuracy), 5)["verdict"] == expected
    assert judge_reading(found(5, 3, accuracy=accuracy), 5)["verdict"] == "refuted"


def test_the_entry_tells_votes_and_the_accuracy_with_its_error():
    measured = judge_reading(found(5, 3, accuracy=0.9), 5)["measured"]
    assert measured["at-0.0"]["read as"] == 5
    assert measured["at-0.1"]["read as"] == 3
    assert measured["at-0.1"]["share of votes for 5"] == pytest.approx(0.05)
    assert measured["at-0.1"]["active fraction"] == pytest.approx(0.01)
    assert measured["mean image"] == {"read as": 5}
    error = measured["test accuracy"]["standard_error"]
    assert error == pytest.approx(0.003)  # binomial: sqrt(0.9 * 0.1 / 10,000)
