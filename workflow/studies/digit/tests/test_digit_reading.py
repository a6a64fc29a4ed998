"""A classifier of the digits that scikit-learn ships, sparse walks, and the verdict."""

from types import SimpleNamespace

from pixelwalk import graph, images
from pixelwalk.graph import walk
from pixelwalk.storage.kind import mismatches
from studies.digit import kinds, read_digits
from studies.digit.claims_reading import judge_reading

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


def test_votes_are_for_the_labels_that_were_seen(training, unseen):
    pixels, labels = training
    known = np.isin(labels, [3, 5])
    # Of any numbers, however large.
    few = read_digits.train_reader(pixels[known], labels[known].astype(int) * 1_000_000)
    votes = read_digits.votes(few, unseen[0])
    assert votes.shape[1] == 2
    assert np.mean(votes[unseen[1] == 5, 1] > 0.5) > 0.9


def test_the_seed_gives_the_same_reader(reader, training, unseen):
    again = read_digits.train_reader(*training)
    assert np.array_equal(
        read_digits.votes(again, unseen[0]), read_digits.votes(reader, unseen[0])
    )


SETTINGS = {
    "cuts": ["at-0", "at-0.35", "at-0.10"],
    "count": 40,
    "weight": {"kind": "coactivation"},
    "teleport": 0.01,
}


def walked(images, seed=1, threads=1):
    return read_digits.sparse_walks(
        images,
        settings=SETTINGS,
        seeds=np.random.SeedSequence(seed),
        threads=threads,
    )


def test_sparse_walks_are_those_of_the_heaviest_pairs(training):
    fives = training[0][training[1] == 5]
    pictures, active = walked(fives)
    assert pictures.shape == (3, read_digits.TRIALS, 64)
    assert active.shape == (3, read_digits.TRIALS)
    first = fives[:40].reshape(40, 64).astype(float)
    expected = (
        (0, (first > 0).T.astype(float) @ (first > 0) / 40),
        (2, np.outer(first.mean(axis=0), first.mean(axis=0))),
    )
    for place, weights in expected:
        adjacency = graph.sparsify(weights, "top-0.005")
        visits, _, _ = walk.stationary_distribution(adjacency, teleport=0.01)
        assert pictures[place, 0] == pytest.approx(visits, abs=1e-9)
        assert active[place, 0] == graph.active_fraction(adjacency)
    assert np.ptp(pictures, axis=1).max(axis=1).min() > 0  # choices differ


def test_walks_do_not_depend_on_threads_but_on_the_seed(training):
    fives = training[0][training[1] == 5]
    first, second = walked(fives)[0], walked(fives, threads=3)[0]
    assert np.array_equal(first, second)
    assert not np.array_equal(first, walked(fives, seed=2)[0])


def test_graphs_of_images_of_independent_pixels_and_of_products_of_means():
    # Nine pixels on the left in half of the images, as many on the right in the others.
    images = np.zeros((80, 6, 6), np.uint8)
    images[::2, :3, :3] = images[1::2, 3:, 3:] = 255
    _, active = walked(images)
    # All pairs of a side; each with itself; and all pairs, for all means are equal.
    assert (active[:, 0] * 36**2).tolist() == [2 * 9**2, 18, 18**2]


def labelled(images, labels, names=()):
    return SimpleNamespace(images=images, labels=labels, label_names=list(names))


def read(training, unseen, label, names=()):
    walks = [
        SimpleNamespace(
            active_fraction=share,
            distribution=np.ones((8, 8)) / 64,
            mean=training[0][0] / 1.0,
        )
        for share in (0.3, 0.01, 0.1)
    ]
    return read_digits.read_digits(
        labelled(*training, names),
        labelled(*unseen, names),
        walks,
        label=label,
        settings=SETTINGS | {"count": 10},
        seeds=np.random.SeedSequence(1),
        threads=1,
    )


def test_every_label_is_tried(training, unseen):
    reading = read((training[0][:200], training[1][:200]), unseen, 5)
    assert list(mismatches(reading)) == []
    assert reading.tried.tolist() == list(range(10)) and reading.label == 5
    assert reading.labels == [str(digit) for digit in range(10)]
    assert reading.trials.shape == (3, 10, read_digits.TRIALS)
    assert set(np.unique(reading.trials)) <= {0, 1}


def test_named_labels_are_read_and_those_of_few_images_are_not_tried(training, unseen):
    pixels, labels = training
    kept = np.isin(labels, [3, 7])
    kept |= np.arange(len(labels)) == np.flatnonzero(labels == 1)[0]
    names = {1: 0, 3: 1, 7: 2}
    numbered = np.array([names.get(label, 0) for label in labels[kept]])
    few = np.isin(unseen[1], [3, 7])
    other = unseen[0][few], np.array([names[label] for label in unseen[1][few]])
    reading = read((pixels[kept], numbered), other, "seven", ["one", "three", "seven"])
    assert reading.labels == ["one", "three", "seven"] and reading.label == 2
    assert reading.tried.tolist() == [1, 2]
    assert reading.accuracy > 0.95
    reading.attributes = {"settings": {"dataset": "my folder"}, "source": None}
    entry = judge_reading(reading)
    assert "my folder, labels three, seven:" in entry["note"]
    assert list(entry["measured"]["read, by label"]) == ["three", "seven"]


def shown(*digits, accuracy=0.97, right=10, null=0, rank_one=0):
    """Votes for digits by cut; numbers of ten choices of each digit that are read."""
    votes = np.full((len(digits), 10), 0.05)
    votes[np.arange(len(digits)), digits] = 0.55
    trials = np.zeros((3, 10, 10))
    for row, number in zip(trials, (right, null, rank_one), strict=True):
        row[:, :number] = 1
    reading = kinds.Reading(
        labels=[str(digit) for digit in range(10)],
        label=5,
        cuts=[f"at-0.{i}" for i in range(len(digits))],
        active=np.linspace(0.3, 0.01, len(digits)),
        probabilities=votes,
        mean_probabilities=votes[0],
        accuracy=accuracy,
        tested=10_000,
        tried=np.arange(10),
        graphs=list(read_digits.GRAPHS),
        trials=trials,
        trial_active=np.full((3, 10, 10), 0.005),
    )
    reading.attributes = {"settings": {"dataset": "MNIST"}, "source": None}
    return reading


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, "supported"),
        ({"right": 7, "null": 4}, "supported"),
        ({"right": 7, "null": 4, "rank_one": 4}, "supported"),
        ({"right": 5}, "undecided"),
        ({"right": 3}, "refuted"),
        ({"right": 7, "null": 7}, "undecided"),
        ({"right": 7, "rank_one": 7}, "undecided"),
        ({"right": 7, "null": 10}, "refuted"),
        ({"right": 7, "rank_one": 10}, "refuted"),
        ({"right": 10, "null": 10, "rank_one": 10}, "undecided"),
        # A classifier that cannot read test images is no witness, for or against.
        ({"accuracy": 0.48}, "undecided"),
        ({"accuracy": 0.505}, "undecided"),
        ({"accuracy": 0.2, "right": 3}, "undecided"),
        ({"accuracy": 0.52}, "supported"),
    ],
)
def test_choices_of_all_digits_are_held_to_half_and_to_both_nulls(numbers, expected):
    assert judge_reading(shown(5, 5, **numbers))["verdict"] == expected


def test_images_of_one_label_are_not_measured():
    reading = shown(0)
    reading.labels = reading.labels[:1]
    reading.label, reading.tried = 0, np.array([0])
    reading.trials = reading.trials[:, :1]
    reading.trial_active = np.full((3, 1, 10), 0.005)
    reading.probabilities = reading.probabilities[:, :1]
    entry = judge_reading(reading)
    assert entry["verdict"] == "not measured" and "one label" in entry["note"]


def test_the_entry_gives_votes_and_the_accuracy_with_its_interval():
    entry = judge_reading(shown(5, 3, accuracy=0.96, right=8, null=2))
    measured = entry["measured"]
    figure = measured["graph of the figure"]
    assert figure["at-0.0"]["read"] and not figure["at-0.1"]["read"]
    assert figure["at-0.1"]["share of votes for 5"] == pytest.approx(0.05)
    assert figure["at-0.1"]["active fraction"] == pytest.approx(0.01)
    assert figure["mean image"] == {"read": True}
    low, high = measured["test images read"]["interval"]
    assert high - low == pytest.approx(4 * 0.00196, rel=0.02)  # binomial
    assert measured["read, all labels"]["value"] == 0.8
    assert measured["read, by label"]["7"] == {"first images": True, "share": 0.8}
    assert entry["null"]["independent pixels"]["value"] == 0.2
    assert entry["null"]["products of means"]["value"] == 0
    assert entry["null"]["products of means, by label"]["7"]["share"] == 0
