"""A classifier of digits on the digits that scikit-learn ships, and its verdict."""

from types import SimpleNamespace

from pixelwalk import images
from pixelwalk.storage.kind import mismatches
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


MNIST = {"label": 5, "dataset": "MNIST"}


def shown(*digits, accuracy=0.97, right=10, null=0):
    """Votes for digits by cut; numbers of ten choices of each digit that are read."""
    votes = np.full((len(digits), 10), 0.05)
    votes[np.arange(len(digits)), digits] = 0.55
    trials = np.zeros((2, 10, 10))
    trials[0, :, :right] = trials[1, :, :null] = 1
    return kinds.Reading(
        cuts=[f"at-0.{i}" for i in range(len(digits))],
        active=np.linspace(0.3, 0.01, len(digits)),
        probabilities=votes,
        mean_probabilities=votes[0],
        accuracy=accuracy,
        tested=10_000,
        digits=np.arange(10),
        trial_cut=len(digits) - 1,
        trials=trials,
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, "supported"),
        ({"right": 7, "null": 4}, "supported"),
        ({"right": 5}, "undecided"),
        ({"right": 3}, "refuted"),
        ({"right": 7, "null": 7}, "undecided"),
        ({"right": 7, "null": 10}, "refuted"),
        ({"accuracy": 0.9499}, "not measured"),
        ({"accuracy": 0.95}, "supported"),
    ],
)
def test_choices_of_all_digits_are_held_to_half_and_to_the_null(numbers, expected):
    assert judge_reading(shown(5, 5, **numbers), MNIST)["verdict"] == expected


def test_the_entry_gives_votes_and_the_accuracy_with_its_interval():
    measured = judge_reading(shown(5, 3, accuracy=0.96), MNIST)["measured"]
    assert measured["at-0.0"]["read as"] == 5
    assert measured["at-0.1"]["read as"] == 3
    assert measured["at-0.1"]["share of votes for 5"] == pytest.approx(0.05)
    assert measured["at-0.1"]["active fraction"] == pytest.approx(0.01)
    assert measured["mean image"] == {"read as": 5}
    low, high = measured["test accuracy"]["interval"]
    assert high - low == pytest.approx(4 * 0.00196, rel=0.02)  # binomial


def try_fives(reader, images, stream=1, cut="at-0.35"):
    return read_digits.try_digit(
        reader,
        5,
        images,
        count=40,
        weight={"kind": "coactivation"},
        cut=cut,
        teleport=0.01,
        stream=np.random.default_rng(stream),
    )


def test_choices_of_a_digit_are_tried_with_and_without_structure(reader, training):
    fives = training[0][training[1] == 5]
    trials = try_fives(reader, fives)
    assert trials.shape == (2, read_digits.TRIALS) and trials.dtype == bool
    assert np.array_equal(trials, try_fives(reader, fives))
    # Without an edge all pixels are visited alike, whatever the images.
    blank = try_fives(reader, np.zeros((50, 8, 8), np.uint8))
    assert np.all(blank == blank[0, 0])


def test_every_digit_is_tried_under_the_sparsest_cut(training, unseen):
    few = {"images": training[0][:200], "labels": training[1][:200]}
    walks = [
        SimpleNamespace(
            active_fraction=share,
            distribution=np.ones((8, 8)) / 64,
            mean=training[0][0] / 1.0,
        )
        for share in (0.3, 0.01, 0.1)
    ]
    reading = read_digits.read_digits(
        SimpleNamespace(**few),
        SimpleNamespace(images=unseen[0][:50], labels=unseen[1][:50]),
        walks,
        count=10,
        settings={
            "cuts": ["at-0", "at-0.35", "at-0.10"],
            "weight": {"kind": "coactivation"},
            "teleport": 0.01,
        },
        stream=np.random.default_rng(1),
    )
    assert list(mismatches(reading)) == []
    assert reading.trial_cut == 1
    assert reading.digits.tolist() == list(range(10))
    assert reading.trials.shape == (2, 10, read_digits.TRIALS)
